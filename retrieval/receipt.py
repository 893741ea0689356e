"""A receipt: the short id under an excerpt that lets anyone check it later, with nothing stored.

A receipt is the version's number, the excerpt's start and its length, each as a LEB128 varint, then
three bytes of an HMAC, under the version's seal, of those numbers and its hash, all written in
Crockford's base 32. It resolves only in the library that gave it, and not if the version there is another
one. Who knows an article still cannot write one, and so cannot have the bot cite half a sentence of it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass

from corpus.types import ArticleVersion, Span
from retrieval.types import Excerpt

# Crockford's alphabet leaves out I, L and O, which are read back as 1, 1 and 0, and U.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC_4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = str.maketrans(_RFC_4648, _CROCKFORD)
_FROM_CROCKFORD = str.maketrans(_CROCKFORD, _RFC_4648)
_MISREAD = str.maketrans("ILO", "110")
_CHECK_BYTES = 3
_MAX_CHARS = 40


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: a version's number, a span of its text, and a check of both."""

    version_seq: int
    span: Span
    check: bytes

    def matches(self, version: ArticleVersion) -> bool:
        """Whether ``version`` is the one the receipt was given for and holds its span."""
        return (
            version.seq == self.version_seq
            and self.span.end <= len(version.text)
            and hmac.compare_digest(self.check, _check(version.seq, version.hash, self.span, version.seal))
        )


def receipt_of(excerpt: Excerpt) -> str:
    """The receipt of an excerpt: 10 to 22 characters of ``0-9A-Z``, the same each time."""
    check = _check(excerpt.version_seq, excerpt.version, excerpt.span, excerpt.seal)
    return _written(Receipt(excerpt.version_seq, excerpt.span, check))


def read_receipt(text: str) -> Receipt | None:
    """What a typed receipt says, None if it is none; spaces, marks and letter case do not matter."""
    letters = "".join(filter(str.isalnum, text)).upper().translate(_MISREAD)
    if len(letters) > _MAX_CHARS or not set(letters) <= set(_CROCKFORD):
        return None
    try:
        content = _from_base32(letters)
    except binascii.Error:
        return None
    numbers, rest = _read_varints(content, 3)
    if len(numbers) != 3 or len(rest) != _CHECK_BYTES or numbers[2] == 0:
        return None
    seq, start, length = numbers
    receipt = Receipt(version_seq=seq, span=Span(start, start + length), check=rest)
    # The last letter holds bits that mean nothing; one that sets them was mistyped.
    return receipt if _written(receipt) == letters else None


def _written(receipt: Receipt) -> str:
    numbers = receipt.version_seq, receipt.span.start, len(receipt.span)
    return _base32(b"".join(map(_varint, numbers)) + receipt.check)


def _check(seq: int, version_hash: str, span: Span, seal: str) -> bytes:
    said = f"{seq} {version_hash} {span.start} {span.end}"
    return hmac.digest(seal.encode(), said.encode(), "sha256")[:_CHECK_BYTES]


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])


def _read_varints(content: bytes, count: int) -> tuple[list[int], bytes]:
    numbers, number, shift = [], 0, 0
    for position, byte in enumerate(content):
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number, shift = 0, 0
            if len(numbers) == count:
                return numbers, content[position + 1 :]
    return numbers, b""


def _base32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").translate(_TO_CROCKFORD)


def _from_base32(letters: str) -> bytes:
    return base64.b32decode(letters.translate(_FROM_CROCKFORD) + "=" * (-len(letters) % 8))
