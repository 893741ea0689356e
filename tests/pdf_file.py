"""A small writer of PDF files: lines of Helvetica at given places."""

from __future__ import annotations

PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"


def pdf(*pages, info="", encrypted=False):
    """A file's bytes.

    Args:
        pages: The lines of each page from the top down; a number is a gap of so many points more.
        info: What the file says of itself, as ``/Title (The boat)``.
        encrypted: Whether it asks for a password that nobody has.
    """
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
    ]
    for number, page in enumerate(pages):
        shown = "\n".join(_shown(page))
        objects += [
            f"<< {PAGE} /Contents {6 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R"
    if encrypted:
        secret = "ab" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'cd' * 16}> <{'cd' * 16}>]"
    return _file(objects, trailer)


def _shown(page):
    y = 790
    for line in page:
        if isinstance(line, int):
            y -= line
            continue
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        yield f"BT /F1 11 Tf 60 {y} Td ({escaped}) Tj ET"
        y -= 14


def _file(objects, trailer):
    raw, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << {trailer} >>\n"
    return raw + f"{end}startxref\n{len(raw)}\n%%EOF".encode()
