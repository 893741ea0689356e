import json
import re
import shutil
from datetime import UTC, datetime

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from retrieval.errors import SnapshotError
from retrieval.manifest import FORMAT, Manifest
from retrieval.snapshot import open_snapshot
from retrieval.types import Query

QUESTION = "Which ferry carried oranges?"
FINGERPRINT = HashingEncoder().fingerprint


@pytest.fixture
def home(tmp_path):
    """A home with an empty library."""
    return Home(tmp_path / "home", HashingEncoder())


def build(home, n=1):
    """Build `n` snapshots, each telling of another number of oranges, and give their ids."""
    ids = []
    for _ in range(n):
        home.put(article(text=f"The ferry carried {len(home.snapshots.ids())} oranges. It was cold."))
        ids.append(home.reindex().snapshot.id)
    return ids


def files(home, snapshot_id):
    """Every file of a snapshot but the empty lock files that tantivy leaves."""
    found = home.folder(snapshot_id).rglob("*")
    return sorted(path for path in found if path.is_file() and path.suffix != ".lock")


def shown(home):
    """What the snapshot that serves quotes, and its id."""
    reply = home.searcher().answer(Query(QUESTION))
    return reply.excerpts[0].text, reply.snapshot.id


def changed(path):
    """One byte is another."""
    content = bytearray(path.read_bytes() or b"?")
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncated(path):
    """The last byte is gone, or one was added to nothing."""
    path.write_bytes(path.read_bytes()[:-1] or b"?")


def removed(path):
    """The file is gone."""
    path.unlink()


@pytest.mark.parametrize("damage", [changed, truncated, removed])
def test_a_damaged_file_is_noticed(home, damage):
    """Whichever file is damaged, it is named, the snapshot before serves, and nothing is deleted."""
    older, newer = build(home, 2)
    whole = home.path / "whole"
    shutil.copytree(home.folder(newer), whole)
    assert len(files(home, newer)) >= 8

    for path in files(home, newer):
        shutil.rmtree(home.folder(newer))
        shutil.copytree(whole, home.folder(newer))
        damage(path)
        left = files(home, newer)

        with pytest.raises(SnapshotError) as refusal:
            open_snapshot(home.folder(newer), encoder=FINGERPRINT)
        serving, problem = home.snapshots.open_current(encoder=FINGERPRINT)

        name = path.relative_to(home.folder(newer)).as_posix()
        assert name in refusal.value.message
        assert refusal.value.remedy == "footnote reindex"
        assert serving.manifest.info.id == older
        assert str(problem) == str(refusal.value)
        assert files(home, newer) == left
        assert home.snapshots.current_id() == newer


def test_all_damaged_says_so(home):
    """Where no snapshot is whole, the error is that of the current one, and a reindex mends it."""
    ids = build(home, 2)
    for snapshot_id in ids:
        changed(home.layer(snapshot_id) / "passages.db")

    with pytest.raises(SnapshotError, match=rf"{ids[1]} is damaged: layers/.*/passages\.db"):
        home.snapshots.open_current(encoder=FINGERPRINT)
    home.reindex()

    assert shown(home)[0] == "The ferry carried 1 oranges. It was cold."


def test_what_was_saved_is_what_is_opened(home):
    """A snapshot opened twice, by path or as the current one, gives equal hits."""
    [snapshot_id] = build(home)
    vector = home.encoder.encode([QUESTION], "query")[0]

    current, _ = home.snapshots.open_current(encoder=FINGERPRINT)
    again = open_snapshot(home.folder(snapshot_id), encoder=FINGERPRINT)

    assert current.manifest == again.manifest == Manifest.read(home.folder(snapshot_id))
    assert current.vectors.search(vector, 9) == again.vectors.search(vector, 9) != []
    assert current.lexical.search(QUESTION, 9) == again.lexical.search(QUESTION, 9) != []
    assert current.sentences[0:9].tobytes() == again.sentences[0:9].tobytes() != b""


def test_serving_changes_nothing(home):
    """Snapshots are immutable: opening one and answering from it leaves every file as it was."""
    [snapshot_id] = build(home)
    before = {path: path.read_bytes() for path in files(home, snapshot_id)}

    shown(home)

    assert {path: path.read_bytes() for path in files(home, snapshot_id)} == before


def test_another_encoder_is_refused(home):
    """A snapshot of another encoder is not searched; the message names both, the remedy both ways out."""
    [snapshot_id] = build(home)
    other = HashingEncoder("other").fingerprint

    with pytest.raises(SnapshotError) as refusal:
        home.snapshots.open_current(encoder=other)

    assert refusal.value.message == (
        f"snapshot {snapshot_id} was built with encoder {FINGERPRINT[:12]}, the settings name {other[:12]}"
    )
    assert refusal.value.remedy == "footnote reindex, or set encoder back"


def test_another_format_is_refused(home):
    """A snapshot written by another version of footnote is told from a damaged one."""
    [snapshot_id] = build(home)
    path = home.folder(snapshot_id) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": FORMAT + 1}))

    with pytest.raises(SnapshotError, match=rf"has format {FORMAT + 1}, this version reads {FORMAT}"):
        Manifest.read(home.folder(snapshot_id))


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", f'{{"format": {FORMAT}}}', f'{{"format": {FORMAT}, "info": 7}}', "\x00"],
)
def test_any_manifest_can_be_read(home, content):
    """Whatever stands in a manifest, reading it gives a manifest or says that it is damaged."""
    [snapshot_id] = build(home)
    (home.folder(snapshot_id) / "manifest.json").write_text(content)

    with pytest.raises(SnapshotError, match=r"damaged: manifest\.json"):
        Manifest.read(home.folder(snapshot_id))


def test_before_the_first_reindex_there_is_none(home):
    """A new home says that there is no snapshot yet and how to make one."""
    with pytest.raises(SnapshotError, match="there is no snapshot yet") as refusal:
        home.snapshots.open_current(encoder=FINGERPRINT)

    assert "footnote add" in refusal.value.remedy
    assert home.snapshots.current_id() is None
    assert home.snapshots.ids() == []
    assert home.snapshots.indexed() == {}


@pytest.mark.parametrize(
    "content", [None, b"", b"0000", b"\xff\xfe\x00", b"000009-20300101T000000", b"../..", b"x" * 10_000]
)
def test_a_damaged_pointer_costs_nothing(home, content):
    """Where CURRENT is lost or nonsense, the newest whole snapshot serves, and a reindex mends it."""
    newest = build(home, 2)[-1]
    pointer = home.path / "snapshots" / "CURRENT"
    pointer.unlink() if content is None else pointer.write_bytes(content)

    serving, _ = home.snapshots.open_current(encoder=FINGERPRINT)
    [next_id] = build(home)

    assert serving.manifest.info.id == newest
    assert shown(home) == ("The ferry carried 2 oranges. It was cold.", next_id)


def test_three_are_kept(home):
    """The current snapshot and the two before it stay; what is older goes."""
    ids = build(home, 5)

    assert home.snapshots.ids() == ids[:1:-1]
    assert {path.name for path in home.folder("").iterdir()} == {"CURRENT", *ids[2:]}


def test_going_back(home):
    """Rolling back serves the snapshot before, then the one before that, then says that there is none."""
    ids = build(home, 3)

    assert home.snapshots.rollback(encoder=FINGERPRINT) == ids[1]
    assert shown(home) == ("The ferry carried 1 oranges. It was cold.", ids[1])
    assert home.snapshots.rollback(encoder=FINGERPRINT) == ids[0]
    with pytest.raises(SnapshotError, match=f"no whole snapshot before {ids[0]}"):
        home.snapshots.rollback(encoder=FINGERPRINT)


def test_going_back_skips_what_is_damaged(home):
    """A rollback never ends at a snapshot that cannot be served."""
    ids = build(home, 3)
    truncated(home.layer(ids[1]) / "passages.faiss")

    assert home.snapshots.rollback(encoder=FINGERPRINT) == ids[0]


def test_after_going_back_a_later_snapshot_is_not_served(home):
    """What was rolled back from does not return when the one rolled back to is damaged."""
    ids = build(home, 3)
    home.snapshots.rollback(encoder=FINGERPRINT)
    changed(home.layer(ids[1]) / "passages.db")

    serving, problem = home.snapshots.open_current(encoder=FINGERPRINT)

    assert serving.manifest.info.id == ids[0]
    assert ids[1] in str(problem)


def test_the_one_in_use_is_never_pruned(home):
    """However old, the snapshot that was rolled back to is served until another is made current."""
    ids = build(home, 3)
    home.snapshots.switch(ids[0])

    next_id = build(home)[0]

    assert home.snapshots.current_id() == next_id
    assert ids[0] not in home.snapshots.ids()


def test_ids_grow_even_if_the_clock_goes_back(home):
    """The newest id sorts last, whatever the clock said, and whatever became of the others."""
    [first] = build(home)
    removed(home.folder(first) / "manifest.json")

    earlier = home.snapshots.next_id(datetime(1999, 1, 1, tzinfo=UTC))

    assert earlier == "000002-19990101T000000"
    assert earlier > first


def test_a_snapshot_that_lost_its_manifest_is_not_in_the_way(home):
    """A later reindex succeeds in the same second, and the damaged folder is pruned in its turn."""
    [damaged] = build(home)
    removed(home.folder(damaged) / "manifest.json")

    ids = build(home, 3)

    assert home.snapshots.ids() == ids[::-1]
    assert not home.folder(damaged).exists()


def test_leftovers_of_a_killed_build_are_removed(home):
    """A folder half built is never opened, and the next build takes it away."""
    older, newer = build(home, 2)
    leftover = home.folder(f".building-{newer}")
    shutil.copytree(home.folder(newer), leftover)

    assert newer in home.snapshots.ids()
    assert leftover.name not in home.snapshots.ids()
    assert home.snapshots.rollback(encoder=FINGERPRINT) == older
    build(home)

    assert not leftover.exists()


def test_other_folders_are_let_be(home):
    """What a person has put beside the snapshots is neither opened nor removed."""
    [snapshot_id] = build(home)
    for name in ["notes", f"{snapshot_id}.bak", "2 old"]:
        shutil.copytree(home.folder(snapshot_id), home.folder(name))

    build(home, 4)

    assert {"notes", f"{snapshot_id}.bak", "2 old"} <= {path.name for path in home.folder("").iterdir()}
    assert all(re.fullmatch(r"\d{6}-\d{8}T\d{6}", found) for found in home.snapshots.ids())


def test_what_is_indexed(home):
    """The versions in the current snapshot are known; of a damaged one nothing is claimed."""
    [snapshot_id] = build(home)
    with home.library() as library:
        expected = {"ferry": library.latest("ferry").hash}

    assert home.snapshots.indexed() == expected
    removed(home.layer(snapshot_id) / "passages.db")
    assert home.snapshots.indexed() == {}
