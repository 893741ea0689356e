"""How alike the words of two texts are, told from a short signature of each (MinHash, by rensa).

A signature is `PERMUTATIONS` numbers, each the least hash of the text's shingles under one permutation; the
share of numbers that two signatures have in common estimates the Jaccard similarity of their sets of
shingles (Broder 1997). Signatures are cut into bands; texts that share a band are worth comparing
(locality-sensitive hashing), so nobody has to compare all with all.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator

# The standard error of the estimate is at most .5 / sqrt(128) = .044.
PERMUTATIONS = 128
SEED = 1

# 32 bands of 4 numbers: of pairs with similarity .5 a share of 1 - (1 - .5 ** 4) ** 32 = .87 meets in a
# band, of those with .6 .99, of those with .2 .05.
BAND_LENGTH = 4

# Two reports of one event by two authors share few runs of four words, a reprint most of them.
SHINGLE_WORDS = 4

# A book's first chapters tell it from others; this bounds the memory for one text.
MAX_CHARS_READ = 200_000

# So many characters are the same words whatever the title: below, a title is needed to tell "See the
# notice." under one headline from the same under another.
LONG_TEXT_CHARS = 400

# Writing without spaces has a word a letter.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
_NUMBERS = struct.Struct(f"<{PERMUTATIONS}I")
_BANDS = struct.Struct("<" + f"{4 * BAND_LENGTH}s" * (PERMUTATIONS // BAND_LENGTH))


def method() -> str:
    """What signatures depend on beside the text: only those of one method can be compared."""
    from rensa import RMinHash

    numbers = PERMUTATIONS, SEED, BAND_LENGTH, SHINGLE_WORDS, MAX_CHARS_READ, LONG_TEXT_CHARS
    return f"rensa R {RMinHash.ALGORITHM_VERSION} {numbers}"


def same_words(title: str, text: str) -> bytes:
    """16 bytes that are equal for the same words and for no others."""
    words = text if len(text) >= LONG_TEXT_CHARS else f"{title}\n{text}"
    return hashlib.sha256(words.encode()).digest()[:16]


def signature(text: str) -> bytes:
    """The signature of a text; empty where it has no words."""
    from rensa import RMinHash

    words = _WORD.findall(text[:MAX_CHARS_READ].casefold())
    if not words:
        return b""
    taken = RMinHash(PERMUTATIONS, SEED)
    taken.update(_shingles(words))
    return _NUMBERS.pack(*taken.digest())


def bands(signed: bytes) -> Iterator[int]:
    """A number a band, as SQLite can hold it; signatures that are alike share some."""
    if not signed:
        return
    for place, part in enumerate(_BANDS.unpack(signed)):
        digest = hashlib.blake2b(part, digest_size=8, salt=bytes([place])).digest()
        yield int.from_bytes(digest, "big", signed=True)


def similarity(one: bytes, other: bytes) -> float:
    """The share of their shingles that two texts have in common, from 0 to 1, by their signatures."""
    if not one or not other:
        return 0.0
    pairs = zip(_NUMBERS.unpack(one), _NUMBERS.unpack(other), strict=True)
    return [a == b for a, b in pairs].count(True) / PERMUTATIONS


def _shingles(words: list[str]) -> list[str]:
    """Every run of words; a text shorter than one run is one."""
    runs = zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)
    return [" ".join(run) for run in runs] or [" ".join(words)]
