"""Looks at a home after something has happened to it: is anything lost, doubled, or made up?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.config import Config, load_config
from bot.doctor import Finding, examine
from bot.home_desk import HomeDesk
from bot.swap import finish_swap
from corpus.errors import FootnoteError
from faults.scenes import Scene
from faults.state import State, state_of
from faults.stories import name_in, question_about
from retrieval.encoder import Encoder
from retrieval.types import NotFound, Query

_N_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Looks at one home after another.

    Args:
        home: Where the home is.
        encoder: The one that its settings name.
        chance: Chooses what is asked.
    """

    home: Path
    encoder: Encoder
    chance: random.Random

    def config(self) -> Config:
        """The settings of the home."""
        return load_config(home=self.home, environ={}, flags={})

    def failed(self) -> list[Finding]:
        """What the doctor calls a failure."""
        return [each for each in self.findings() if each.state == "failed"]

    def findings(self) -> list[Finding]:
        """What the doctor finds."""
        config = self.config()
        return list(examine(config, HomeDesk(config, self.encoder)))

    def losses(self, scene: Scene, acknowledged: dict[str, str]) -> list[str]:
        """What is lost, doubled or made up, in words.

        Args:
            scene: What was being done.
            acknowledged: Ids of the articles that were said to be stored, and how.
        """
        try:
            finish_swap(self.home)  # as every command begins
            now = state_of(self.home)
            return [*_of_library(scene, now, acknowledged), *_of_snapshot(scene, now), *self.misquoted(now)]
        except FootnoteError as error:
            return [f"cannot be used: {error}"]

    def unlike(self, scene: Scene) -> list[str]:
        """How a home differs from what it has to be after a scene, in words."""
        now = state_of(self.home)
        differs = [] if now.heads == scene.after.heads else ["heads not as they have to be"]
        if now.indexed not in (scene.after.indexed, *scene.instead):
            differs.append("indexed not as they have to be")
        left = [
            str(path.relative_to(self.home))
            for path in self.home.rglob("*")
            if path.name.startswith((".building", ".held")) or path.suffix == ".part"
        ]
        return [*differs, *(f"left behind: {name}" for name in left)]

    def misquoted(self, now: State) -> list[str]:
        """What the current snapshot answers that no stored version says, or does not answer; in words."""
        if not now.indexed:
            return []
        texts = {(article_id, hashed): text for article_id, hashed, text in now.versions.values()}
        searcher = HomeDesk(self.config(), self.encoder).searcher()
        wrong: list[str] = []
        for article_id in self.chance.sample(sorted(now.indexed), min(_N_QUESTIONS, len(now.indexed))):
            stored = texts.get((article_id, now.indexed[article_id]))
            if stored is None:
                wrong.append(f"{article_id} is answered from and not stored")
                continue
            reply = searcher.answer(Query(question_about(name_in(stored))))
            found = () if isinstance(reply, NotFound) else reply.excerpts
            if article_id not in {each.article.id for each in found}:
                wrong.append(f"{article_id} does not answer")
            for each in found:
                said = now.versions.get(each.version_seq)
                if said is None or each.span.of(said[2]) != each.text:
                    wrong.append(f"{each.article.id} is quoted with what it does not say")
        return wrong

    def misquoted_to_readers(self, stored: State) -> list[str]:
        """What readers are shown that no stored version says, in words.

        Args:
            stored: What the library holds, or held before it was damaged.

        Raises:
            FootnoteError: Nothing can be answered now, as readers are told.
        """
        texts = {version[:2]: version[2] for version in stored.versions.values()}
        desk = HomeDesk(self.config(), self.encoder)
        wrong = []
        for article_id in self.chance.sample(sorted(stored.heads), min(3, len(stored.heads))):
            reply = desk.answer(Query(question_about(name_in(stored.heads[article_id]))))
            for each in () if isinstance(reply, NotFound) else reply.excerpts:
                said = texts.get((each.article.id, each.version))
                if said is None or each.span.of(said) != each.text:
                    wrong.append(f"{each.article.id} is quoted to readers with what it does not say")
        return wrong


def _of_library(scene: Scene, now: State, acknowledged: dict[str, str]) -> Iterator[str]:
    before, after = scene.before, scene.after
    for article_id in before.heads.keys() | after.heads.keys() | now.heads.keys():
        allowed = {before.heads.get(article_id), after.heads.get(article_id)}
        if now.heads.get(article_id) not in allowed:
            what = "made up" if article_id in now.heads else "lost"
            yield f"article {article_id} is {what}"
    untrue = [told for told in acknowledged if now.heads.get(told) != after.heads.get(told)]
    if untrue:
        yield f"{len(untrue)} articles were told as {acknowledged[untrue[0]]} and are not, as {untrue[0]}"
    doubled = [text for text, count in Counter(now.heads.values()).items() if count > 1]
    if doubled:
        yield f"{len(doubled)} texts are there twice"
    lost = [seq for seq, version in before.versions.items() if now.versions.get(seq) != version]
    # A restore goes back to fewer, and to all of those.
    if lost and now.versions != after.versions:
        yield f"{len(lost)} versions are lost, as {lost[0]}"
    known = {version for state in (before, after) for version in state.versions.values()}
    if not known.issuperset(now.versions.values()):
        yield "there are versions that nothing said"


def _of_snapshot(scene: Scene, now: State) -> Iterator[str]:
    if now.indexed not in (scene.before.indexed, scene.after.indexed, *scene.instead):
        yield "the current snapshot is neither the old one nor the new one"
