import io
import zipfile

import pytest
from epub_file import CONTAINER, epub
from source import archive, refused, saved

from corpus.kinds.epub import load_epub

WORDS = "“It left at dawn,” she said — and nobody saw it again until the spring. " * 4
FONT_HIDING = "http://www.idpf.org/2008/embedding"
DRM = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


def load(tmp_path, raw):
    """The chapters of a book."""
    return list(load_epub(saved(tmp_path / "book.epub", raw)))


def test_a_chapter_is_an_article(tmp_path):
    """Each chapter with text is one, named by the book and its own heading; a title page is none."""
    book = epub("<p>The Island</p>", f"<h1>The <i>boat</i></h1><p>{WORDS}</p>", f"<h2>Two</h2><p>{WORDS}</p>")

    first, second = load(tmp_path, book)

    assert first.metadata.title == "The Island – The boat"
    assert (first.metadata.author, first.metadata.source) == ("Ann Reed", "Harbour")
    assert first.metadata.published == "2020-03-04"
    assert first.text == f"The boat\n\n{WORDS.strip()}"
    assert first.key == f"path:{tmp_path / 'book.epub'}#OPS/text/1 c.xhtml"
    assert second.metadata.title == "The Island – Two"


def test_what_is_not_said_is_not_known(tmp_path):
    """A book without a title has its file's, and a year is no day."""
    [chapter] = load(tmp_path, epub(f"<p>{WORDS}</p>", about="<dc:date>2020</dc:date>"))

    assert chapter.metadata.title.startswith("book – ")
    assert chapter.metadata.published is None


def test_hidden_fonts_are_no_protection(tmp_path):
    """A book whose fonts alone are hidden is read; one whose text is encrypted says so."""
    hidden, protected = (epub(f"<p>{WORDS}</p>", encryption=method) for method in (FONT_HIDING, DRM))

    assert len(load(tmp_path, hidden)) == 1
    assert "protected against copying" in refused(load_epub, saved(tmp_path / "x.epub", protected)).message


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"PK\x03\x04", "broken archive"),
        (archive(x="x"), "has no META-INF/container.xml"),
        (archive(**{"META-INF/container.xml": CONTAINER}), "has no OPS/book.opf"),
        (archive(**{"META-INF/container.xml": "<x/>"}), "does not say where its contents are"),
        (archive(**{"META-INF/container.xml": "no XML"}), "is a broken"),
        (archive(x=b"0" * 60_000_000), "would unpack to 60,000,000 bytes"),
        (epub("<p>Cover</p>"), "has no chapter with text"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path, raw, reason):
    """A broken book, another archive, a bomb and a book of pictures each get their reason."""
    assert reason in refused(load_epub, saved(tmp_path / "x.epub", raw)).message


def test_entities_are_not_multiplied(tmp_path):
    """A book whose package is a bomb of entities is refused."""
    bomb = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    doctype = f'<!DOCTYPE package [<!ENTITY a "aaaaaaaaaa">{bomb}]>'
    whole = io.BytesIO(epub(f"<p>{WORDS}</p>", about="<dc:title>&m;</dc:title>"))
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            start = doctype if name.endswith(".opf") else ""
            after.writestr(name, start.encode() + before.read(name))

    assert refused(load_epub, saved(tmp_path / "x.epub", changed.getvalue()))
