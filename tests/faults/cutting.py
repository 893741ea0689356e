"""The power is cut while a command runs."""

from __future__ import annotations

import json
import shutil

from faults.frail_disk import HOWS, Event, FrailDisk, read_log
from faults.scenes import Scene
from faults.trial import Trial

_CUTS_A_RUN = 8


def cut_power(trial: Trial) -> None:
    """Run a command once, and cut the power at some moments of that run, each time anew."""
    stage, chance = trial.stage, trial.chance
    scene = chance.choice(list(trial.scenes.values()))
    stage.set(scene.name)
    log = stage.trial.with_name("log")
    log.unlink(missing_ok=True)
    before = stage.trial.with_name("before")
    shutil.rmtree(before, ignore_errors=True)
    disk = FrailDisk(stage.trial, stage.trial)
    ran = stage.run(*scene.command, log=log)
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
        during = f"{scene.name}, power cut after call {cut_at} of {len(events)}, {how} unsynced is there"
        trial.counts["power cuts"] += 1
        _look(trial, scene, events[:cut_at], during)


def _look(trial: Trial, scene: Scene, events: list[Event], during: str) -> None:
    said = b"".join(event.content for event in events if event.what == "a").decode()
    lines = [json.loads(line) for line in said.split("\n")[:-1] if line.startswith("{")]
    told = {line["article_id"]: line["status"] for line in lines if line.get("article_id")}
    trial.look(scene, told, during)
    if any("snapshot" in line for line in lines):
        trial.wounds += [f"{during}, told as done: {each}" for each in trial.onlooker.unlike(scene.after)]
    trial.expect_health(during)
    if trial.chance.random() < 0.3:
        trial.complete(scene, during)
