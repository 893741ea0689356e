"""Files as loaders get them."""

from __future__ import annotations

import io
import zipfile

from corpus.errors import UnreadableSource
from corpus.keys import url_key
from corpus.load import local_file
from corpus.source_file import SourceFile


def saved(path, content):
    """A file of this machine with such content, text or bytes."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return local_file(path)


def archive(**members):
    """A zip archive of such members, which may be nothing more."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return file.getvalue()


def fetched(path, content, url, media_type="text/html"):
    """A file as it was fetched from an address."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SourceFile(path, url, url_key(url), path.name, media_type, url)


def refused(load, source):
    """Why a loader reads nothing of a file."""
    try:
        found = list(load(source))
    except UnreadableSource as problem:
        return problem
    raise AssertionError(f"it was read: {found}")
