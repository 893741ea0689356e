"""What a trial is: something is done to a home, and what is wrong afterwards is told."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from faults.faulty_disk import CHANGES, Action, Fault
from faults.looking import Onlooker
from faults.mending import mend
from faults.scenes import Scene, Stage
from faults.zygote import Ran


@dataclass(slots=True)
class Trial:
    """One trial on a stage, and what came of it.

    Args:
        stage: Where it is.
        onlooker: Looks at the home.
        scenes: What may be going on, by name.
        chance: Chooses everything, so that the same seed gives the same trial.

    Attributes:
        counts: What happened, and how often.
        wounds: What is wrong and must not be, in words.
    """

    stage: Stage
    onlooker: Onlooker
    scenes: dict[str, Scene]
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    wounds: list[str] = field(default_factory=list)

    def look(self, scene: Scene, acknowledged: dict[str, str], during: str) -> None:
        """Note whatever is lost, doubled or made up."""
        self.wounds += [f"{during}: {loss}" for loss in self.onlooker.losses(scene, acknowledged)]

    def expect_health(self, during: str) -> None:
        """Let the doctor look, and do what it says until all is well."""
        ways, unmended = mend(self.stage, self.onlooker)
        self.counts.update(f"mended by {way}" for way in ways.elements())
        self.wounds += [f"{during}: {each}" for each in unmended]

    def complete(self, scene: Scene, during: str) -> None:
        """Run the command once more, without a fault: all has to be as if nothing had happened."""
        if scene.name == "rollback":  # it would go back once more
            return
        ran = self.stage.run(*scene.command)
        self.counts["completed"] += 1
        # What is removed already cannot be removed again.
        if ran.code not in ((0, 1) if scene.name == "remove" else (0,)):
            self.wounds.append(f"{during}: cannot be completed: {ran}")
            return
        self.wounds += [f"{during}, completed: {each}" for each in self.onlooker.unlike(scene)]
        self.look(scene, {}, f"{during}, completed")


def acknowledged(ran: Ran) -> dict[str, str]:
    """What a command said that it had done for good, by the article's id."""
    return {line["article_id"]: line["status"] for line in ran.lines() if line.get("article_id")}


def kill(trial: Trial) -> None:
    """Kill a command at one of its calls, or again and again, and look what is left."""
    scene = trial.chance.choice(list(trial.scenes.values()))
    trial.stage.set(scene.name)
    told: dict[str, str] = {}
    during = scene.name
    n_kills = 1 if scene.name == "rollback" else trial.chance.choice((1, 1, 2, 3))
    for _ in range(n_kills):
        action = trial.chance.choice((Action.KILL_BEFORE, Action.KILL_AFTER, Action.KILL_TORN))
        at = trial.chance.randint(1, scene.n_calls)
        fault = Fault(action, CHANGES, at, at)
        during += f", {fault}"
        ran = trial.stage.run(*scene.command, fault=fault)
        trial.counts[f"killed during {scene.name}" if ran.was_killed else "ended before"] += 1
        trial.counts["kills"] += ran.was_killed
        told |= acknowledged(ran)
        trial.look(scene, told, during)
    trial.expect_health(during)
    if trial.chance.random() < 0.5:
        trial.complete(scene, during)


Kind = Callable[[Trial], None]
