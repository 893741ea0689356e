import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from source import archive, refused, saved

from corpus.errors import UnreadableSource
from corpus.kinds.docx import load_docx

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*, title="", author="", paragraphs=("The ferry left at dawn.",)):
    """A Word file; a paragraph that begins with `<` is XML."""
    file = docx.Document()
    file.core_properties.title, file.core_properties.author = title, author
    for paragraph in paragraphs:
        if paragraph.startswith("<"):
            file.element.body.append(parse_xml(paragraph.replace("<w:p>", f"<w:p {SPACE}>")))
        else:
            file.add_paragraph(paragraph)
    return file


def raw(file):
    """The bytes of a Word file."""
    saved_to = io.BytesIO()
    file.save(saved_to)
    return saved_to.getvalue()


def load(tmp_path, file):
    """The article of a Word file."""
    [article] = load_docx(saved(tmp_path / "late_boat.docx", raw(file)))
    return article


def test_paragraphs_and_tables_come_in_their_order(tmp_path):
    """A table stands where it stood, a line for each row."""
    file = word(paragraphs=["Fares rise."])
    table = file.add_table(2, 2)
    for cell, words in zip(table._cells, ("day", "£14.80", "week", "£60"), strict=True):
        cell.text = words
    file.add_paragraph("“From March” — it said.")

    assert load(tmp_path, file).text == "Fares rise.\n\nday | £14.80\nweek | £60\n\n“From March” — it said."


def test_tables_inside_tables_are_read_once(tmp_path):
    """A table in a cell stands where it stood, and no word of it comes again."""
    file = word(paragraphs=["Fares rise."])
    outer = file.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "from March", "fares:"
    inner = outer.cell(0, 1).add_table(2, 2)
    for cell, words in zip(inner._cells, ("day", "£14.80", "week", "£60"), strict=True):
        cell.text = words

    assert load(tmp_path, file).text == "Fares rise.\n\nfrom March | fares: day | £14.80\nweek | £60"


def test_what_was_struck_out_is_left_out(tmp_path):
    """With changes tracked, what was put in is text and what was struck out is not."""
    tracked = (
        "<w:p><w:r><w:t>It left </w:t></w:r><w:ins><w:r><w:t>early</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>late</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>"
    )

    assert load(tmp_path, word(paragraphs=[tracked])).text == "It left early."


def test_the_title_is_the_files_or_its_first_heading(tmp_path):
    """A heading in the style of titles is the title and no text; else the properties', else the name."""
    headed = word()
    headed.element.body.insert(0, docx.Document().add_heading("Late boat", 0)._p)

    article = load(tmp_path, headed)

    assert (article.metadata.title, article.text) == ("Late boat", "The ferry left at dawn.")
    assert load(tmp_path, word(title="Boat", author="Ann Reed")).metadata.title == "Boat"
    assert load(tmp_path, word(author="python-docx")).metadata.title == "late boat"
    assert load(tmp_path, word(author="python-docx")).metadata.author is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (raw(word())[:3_000], "broken archive"),
        (archive(x="x"), "broken Word file"),
        (archive(x=b"0" * 60_000_000), "would unpack to 60,000,000 bytes"),
        (raw(word(paragraphs=[])), "has no words"),
    ],
    ids=["cut", "no Word file", "bomb", "empty"],
)
def test_what_cannot_be_read_says_so(tmp_path, content, reason):
    """A broken file, another archive, a bomb and an empty file each get their reason."""
    assert reason in refused(load_docx, saved(tmp_path / "x.docx", content)).message


@pytest.mark.parametrize("changes", ["body", "properties"])
def test_parts_of_another_kind(tmp_path, changes):
    """A file without a body is refused in words; one whose properties are none is read all the same."""
    names = {"body": "word/document.xml", "properties": "docProps/core.xml"}
    empty = {
        "body": f"<w:document {SPACE}/>",
        "properties": "<a/>",
    }
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw(word()))) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, empty[changes] if name == names[changes] else before.read(name))
    source = saved(tmp_path / "x.docx", changed.getvalue())

    if changes == "body":
        assert "broken Word file" in refused(load_docx, source).message
    else:
        assert [article.text for article in load_docx(source)] == ["The ferry left at dawn."]


def test_damage_inside_says_so(tmp_path):
    """A file whose packed bytes are damaged is refused, wherever the damage is."""
    whole = raw(word())
    for start in range(200, len(whole) - 400, 4_000):
        damaged = whole[:start] + b"\x00" * 300 + whole[start + 300 :]
        source = saved(tmp_path / "x.docx", damaged)

        assert all(article.text for article in read_or_refused(source))


def read_or_refused(source):
    """The article of a file, or none where it says that it cannot be read."""
    try:
        return list(load_docx(source))
    except UnreadableSource:
        return []


def test_entities_are_not_opened(tmp_path):
    """An entity that names a file, written into the text by hand, brings nothing of it."""
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    whole = io.BytesIO(raw(word()))
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                entity = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'.encode()
                content = content.replace(b"<w:document", entity, 1).replace(b"at dawn", b"&x;")
            after.writestr(name, content)

    [article] = load_docx(saved(tmp_path / "x.docx", changed.getvalue()))

    assert "secret words" not in article.text
