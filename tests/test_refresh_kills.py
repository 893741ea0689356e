"""Kills adding and refreshing at random moments; `python tests/test_refresh_kills.py 200` does so longer."""

import random
import sys
import tempfile
from pathlib import Path

from killing import killed_after

from corpus.gather import Way
from corpus.ingest import add
from corpus.library import Library
from corpus.lock import writing
from corpus.watch import find_watch, refresh, watch

KILLS = 6
N_FILES = 500
# Longer than a refresh takes, so that every moment of one has its turn.
LONGEST_S = 1.0
WORK = (
    "import sys; sys.path.insert(0, {!r}); import test_refresh_kills as kills; kills.work({!r}, {!r}, {!r})"
)


def text_of(n, version):
    """What file `n` says."""
    return f"Title {n}\n\nArticle {n} tells version {version} of what happened."


def change(folder, round_n, chance):
    """Let a night pass: some files are new, some changed, some gone, some renamed; gives what each tells."""
    for path in chance.sample(sorted(folder.glob("*.txt")), 30):
        path.unlink()
    for path in chance.sample(sorted(folder.glob("*.txt")), 30):
        path.rename(path.with_name(f"{path.stem}-again.txt"))
    for path in chance.sample(sorted(folder.glob("*.txt")), 60):
        path.write_text(text_of(path.stem, round_n))
    for n in range(30):
        (folder / f"r{round_n}-{n}.txt").write_text(text_of(f"r{round_n}-{n}", round_n))


def told_by(folder):
    """What the files of the folder tell."""
    return {path.read_text().split("\n\n", 1)[1] for path in folder.glob("*.txt")}


def refresh_once(home, folder):
    """Read the watched folder again, to its end."""
    with writing(home), Library.open(home / "library.db") as library:
        found = find_watch(library, str(folder))
        return list(refresh(library, found, Way()))


def work(home, folder, how):
    """Add or refresh, and say what was stored; runs in a process to be killed."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with writing(Path(home)), Library.open(Path(home) / "library.db") as library:
        if how == "add":
            told = add(library, [folder])
        else:
            told = refresh(library, find_watch(library, folder), Way())
        for each in told:
            sys.stdout.write(f"{each.source}\n")
            sys.stdout.flush()


def kill_in_the_midst(home, folder, chance):
    """Let another process add or refresh, and kill it; gives the files that it said were stored."""
    how = chance.choice(["add", "refresh", "refresh"])
    command = WORK.format(str(Path(__file__).parent), str(home), str(folder), how)
    return killed_after(chance.uniform(0, LONGEST_S), command)


def check(home, before, after, said):
    """Whatever was killed, the library is whole: what was there is, what was told is, nothing is double."""
    with Library.open(home / "library.db") as library:
        library.check()
        texts = [version.text for version in library.current()]
        assert len(texts) == len(set(texts))
        assert set(texts) <= before | after
        assert before & after <= set(texts)
        for path in said:
            if path.endswith(".txt") and Path(path).exists():
                assert Path(path).read_text().split("\n\n", 1)[1] in texts
        assert library.gone() == {}


def kill(folder_of_all, n_kills, seed=None):
    """Kill so many, checking after each, and after a refresh that was let to its end."""
    chance = random.Random(seed)
    home, folder = folder_of_all / "home", folder_of_all / "in"
    folder.mkdir()
    for n in range(N_FILES):
        (folder / f"{n}.txt").write_text(text_of(n, 0))
    with writing(home), Library.open(home / "library.db") as library:
        watch(library, str(folder), every_s=60, policy="remove")
    before = set()
    for round_n in range(1, n_kills + 1):
        after = told_by(folder)
        said = kill_in_the_midst(home, folder, chance)
        check(home, before, after, said)
        if round_n % 3 == 0:  # the others are killed again before any was let to its end
            refresh_once(home, folder)
            with Library.open(home / "library.db") as library:
                assert {version.text for version in library.current()} == after
                assert library.count() == len(after)
            change(folder, round_n, chance)
            before = after
    return n_kills


def test_a_killed_refresh_loses_and_doubles_nothing(tmp_path):
    """Killed at any moment, adding and refreshing leave a whole library, which the next one completes."""
    kill(tmp_path, KILLS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        n_killed = kill(Path(temporary), int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
        sys.stdout.write(f"killed {n_killed} times, and everything was there\n")
