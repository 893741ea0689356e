"""Take a compressed answer apart as it comes, and stop where it grows too large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from corpus.refused import Passing, Refused

_STEP_BYTES = 65_536
_GZIP = 31  # what zlib calls gzip with its largest window
_GZIP_MARK = b"\x1f\x8b"
_REMEDY = "save the page in a browser and add the file"


def decoded(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The content of an answer, in steps of a bounded size.

    Args:
        pieces: What came over the wire.
        encoding: The Content-Encoding header; gzip and nothing are known, for no more is asked for.
        max_bytes: After this many bytes no more are given: the last step goes beyond it by a little.

    Raises:
        Refused: It is compressed in another way, or broken.
        Passing: It ends before its end.
    """
    n_bytes = 0
    for step in _steps(pieces, encoding.strip().lower()):
        yield step
        n_bytes += len(step)
        if n_bytes > max_bytes:
            return


def _steps(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        return iter(pieces)
    if encoding in ("gzip", "x-gzip"):
        return _inflated(pieces)
    raise Refused("is compressed in a way that was not asked for", _REMEDY)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(_GZIP)
    pieces = iter(pieces)
    try:
        for piece in pieces:
            waiting = piece
            while waiting and not stream.eof:
                yield stream.decompress(waiting, _STEP_BYTES)
                waiting = stream.unconsumed_tail
            if stream.eof:
                break
        yield stream.flush(_STEP_BYTES)
    except zlib.error as error:
        raise Refused("is broken: its compression cannot be undone", _REMEDY) from error
    if not stream.eof:
        raise Passing("broke off before its end", "try again later")
    # Browsers ignore what follows the end. A second part would be missed, though, and the page cut short.
    if (stream.unused_data or next(pieces, b"")).startswith(_GZIP_MARK):
        raise Refused("is compressed in several parts, which is not read here", _REMEDY)
