import re

import pytest
from remembering import Remembering

from bot.activity_error import ActivityError

READER = 5_234_567_891


@pytest.fixture
def remembering(tmp_path):
    """A home in which one reader has voted and reported."""
    remembering = Remembering(tmp_path)
    remembering.languages.choose(READER, "fa")
    remembering.report(READER, chat_id=-100)
    return remembering


def test_no_id_in_the_file(remembering):
    """In the database a reader is a hash; the same each time, and in no other home."""
    with remembering.file.reading() as database:
        [person] = database.execute("SELECT person FROM languages").fetchone()

    assert re.fullmatch("[0-9a-f]{64}", person)
    assert (
        person
        == remembering.file.people.known(READER, "languages")
        == Remembering(remembering.home).file.people.known(READER, "languages")
    )
    assert person != remembering.file.people.known(READER, "votes")
    assert str(READER).encode() not in remembering.content()
    assert READER.to_bytes(6, "big") not in remembering.content()


def test_not_the_same_elsewhere(remembering, tmp_path):
    """Two homes know one reader by two hashes."""
    other = Remembering(tmp_path / "other")
    other.languages.choose(READER, "de")

    assert other.file.people.known(READER, "votes") != remembering.file.people.known(READER, "votes")


def test_lost_key(remembering, caplog):
    """With the key all is lost that readers could no longer have deleted; counts and the rest stay."""
    remembering.counts.note("asked")
    remembering.activity.record(1, "add", outcome="added")
    remembering.file.people.path.unlink()

    assert remembering.languages.of(READER) is None
    remembering.counts.note("asked", by=READER)

    assert remembering.rows() == {"acts": 1, "counts": 2, "seen": 1}
    assert "the 2 rows of those were deleted" in caplog.text


@pytest.mark.parametrize("content", [b"", b"ab" * 20, b"g" * 64 + b"\n"])
def test_damaged_key(remembering, content):
    """A damaged key is said to be one and left alone with all that is known by it, for it may be put back."""
    path = remembering.file.people.path
    key = path.read_bytes()
    path.write_bytes(content)

    with pytest.raises(ActivityError, match=re.escape(str(path))) as caught:
        remembering.forget(READER)

    assert "put people.key back" in caught.value.remedy
    assert path.read_bytes() == content
    path.write_bytes(key)
    assert remembering.languages.of(READER) == "fa"


def test_rest_of_a_kill(tmp_path):
    """What a process that was killed left of a key is in nobody's way."""
    remembering = Remembering(tmp_path)
    (tmp_path / "people.part").write_bytes(b"abc")

    remembering.languages.choose(READER, "de")

    assert remembering.languages.of(READER) == "de"
    assert not (tmp_path / "people.part").exists()


@pytest.mark.parametrize(
    ("name", "said"), [("people.key", "cannot be read"), ("people.part", "cannot be made")]
)
def test_no_place_for_a_key(tmp_path, name, said):
    """Where a key cannot be read or made that is said, and nothing of the reader is written."""
    remembering = Remembering(tmp_path)
    (tmp_path / name / "full").mkdir(parents=True)

    with pytest.raises(ActivityError, match=said):
        remembering.votes.cast(READER, {"A1": "ferry"}, "up")

    assert remembering.rows() == {}
