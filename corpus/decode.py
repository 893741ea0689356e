"""Read a file's bytes within limits, and tell what letters they stand for."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterable
from pathlib import Path

from corpus.encoding import likelier, likeliest_encoding
from corpus.errors import UnreadableSource
from corpus.keys import printable

# "War and Peace" is 3.3 MB. What is larger is not one article but an archive, a log or a mistake.
MAX_ARTICLE_BYTES = 10_000_000

# Text has no control characters but for tabs and line ends; a stray one is no reason to refuse it.
MAX_CONTROL_SHARE = 0.01

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TAGS = re.compile(rb"<[^<>]*>|[\x00-\x20]+")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Python has more, such as `rot13`, `zlib` and `punycode`.
_PAGE_ENCODING = re.compile(
    r"ascii|utf-(?:8|16|32)|iso8859-|iso2022_jp|cp\d|koi8-|mac-|gb|big5|hz$|shift_jis|euc_|tis-620|johab|kz1048|ptcp154"
)
# What is written under the narrower name is read as the wider one, as browsers do.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
_SAVE_AS_TEXT = "save it as plain text or Markdown in UTF-8 and add it again"
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def unreadable(path: Path, problem: str, remedy: str, *, line: int | None = None) -> UnreadableSource:
    """The error that says what is wrong with a file, or with one line of it."""
    source = printable(path) if line is None else f"{printable(path)}:{line}"
    return UnreadableSource(f"{source} {problem}", remedy, source=source)


def check_is_file(path: Path) -> int:
    """The size in bytes of what must be a readable, ordinary file.

    Raises:
        UnreadableSource: It is missing, a folder that cannot be listed, a pipe, or the like.
    """
    try:
        state = path.stat()
    except FileNotFoundError as error:
        raise unreadable(path, "does not exist", "check the spelling, or add the folder it is in") from error
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from error
    if stat.S_ISDIR(state.st_mode):
        raise unreadable(path, "is a folder this user may not list", "make it readable (chmod u+rx)")
    if not stat.S_ISREG(state.st_mode):
        raise unreadable(path, "is not an ordinary file", "copy its content to a file and add that")
    return state.st_size


def cannot_be_read(path: Path, error: OSError | ValueError) -> UnreadableSource:
    """The error for what the operating system refuses."""
    reason = error.strerror if isinstance(error, OSError) else error
    return unreadable(
        path, f"cannot be read: {reason}", "make it a readable file (chmod u+r) and add it again"
    )


def read_first(path: Path, n_bytes: int) -> bytes:
    """The first bytes of a file.

    Raises:
        UnreadableSource: It cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(n_bytes)
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from error


def read_bytes(path: Path, remedy: str, *, limit: int = MAX_ARTICLE_BYTES) -> bytes:
    """The whole of a file.

    Raises:
        UnreadableSource: It is missing, or larger than the limit; the remedy is for that.
    """
    n_bytes = check_is_file(path)
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise cannot_be_read(path, error) from error
    if len(raw) > limit:
        problem = f"is too large for one article: {n_bytes:,} bytes, the limit is {limit:,}"
        raise unreadable(path, problem, remedy)
    return raw


def read_text(path: Path) -> str:
    """The text of a file, with one kind of line end.

    Raises:
        UnreadableSource: It is missing, empty, too large, not text, or in no encoding that can be told.
    """
    raw = read_bytes(path, "split it into a file for each article, or a .jsonl with a line for each")
    text = _decoded(path, raw)
    if not text.strip():
        raise unreadable(path, "is empty", "put the article's text into it and add it again")
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise unreadable(path, "is not text but a binary file", _SAVE_AS_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(path: Path, raw: bytes) -> str:
    encoding = _encoding(path, raw)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"is broken {encoding.removesuffix('-sig').upper()} text, from byte {error.start:,} on"
        raise unreadable(path, problem, _SAVE_AS_TEXT) from error


def _encoding(path: Path, raw: bytes) -> str:
    """What the file says of itself, else UTF-8 where it fits, else the likeliest by its letters."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return encoding
    if b"\x00" in raw:
        raise unreadable(path, "is not text but a binary file", _SAVE_AS_TEXT)
    if _is_mostly_utf8(raw):
        return "utf-8"
    likeliest = likeliest_encoding(raw)
    if likeliest is None:
        raise unreadable(path, "is not text in any encoding known here", _SAVE_AS_TEXT)
    return likeliest


def decode_markup(raw: bytes, declared: Iterable[str | None]) -> str:
    """The text of HTML or XML, with what cannot be read as U+FFFD; never fails.

    Its byte order mark and UTF-8 that fits are believed before anything that is said of it: servers and
    pages are often wrong. What they say is checked against the letters.

    Args:
        raw: The whole file.
        declared: Encodings named by the server and in the file, the most trusted first; None and unknown
            names are passed over.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace").replace("\x00", "")
    known = [name for one in declared if one and (name := _python_name(one))]
    if raw.count(b"\x00") > len(raw) // 4:
        wide = next((name for name in known if name.startswith(("utf-16", "utf-32"))), "utf-16-le")
        return raw.decode(wide, "replace").replace("\x00", "")
    narrow = [name for name in known if not name.startswith(("utf-16", "utf-32"))]
    if _is_mostly_utf8(raw):
        # Some encodings of Japanese and Chinese are ASCII with marks.
        is_marked = raw.isascii() and (b"\x1b" in raw or b"~{" in raw)
        encoding = next((name for name in narrow if is_marked and _is_marked(name)), "utf-8")
    else:
        # Scripts and styles come first in a page: the letters to tell by begin where ASCII ends.
        words = _TAGS.sub(b" ", raw)
        beyond = _BEYOND_ASCII.search(words)
        telling = words[max(0, beyond.start() - 100) :] if beyond else words
        encoding = likelier(telling, [name for name in narrow if name != "utf-8"]) or "cp1252"
    return raw.decode(encoding, "replace").replace("\x00", "")


def _is_marked(encoding: str) -> bool:
    return encoding.startswith("iso2022") or encoding == "hz"


def _python_name(declared: str) -> str | None:
    """The codec that browsers use for a name; None for what pages are not written in."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    is_for_text = _PAGE_ENCODING.match(name) is not None
    return _WIDER.get(name, name) if is_for_text else None


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether what is not ASCII is UTF-8, perhaps with some damage: in other encodings next to nothing is."""
    lenient = raw.decode("utf-8", "replace")
    n_broken = lenient.count("\ufffd")
    return n_broken == 0 or len(raw) - len(lenient) > 4 * n_broken
