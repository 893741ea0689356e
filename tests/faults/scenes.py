"""Commands at work on a home: how it is before, what is run, and how it is after."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faults.faulty_disk import COUNTED
from faults.state import State, state_of
from faults.stories import change_stories, name_of, question_about, write_stories
from faults.zygote import Ran, Zygote

LIVED_IN = "lived in"  # kept once a scene that begins so was set
N_STORIES = 20
N_MANY = 250  # more than one batch of the library
# Whatever is found is shown, however little it says.
_SETTINGS = 'cross_encoder = "off"\nanswer_threshold = 0.0\nrelated_threshold = 0.0\n'


@dataclass(frozen=True, slots=True)
class Scene:
    """A command on a home.

    Args:
        name: What it is called.
        command: What is run.
        before: What the home holds before.
        after: What it holds after, where nothing goes wrong.
        n_calls: How many calls change something meanwhile.
        instead: What may be indexed afterwards too, and is said then: a rollback passes over what it cannot
            read.
    """

    name: str
    command: tuple[str, ...]
    before: State
    after: State
    n_calls: int
    instead: tuple[dict[str, str], ...] = ()


class Stage:
    """A folder in which one scene after another is set.

    Args:
        folder: It; made for it.
        zygote: Runs the commands.
    """

    def __init__(self, folder: Path, zygote: Zygote) -> None:
        folder.mkdir(parents=True)
        self.trial = folder / "trial"
        self.home = self.trial / "home"
        self.sources = self.trial / "in"
        self.zygote = zygote
        self._kept = folder / "kept"
        self._chance = random.Random(5)

    def run(self, *arguments: object, **more: object) -> Ran:
        """Run a command on the home."""
        return self.zygote.run(["--home", self.home, *arguments], self.trial, **more)

    def done(self, *arguments: object) -> Ran:
        """The same, where it has to succeed."""
        ran = self.run(*arguments)
        assert ran.code == 0, f"footnote {' '.join(map(str, arguments))}: {ran}"
        return ran

    def set(self, name: str) -> None:
        """Put everything as it was when ``name`` was kept."""
        shutil.rmtree(self.trial, ignore_errors=True)
        shutil.copytree(self._kept / name, self.trial, symlinks=True)

    def keep(self, name: str) -> None:
        """Keep everything as it is now."""
        shutil.copytree(self.trial, self._kept / name, symlinks=True)

    def has(self, name: str) -> bool:
        """Whether something was kept under that name."""
        return (self._kept / name).exists()

    def begin(self, numbers: range) -> None:
        """Have a home without articles, and some to be added."""
        shutil.rmtree(self.trial, ignore_errors=True)
        self.home.mkdir(parents=True, mode=0o700)
        (self.home / "footnote.toml").touch(mode=0o600)
        (self.home / "footnote.toml").write_text(_SETTINGS)
        write_stories(self.sources, numbers)

    def scene(self, name: str, *command: object) -> Scene:
        """Keep everything as it is now, run the command once, and say what it does."""
        self.keep(name)
        before = state_of(self.home)
        ran = self.run(*command, fault=COUNTED)
        assert ran.code == 0, f"{name}: {ran}"
        return Scene(name, tuple(map(str, command)), before, state_of(self.home), ran.n_calls)

    def change(self, version: int, *, n_new: int = 5, n_gone: int = 0) -> None:
        """Let a night pass over the sources."""
        change_stories(self.sources, self._chance, version=version, n_new=n_new, n_gone=n_gone)


def _first_add(stage: Stage) -> Scene:
    stage.begin(range(N_STORIES))
    return stage.scene("first add", "add", "--json", stage.sources)


def _new_home(stage: Stage) -> Scene:
    stage.begin(range(N_STORIES))
    shutil.rmtree(stage.home)
    return stage.scene("new home", "add", "--json", stage.sources)


def _first_reindex(stage: Stage) -> Scene:
    stage.begin(range(N_STORIES))
    stage.done("add", stage.sources)
    return stage.scene("first reindex", "reindex", "--json")


def _lived_in(stage: Stage) -> None:
    """Have a home with three snapshots, of which the newest is current."""
    if stage.has(LIVED_IN):
        stage.set(LIVED_IN)
        return
    stage.begin(range(N_STORIES))
    stage.done("watch", stage.sources, "--policy", "remove")
    for version in range(3):
        stage.change(version)
        stage.done("refresh", stage.sources)
        stage.done("reindex")
    stage.keep(LIVED_IN)


def _add(stage: Stage) -> Scene:
    _lived_in(stage)
    stage.change(4)
    return stage.scene("add", "add", "--json", stage.sources)


def _refresh(stage: Stage) -> Scene:
    _lived_in(stage)
    stage.change(4, n_gone=4)
    return stage.scene("refresh", "refresh", "--json", stage.sources)


def _reindex(stage: Stage) -> Scene:
    _lived_in(stage)
    stage.change(4, n_gone=4)
    stage.done("refresh", stage.sources)
    return stage.scene("reindex", "reindex", "--json")


def _asked_reindex(stage: Stage) -> Scene:
    _lived_in(stage)
    stage.change(4)
    stage.done("refresh", stage.sources)
    with (stage.home / "footnote.toml").open("a") as settings:
        settings.write(f'smoke_questions = ["{question_about(name_of(1))}"]\n')
    return stage.scene("asked reindex", "reindex", "--json")


def _full_reindex(stage: Stage) -> Scene:
    _lived_in(stage)
    return stage.scene("full reindex", "reindex", "--full", "--json")


def _rollback(stage: Stage) -> Scene:
    _lived_in(stage)
    scene = stage.scene("rollback", "rollback", "--json")
    stage.done("rollback")
    return replace(scene, instead=(state_of(stage.home).indexed,))


def _remove(stage: Stage) -> Scene:
    _lived_in(stage)
    ids = sorted(state_of(stage.home).heads)[:6]
    return stage.scene("remove", "remove", "--json", *ids)


def _add_many(stage: Stage) -> Scene:
    stage.begin(range(N_MANY))
    return stage.scene("add many", "add", "--json", stage.sources)


def _backup(stage: Stage) -> Scene:
    _lived_in(stage)
    return stage.scene("backup", "backup", "--json", "--force", stage.trial / "backup.footnote")


def _restore(stage: Stage) -> Scene:
    _lived_in(stage)
    file = stage.trial / "backup.footnote"
    stage.done("backup", file)
    stage.change(4, n_gone=4)
    stage.done("refresh", stage.sources)
    stage.done("reindex")
    return stage.scene("restore", "restore", "--json", "--force", file)


_SCENES: dict[str, Callable[[Stage], Scene]] = {
    "first add": _first_add,
    "new home": _new_home,
    "first reindex": _first_reindex,
    "add": _add,
    "refresh": _refresh,
    "reindex": _reindex,
    "asked reindex": _asked_reindex,
    "full reindex": _full_reindex,
    "rollback": _rollback,
    "remove": _remove,
    "backup": _backup,
    "restore": _restore,
    "add many": _add_many,
}


def scenes(stage: Stage, names: Sequence[str] = ()) -> dict[str, Scene]:
    """Each of these scenes, or of all, by its name."""
    return {name: _SCENES[name](stage) for name in names or _SCENES}
