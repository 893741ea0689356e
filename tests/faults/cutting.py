"""The power is cut while a command runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

from corpus.errors import FootnoteError
from faults.acts import key_is_lost, recorded
from faults.frail_disk import HOWS, Event, FrailDisk, read_log
from faults.scenes import Scene
from faults.trial import Trial

_CUTS_A_RUN = 8
_SHARE_OF_ACTS = 0.2


def cut_power(trial: Trial) -> None:
    """Run a command once, and cut the power at some moments of that run, each time anew."""
    if trial.chance.random() < _SHARE_OF_ACTS:
        trial.stage.set(next(iter(trial.scenes)))
        for during, events in _cuts(trial, (), what="faults.acts"):
            _look_at_acts(trial, events, f"acts, {during}")
        return
    scene = trial.chance.choice(list(trial.scenes.values()))
    trial.stage.set(scene.name)
    for during, events in _cuts(trial, scene.command):
        _look(trial, scene, events, f"{scene.name}, {during}")


def _cuts(trial: Trial, command: tuple[str, ...], **more: object) -> Iterator[tuple[str, list[Event]]]:
    """What was done before each cut; the home is as the cut has left it."""
    stage, chance = trial.stage, trial.chance
    log = stage.trial.with_name("log")
    log.unlink(missing_ok=True)
    disk = FrailDisk(stage.trial, stage.trial)
    ran = stage.run(*command, log=log, **more)
    assert ran.code == 0, ran
    events = list(read_log(log))
    at = 0
    # The last one is after all was said, where nothing that was said may be lost.
    moments = sorted(chance.sample(range(len(events)), min(_CUTS_A_RUN, len(events)) - 1))
    for cut_at in (*moments, len(events)):
        for event in events[at:cut_at]:
            disk.replay(event)
        at = cut_at
        how = "nothing" if cut_at == len(events) else chance.choice(HOWS)
        shutil.rmtree(stage.trial)
        disk.cut(stage.trial, how, chance)
        trial.counts["power cuts"] += 1
        yield f"power cut after call {cut_at} of {len(events)}, {how} unsynced is there", events[:cut_at]


def _said(events: list[Event]) -> list[dict[str, Any]]:
    said = b"".join(event.content for event in events if event.what == "a").decode()
    return [json.loads(line) for line in said.split("\n")[:-1] if line.startswith("{")]


def _look_at_acts(trial: Trial, events: list[Event], during: str) -> None:
    told = {line["act"] for line in _said(events)}
    try:
        lost = told - recorded(trial.stage.home)
        if key_is_lost(trial.stage.home):
            trial.wounds.append(f"{during}: people are remembered, and their key is lost")
    except FootnoteError as problem:
        trial.wounds.append(f"{during}: {problem}")
    else:
        trial.wounds += [f"{during}: acts {sorted(lost)} were told as done, and are lost"] if lost else []


def _look(trial: Trial, scene: Scene, events: list[Event], during: str) -> None:
    lines = _said(events)
    told = {line["article_id"]: line["status"] for line in lines if line.get("article_id")}
    trial.look(scene, told, during)
    if any("snapshot" in line for line in lines):
        trial.wounds += [f"{during}, told as done: {each}" for each in trial.onlooker.unlike(scene)]
    trial.expect_health(during)
    if trial.chance.random() < 0.3:
        trial.complete(scene, during)
