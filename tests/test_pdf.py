import pytest
from pdf_file import pdf
from source import refused, saved

from corpus.kinds.pdf import load_pdf

LINES = [
    "The ferry from the North Pier leaves at a quarter to seven from March, the com-",
    "pany said on Thursday. Fares rise by four per cent on average, and the well-known",
    "day return goes to fourteen pounds eighty for those who are no residents.",
]


def load(tmp_path, raw):
    """The article of a file."""
    [article] = load_pdf(saved(tmp_path / "late_boat.pdf", raw))
    return article


def test_lines_become_paragraphs(tmp_path):
    """Lines are one paragraph, a gap parts two, and a word that a line end parted is whole."""
    text = load(tmp_path, pdf([*LINES, 14, "A second paragraph."])).text

    first, second = text.split("\n\n")
    assert "the company said on Thursday" in first
    assert "and the well-known day return" in first
    assert second == "A second paragraph."


def test_heads_and_page_numbers_are_dropped(tmp_path):
    """What stands at the top of each page is no part of the text, and a sentence goes on over the page."""
    pages = [
        [f"Harbour Line, issue 7, page {number}", 30, *before, 600, str(number)]
        for number, before in enumerate((LINES[:1], LINES[1:2], LINES[2:]), start=1)
    ]

    text = load(tmp_path, pdf(*pages)).text

    assert "Harbour Line" not in text
    assert text.startswith("The ferry")
    assert "the company said" in text
    assert text.endswith("no residents.")


def test_what_a_person_said_of_it_is_taken(tmp_path):
    """Title, author and day of the file; what a program put there is not."""
    said = "/Title (Late boat) /Author (Ann Reed) /CreationDate (D:20260306093000+01'00')"
    by_program = "/Title (Microsoft Word - boat.docx) /Author (admin) /CreationDate (D:21990101000000Z)"

    metadata = load(tmp_path, pdf(LINES, info=said)).metadata
    unknown = load(tmp_path, pdf(LINES, info=by_program)).metadata

    assert (metadata.title, metadata.author, metadata.published) == ("Late boat", "Ann Reed", "2026-03-06")
    assert (unknown.title, unknown.author, unknown.published) == ("late boat", None, None)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "broken PDF"),
        (b"%PDF-1.7\n" + b"\x93\x11" * 900, "broken PDF"),
        (pdf(LINES)[:300], "broken PDF"),
        (pdf(LINES, encrypted=True), "is encrypted"),
        (pdf([]), "has no text"),
        (pdf(*[[]] * 1_001), "has 1,001 pages"),
    ],
    ids=["empty", "noise", "cut", "encrypted", "pictures", "long"],
)
def test_what_cannot_be_read_says_so(tmp_path, raw, reason):
    """A broken, an encrypted, a scanned and an endless file each get their reason."""
    assert reason in refused(load_pdf, saved(tmp_path / "x.pdf", raw)).message


def test_a_broken_page_costs_no_other(tmp_path):
    """The pages that can be read are, and the one that cannot is named."""
    raw = pdf(LINES, ["Another page."]).replace(b"/Kids [5 0 R 7 0 R]", b"/Kids [5 0 R 9 0 R]")

    article, problem = load_pdf(saved(tmp_path / "x.pdf", raw))

    assert article.text.startswith("The ferry")
    assert "broken pages: 2" in problem.message
