import random
import sys
from pathlib import Path

from build import article
from hashing_encoder import HashingEncoder
from home import Home
from killing import killed_after

from bot.config import load_config
from bot.home_desk import HomeDesk
from corpus.lock import writing
from retrieval.snapshot import open_snapshot
from retrieval.types import Query

KILLS = 9
# Longer than a reindex takes, so that every moment of one has its turn.
LONGEST_S = 0.12


def reindex_with(home, n):
    """What a reindex does after the library has changed: `n` is what it tells now."""
    with writing(home.path):
        home.put(article(key="count", title="Count", text=f"The ferry carried {n} oranges."))
        home.reindex()


def reindex_forever(path, n):
    """Reindex again and again, saying so each time one has finished; runs in a process to be killed."""
    home = Home(path, HashingEncoder())
    sys.stdout.write("ready\n")
    while True:
        sys.stdout.flush()
        reindex_with(home, n)
        sys.stdout.write(f"{n}\n")
        n += 1


def kill_in_the_midst(home, n):
    """Let another process reindex from `n` on and kill it; gives the last number it had finished."""
    command = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_kills;"
    command += f"test_kills.reindex_forever(test_kills.Path({str(home.path)!r}), {n})"
    finished = killed_after(random.uniform(0, LONGEST_S), command)
    return int(finished[-1]) if finished else n - 1


class AskedEncoder(HashingEncoder):
    """Says when a question is read, so that the process can be killed then."""

    def encode(self, texts, role):
        """See `Encoder`."""
        if role == "query":
            sys.stdout.write("ready\n")
            sys.stdout.flush()
        return super().encode(texts, role)


def reindex_carefully(path):
    """Reindex with many smoke questions; runs in a process that is killed before the last of them."""
    asked = {"smoke_questions": ["Who counted the oranges?"] * 50, "cross_encoder": "off"}
    HomeDesk(load_config(home=path, environ={}, flags=asked), AskedEncoder()).reindex()


def told(home):
    """The number that the snapshot in use tells."""
    reply = home.searcher().answer(Query("How many oranges did the ferry carry?"))
    [excerpt, *_] = reply.excerpts
    with home.library() as library:
        assert excerpt.span.of(library.version(excerpt.version_seq).text) == excerpt.text
    return int(excerpt.text.split()[3])


def test_a_killed_reindex_breaks_nothing(tmp_path):
    """Killed at any moment, a reindex leaves a whole snapshot answering, and the next one succeeds."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(*(article(key=f"a{n}", text=f"Word {n}. " * 9) for n in range(40)))
    reindex_with(home, 0)
    done = 0

    for _ in range(KILLS):
        done = kill_in_the_midst(home, done + 1)

        assert told(home) in (done, done + 1)
        done = told(home)
    reindex_with(home, done + 1)

    kept = home.snapshots.ids()
    assert told(home) == done + 1
    assert len(kept) == min(3, done + 2)  # on a busy machine, few reindexes live to their end
    assert {path.name for path in home.folder("").iterdir()} == {"CURRENT", *kept}
    for snapshot_id in kept:
        open_snapshot(home.folder(snapshot_id), encoder=home.encoder.fingerprint)


def test_a_killed_first_reindex_is_simply_done_again(tmp_path):
    """Killed before there was any snapshot, a reindex leaves nothing in the way of the next."""
    home = Home(tmp_path / "home", HashingEncoder())

    kill_in_the_midst(home, 0)
    reindex_with(home, 5)

    assert told(home) == 5


def test_killed_while_the_smoke_questions_are_asked(tmp_path):
    """Killed before the last smoke question, a reindex leaves the old snapshot answering."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(*(article(key=f"a{n}", text=f"Word {n}. " * 9) for n in range(40)))
    reindex_with(home, 1)
    home.put(article(key="count", title="Count", text="The ferry carried 2 oranges."))
    [old] = home.snapshots.ids()
    command = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_kills;"
    command += f"test_kills.reindex_carefully(test_kills.Path({str(home.path)!r}))"

    for _ in range(2):
        killed_after(random.uniform(0, 0.002), command)

        assert home.snapshots.ids() == [old]
        assert told(home) == 1
    reindex_with(home, 3)

    assert told(home) == 3
    assert {path.name for path in home.folder("").iterdir()} == {"CURRENT", *home.snapshots.ids()}
