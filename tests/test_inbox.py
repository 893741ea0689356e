import json
import stat
import time
from pathlib import Path

import pytest

from bot.inbox import KEPT_S, MAX_KEPT, Inbox, SentFile, SentPage, SentPost
from corpus.errors import FootnoteError
from corpus.fetched import Fetched, Validators
from corpus.source_file import SourceFile
from corpus.types import Metadata, RawArticle

FILE = SentFile(SourceFile(Path(), "report.pdf", "sent:report.pdf", "report.pdf", "application/pdf"))
PAGE = SentPage(
    "https://example.org/a",
    Fetched(
        SourceFile(Path(), "https://example.org/a", "url:https://example.org/a", "a.html", "text/html"),
        Validators('"1"', "yesterday"),
        "https://example.org/b",
    ),
)
POST = SentPost(
    RawArticle("guid:telegram/7#42", "News#42", Metadata("", source="News"), "Words.", aliases=("url:x",))
)


@pytest.fixture
def inbox(tmp_path):
    """An empty inbox in a home that is not there yet."""
    return Inbox(tmp_path / "home")


def files_of(tmp_path):
    """Everything in the inbox."""
    return sorted((tmp_path / "home" / "inbox").iterdir())


@pytest.mark.parametrize("sent", [FILE, PAGE, POST], ids=["file", "page", "post"])
def test_what_was_sent_is_found(inbox, tmp_path, sent):
    """What was sent is found by its id, with all that was known of it, by another process too."""
    sent_id = inbox.keep(sent, b"words")

    found = Inbox(tmp_path / "home").find(sent_id)

    assert type(found) is type(sent)
    assert found.origin == sent.origin
    if isinstance(found, SentPost):
        assert found == sent
        return
    file = found.file if isinstance(found, SentFile) else found.page.source
    assert file.path.read_bytes() == b"words"
    assert (file.name, file.media_type) == (
        (sent.file if sent is FILE else sent.page.source).name,
        file.media_type,
    )
    if isinstance(found, SentPage):
        assert (found.page.validators, found.page.moved_to) == (PAGE.page.validators, "https://example.org/b")


def test_nobody_else_reads_it(inbox, tmp_path):
    """The folder and the files are for the user who runs the bot alone."""
    inbox.keep(FILE, b"words")

    modes = [stat.S_IMODE(path.stat().st_mode) for path in files_of(tmp_path)]

    assert modes == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "home" / "inbox").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a/b.pdf", "\u202efdp.exe.pdf", "x" * 300 + ".pdf", "\0.pdf"]
)
def test_hostile_names(inbox, tmp_path, name):
    """Whatever a file is called, it lies in the inbox under a name of ours."""
    sent_id = inbox.keep(SentFile(SourceFile(Path(), name, "sent:x", name)), b"words")

    assert [path.name for path in files_of(tmp_path)] == [f"{sent_id}-sent.pdf", f"{sent_id}.json"]
    assert inbox.find(sent_id).file.name == name


def test_dropped(inbox, tmp_path):
    """What is dropped is gone, file and all, and cannot be dropped again."""
    sent_id = inbox.keep(FILE, b"words")

    assert inbox.drop(sent_id)
    assert not inbox.drop(sent_id)
    assert inbox.find(sent_id) is None
    assert files_of(tmp_path) == []


def test_old_ones_go(inbox, tmp_path):
    """After a day what was sent is not found any more, and gone with the next that is kept."""
    sent_id = inbox.keep(FILE, b"words")
    (tmp_path / "home" / "inbox" / "0123456789ab-sent.pdf").write_bytes(b"half")
    later = Inbox(tmp_path / "home", clock=lambda: time.time() + KEPT_S + 1)

    assert later.find(sent_id) is None
    later.prune()
    assert files_of(tmp_path) == []
    assert later.keep(POST)
    assert len(files_of(tmp_path)) == 1


def test_bounded(inbox, tmp_path):
    """However much is sent, so many are kept."""
    for _ in range(MAX_KEPT + 5):
        inbox.keep(POST)

    assert len(files_of(tmp_path)) <= MAX_KEPT + 1


@pytest.mark.parametrize("sent_id", ["", "..", "../../x", "0123456789ab", "x" * 12, "*"])
def test_made_up_ids(inbox, sent_id):
    """An id that was never given finds nothing and harms nothing."""
    kept = inbox.keep(FILE, b"words")

    assert inbox.find(sent_id) is None
    assert not inbox.drop(sent_id)
    assert inbox.find(kept)


@pytest.mark.parametrize(
    "note", ["", "{}", "[]", '{"kind": "file", "file": {}}', json.dumps({"kind": "post"})]
)
def test_damaged_note(inbox, tmp_path, note):
    """A note that was damaged is as if nothing had been sent."""
    sent_id = inbox.keep(FILE, b"words")
    (tmp_path / "home" / "inbox" / f"{sent_id}.json").write_text(note)

    assert inbox.find(sent_id) is None


def test_cannot_be_kept(tmp_path):
    """Where the home cannot be written, that is said with what mends it."""
    (tmp_path / "home").write_text("a file")

    with pytest.raises(FootnoteError, match="cannot be kept") as caught:
        Inbox(tmp_path / "home").keep(FILE, b"words")
    assert "writable" in caught.value.remedy
