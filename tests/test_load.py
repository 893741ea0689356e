import os
import time
from pathlib import Path

import pytest

from corpus.decode import MAX_ARTICLE_BYTES
from corpus.errors import UnreadableSource
from corpus.jsonl import MAX_LINE_BYTES
from corpus.load import find_files, load_file
from corpus.types import RawArticle


def load(path: Path, content: str | bytes) -> RawArticle | UnreadableSource:
    """What the only article of a new file is loaded as."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [loaded] = load_file(path)
    return loaded


def problem(path: Path) -> UnreadableSource:
    """Why the file cannot be read."""
    [loaded] = load_file(path)
    assert isinstance(loaded, UnreadableSource)
    return loaded


def test_a_folder_is_walked_in_order(tmp_path):
    """Files of the kinds we read are found in every folder, sorted; what is hidden or other is not."""
    for name in ["b.md", "a.TXT", "sub/c.jsonl", "sub/d.markdown", ".hidden.md", ".git/x.md", "photo.png"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]

    assert found == ["a.TXT", "b.md", "sub/c.jsonl", "sub/d.markdown"]


def test_a_file_is_found_as_itself(tmp_path):
    """A named file is given whether or not we can read its kind: loading says so."""
    assert list(find_files(tmp_path / "photo.png")) == [tmp_path / "photo.png"]


def test_links_in_a_circle_do_not_trap_the_walk(tmp_path):
    """A link to a folder above and a link to itself are passed over or told of; the walk ends."""
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")

    [found] = find_files(tmp_path)

    assert "symbolic links" in problem(found).message


def test_the_first_line_of_its_own_is_the_title(tmp_path):
    """A first line that an empty line follows is the title and no part of the text."""
    loaded = load(tmp_path / "x.txt", "\nThe ferry\n\nIt left at dawn.\n\nIt was late.\n")

    assert loaded.metadata.title == "The ferry"
    assert loaded.text == "It left at dawn.\n\nIt was late.\n"


@pytest.mark.parametrize("text", ["One line.\nAnd another.", "x" * 201 + "\n\nMore.", "Only a line.\n\n"])
def test_otherwise_the_file_name_is_the_title(tmp_path, text):
    """A first line that runs on, is too long, or is all there is stays text."""
    loaded = load(tmp_path / "2026-03-04_the-ferry.txt", text)

    assert loaded.metadata.title == "2026 03 04 the ferry"
    assert loaded.text == text


def test_windows_line_ends_are_line_ends(tmp_path):
    """A title is found whatever the line ends."""
    assert load(tmp_path / "x.txt", "The ferry\r\n\r\nIt left.").metadata.title == "The ferry"


def test_front_matter_is_read(tmp_path):
    """Title, date, author, source and url are taken from front matter; other fields are ignored."""
    front = "title: The ferry\ndate: 2026-03-04\nauthor: [A. Reed, B. Lund]\nsource: Post"
    front += "\nurl: https://p.example/1\ntags: [x]"

    loaded = load(tmp_path / "x.md", f"---\n{front}\n---\n\n# Head\n\nText.")

    meta = loaded.metadata
    assert (meta.title, meta.published, meta.author) == ("The ferry", "2026-03-04", "A. Reed, B. Lund")
    assert (meta.source, meta.url) == ("Post", "https://p.example/1")
    assert loaded.text.strip() == "# Head\n\nText."
    assert loaded.markup == "markdown"


def test_the_first_heading_is_the_title(tmp_path):
    """Without a title in front matter the first level-1 heading is it, and is taken out of the text."""
    loaded = load(tmp_path / "x.md", "Intro.\n\n```\n# no\n```\n\n# The *long* ferry\n\nText.")

    assert loaded.metadata.title == "The long ferry"
    assert loaded.text == "Intro.\n\n```\n# no\n```\n\n\nText."


def test_rules_are_not_front_matter(tmp_path):
    """Words between two rules are words."""
    text = "---\njust words\n---\nmore"

    assert load(tmp_path / "x.md", text).text == text


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: a: b", "mapping values"),
        ("date: 2026-99-01", "month must be"),
        ("- " * 2_000, "recursion depth"),
    ],
)
def test_broken_front_matter_is_told(tmp_path, front, reason):
    """Front matter that is not YAML is one line that says what and where, and how to mend it."""
    loaded = load(tmp_path / "x.md", f"---\n{front}\n---\nText.")

    assert reason in loaded.message
    assert "between the two `---`" in loaded.remedy


def test_front_matter_takes_no_time(tmp_path):
    """Maps merged into each other and brackets in thousands are read, or refused, in less than a second."""
    merged = ["a0: &a0 {x: y}"]
    merged += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 8)}]}}" for n in range(1, 9)]
    began = time.process_time()

    loaded = load(tmp_path / "x.md", "\n".join(["---", *merged, "title: The ferry", "---", "Text."]))
    refused = load(tmp_path / "y.md", f"---\n{'[' * 9_000}\n---\nText.")

    assert time.process_time() - began < 1
    assert loaded.metadata.title == "The ferry"
    assert "9,000 brackets" in refused.message


def test_numbers_too_long_to_be_written(tmp_path):
    """A title that is a number of thousands of digits is no title, however the number is spelt."""
    for number in ("0x" + "f" * 4_000, ":".join(["59"] * 2_500)):
        assert load(tmp_path / "x.md", f"---\ntitle: {number}\n---\nText.").metadata.title == "x"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T05:06:07Z", "2026-03-04T05:06:07+00:00"),
        ("2026-03-04 05:06", "2026-03-04T05:06:00"),
        ("yesterday", None),
        (20260304, None),
    ],
)
def test_a_date_is_iso_8601_or_unknown(tmp_path, given, kept):
    """What parses is kept in one spelling; the rest is unknown, never guessed."""
    loaded = load(
        tmp_path / "x.jsonl", f'{{"id": "1", "text": "x", "published": {given!r}}}'.replace("'", '"')
    )

    assert loaded.metadata.published == kept


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example", "http://", "http://[::1", "http://a b", "x"]
)
def test_an_address_is_http_or_unknown(tmp_path, url):
    """Nothing that is not a web address becomes a link."""
    assert load(tmp_path / "x.jsonl", f'{{"id": "1", "text": "x", "url": "{url}"}}').metadata.url is None


def test_json_lines_are_articles(tmp_path):
    """A line is an article known by its id, wherever the file moves."""
    first = (
        '{"id": "a", "title": "T", "text": "Text.", "url": "https://x.example", "author": null, "other": 1}'
    )
    (tmp_path / "x.jsonl").write_text(f'\ufeff{first}\n\n{{"id": 7, "text": "More."}}', encoding="utf-8")

    one, two = load_file(tmp_path / "x.jsonl")

    assert (one.key, one.metadata.title, one.text) == ("id:a", "T", "Text.")
    assert (two.key, two.metadata.title, two.text) == ("id:7", "", "More.")
    assert one.origin == f"{tmp_path}/x.jsonl#a"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "is not JSON"),
        ("[1]", "is not an object but a list"),
        ('{"text": "x"}', "has no usable id"),
        ('{"id": "", "text": "x"}', "has no usable id"),
        ('{"id": true, "text": "x"}', "has no usable id"),
        ('{"id": "x\\ny", "text": "x"}', "has no usable id"),
        ('{"id": "x", "text": NaN}', "has no text: found a number"),
        ('{"id": "x", "text": "  "}', "has no text: found empty text"),
        ('{"id": "x"}', "has no text: found nothing"),
        ('{"id": "good", "text": "again"}', "has the id of an earlier line: 'good'"),
        ("[" * 100_000, "is not JSON"),
        ('{"id": ' + "9" * 5_000 + "}", "is not JSON"),
        (b'{"id": "x", "text": "\xff"}', "is not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path, line, reason):
    """One bad line costs one article, and its number is told."""
    bad = line if isinstance(line, bytes) else line.encode()
    (tmp_path / "x.jsonl").write_bytes(
        b'{"id": "good", "text": "x"}\n' + bad + b'\n{"id": "last", "text": "x"}\n'
    )

    good, failed, last = load_file(tmp_path / "x.jsonl")

    assert (good.key, last.key) == ("id:good", "id:last")
    assert failed.source == f"{tmp_path}/x.jsonl:2"
    assert failed.message.startswith(f"{tmp_path}/x.jsonl:2 {reason}")
    assert failed.remedy


def test_an_enormous_line_is_passed_over(tmp_path):
    """A line beyond the limit is never held whole, and the next one is read."""
    with (tmp_path / "x.jsonl").open("wb") as file:
        file.write(b"x" * (2 * MAX_LINE_BYTES + 10) + b'\n{"id": "last", "text": "x"}\n')

    failed, last = load_file(tmp_path / "x.jsonl")

    assert "too long" in failed.message
    assert last.key == "id:last"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe und Maß. Übergröße ist möglich."),
        ("utf-8-sig", "Größe und Maß. Übergröße ist möglich."),
        ("utf-16", "Größe und Maß. Übergröße ist möglich."),
        ("utf-32", "Größe und Maß. Übergröße ist möglich."),
        ("cp1252", "Die Fähre verließ den Hafen. Später wurde die Brücke für größere Schiffe geöffnet."),
        ("cp1251", "Паром вышел из гавани на рассвете. Мост через реку закрыли на несколько месяцев."),
        ("koi8-r", "Паром вышел из гавани на рассвете. Мост через реку закрыли на несколько месяцев."),
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path, encoding, text):
    """What old editors wrote is read with the letters it was written in."""
    assert load(tmp_path / "x.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is not text but a binary file"),
        (b"\x01\x02\x03\x04\x05 text \x06\x07", "is not text but a binary file"),
        (bytes(range(128, 256)) * 20, "is not text"),
        ("Größe, Maß und Übergröße ".encode() * 9 + b"\xff", "is broken UTF-8 text, from byte 279 on"),
        (b"\xff\xfea\x00b", "is broken UTF-16 text"),
        (b"x" * (MAX_ARTICLE_BYTES + 1), "is too large for one article: 10,000,001 bytes"),
    ],
)
def test_what_is_no_text_is_one_line(tmp_path, content, reason):
    """Empty, binary, broken and enormous files are each told in one line with a remedy."""
    loaded = load(tmp_path / "x.txt", content)

    assert loaded.message.startswith(f"{tmp_path}/x.txt {reason}")
    assert "\n" not in str(loaded)
    assert loaded.remedy


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.md", "[[(*_" * 1_000_000, "has 4,000,000 signs of Markdown, which no article does"),
        ("x.md", "# a\n" * 1_000_000, "has 1,000,000 lines, which no article does"),
        ("x.txt", "a\n\n" * 2_000_000, "has 4,000,000 lines, which no article does"),
    ],
)
def test_what_would_take_minutes_is_refused_at_once(tmp_path, name, content, reason):
    """Text that no article is like is refused before it is read, in one line with a remedy."""
    started = time.process_time()

    loaded = load(tmp_path / name, content.encode())

    assert time.process_time() - started < 5
    assert loaded.message == f"{tmp_path}/{name} {reason}"
    assert loaded.remedy


def test_a_binary_jsonl_is_one_line(tmp_path):
    """A binary file under this name is told of once, not once for every line."""
    loaded = load(tmp_path / "x.jsonl", b"\x1f\x8b\x08\x00\n\x00\n\x00\n")

    assert "binary" in loaded.message


def test_an_empty_jsonl_is_told(tmp_path):
    """No line is no article."""
    assert "is empty" in load(tmp_path / "x.jsonl", b"").message


@pytest.mark.parametrize("name", ["gone.txt", "gone.jsonl", "gone", "bad\x00name.txt"])
def test_a_missing_file_is_told(tmp_path, name):
    """A file that is not there, or is no longer, is one line."""
    message = problem(tmp_path / name).message

    assert "does not exist" in message or "cannot be read" in message


def test_another_kind_is_told(tmp_path):
    """A file of a kind we do not read names the kinds we do."""
    loaded = load(tmp_path / "photo.png", "x")

    assert "its name ends in '.png'" in loaded.message
    assert ".txt, .md, .markdown, .jsonl" in loaded.remedy


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl"])
def test_a_pipe_does_not_hang(tmp_path, name):
    """What is not an ordinary file is not opened."""
    os.mkfifo(tmp_path / name)

    assert "is not an ordinary file" in problem(tmp_path / name).message


def test_a_folder_named_like_a_file_is_a_folder(tmp_path):
    """It is walked, not read."""
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "y.txt").write_text("words")

    assert list(find_files(tmp_path / "x.txt")) == [tmp_path / "x.txt" / "y.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_told(tmp_path):
    """A file and a folder without permission are one line each."""
    (tmp_path / "sub").mkdir(mode=0)
    (tmp_path / "x.txt").write_text("words")
    (tmp_path / "x.txt").chmod(0)

    problems = [problem(path).message for path in find_files(tmp_path)]

    assert any("Permission denied" in message for message in problems)
    assert any("may not list" in message for message in problems)


def test_a_link_out_of_the_folder_is_passed_over(tmp_path):
    """A link in a folder leads to no file outside it, and to one inside it."""
    outside, folder = tmp_path / "secret.txt", tmp_path / "articles"
    folder.mkdir()
    outside.write_text("Nobody's business.")
    (folder / "one.txt").write_text("Words.")
    (folder / "out.txt").symlink_to(outside)
    (folder / "same.txt").symlink_to(folder / "one.txt")

    assert [path.name for path in find_files(folder)] == ["one.txt", "same.txt"]
