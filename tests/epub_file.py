"""A small writer of books in EPUB."""

from __future__ import annotations

import io
import zipfile

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
ABOUT = (
    "<dc:title>The Island</dc:title><dc:creator>Ann Reed</dc:creator><dc:date>2020-03-04</dc:date>"
    "<dc:publisher>Harbour</dc:publisher>"
)


def epub(*chapters, about=ABOUT, encryption=None):
    """The bytes of a book.

    Args:
        chapters: The HTML of each chapter's body.
        about: What the package says of the book.
        encryption: How its members are encrypted; None when they are not.
    """
    files = "".join(f'<item id="c{n}" href="text/{n}%20c.xhtml"/>' for n in range(len(chapters)))
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{about}</metadata><manifest>{files}</manifest><spine>{order}</spine></package>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("OPS/book.opf", package)
        if encryption is not None:
            method = (
                f'<e:EncryptionMethod xmlns:e="http://www.w3.org/2001/04/xmlenc#" Algorithm="{encryption}"/>'
            )
            book.writestr("META-INF/encryption.xml", f"<encryption>{method}</encryption>")
        for number, body in enumerate(chapters):
            page = f"<html><head><title>x</title></head><body>{body}</body></html>"
            book.writestr(f"OPS/text/{number} c.xhtml", f'<?xml version="1.0" encoding="utf-8"?>{page}')
    return written.getvalue()
