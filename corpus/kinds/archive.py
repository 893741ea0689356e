"""Open the zip archives that DOCX and EPUB files are, and no bombs."""

from __future__ import annotations

import errno
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.decode import check_is_file, unreadable
from corpus.source_file import SourceFile

# A book with pictures has hundreds of members and tens of megabytes.
MAX_ARCHIVE_BYTES = 200_000_000
MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 400_000_000
# Text packs to a tenth, tables of zeros to a thousandth; what is small may be either.
MAX_RATIO = 100
_HARMLESS_BYTES = 20_000_000
# The most that one file of text inside may hold.
MAX_MEMBER_BYTES = 20_000_000

_SAVE_AGAIN = "open it in the program that made it, save it again, and add that"


@contextmanager
def opened(source: SourceFile) -> Iterator[zipfile.ZipFile]:
    """The archive, once what it says of itself is within the limits.

    Python reads no more of a member than the archive says it holds, so what is said can be relied on.

    Raises:
        UnreadableSource: It is broken, encrypted, too large or a bomb; also for what goes wrong inside.
    """
    n_bytes = check_is_file(source.path)
    if n_bytes > MAX_ARCHIVE_BYTES:
        problem = f"is too large: {n_bytes:,} bytes, the limit is {MAX_ARCHIVE_BYTES:,}"
        raise unreadable(source.path, problem, "save it without its pictures")
    try:
        with zipfile.ZipFile(source.path) as archive:
            _check(source, archive, n_bytes)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise unreadable(source.path, f"is a broken archive: {error}", _SAVE_AGAIN) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        problem = "is a broken archive: it says that members are where they cannot be"
        raise unreadable(source.path, problem, _SAVE_AGAIN) from error


def _check(source: SourceFile, archive: zipfile.ZipFile, n_bytes: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > _HARMLESS_BYTES and unpacked > MAX_RATIO * n_bytes
    if is_bomb or unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        problem = f"would unpack to {unpacked:,} bytes in {len(members):,} files, which no article does"
        raise unreadable(source.path, problem, "save it as text or HTML and add that")
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(source.path, "is encrypted", "save it without a password and add that")


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a member; None when there is no such, or it is larger than any text.

    What is broken raises what `opened` catches.
    """
    try:
        info = archive.getinfo(name)
        return archive.read(info) if info.file_size <= MAX_MEMBER_BYTES else None
    except KeyError:
        return None
