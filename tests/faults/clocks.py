"""The clock goes back and forth while a home lives on."""

from __future__ import annotations

from faults.scenes import LIVED_IN
from faults.state import state_of
from faults.stories import change_stories
from faults.trial import Trial
from retrieval.snapshot import SnapshotStore

_YEAR_S = 366 * 86_400
_SHIFTS_S = (-50 * _YEAR_S, -2 * _YEAR_S, -86_400, -61, 61, 86_400, 2 * _YEAR_S, 60 * _YEAR_S)
_NIGHTS = 4


def shift(trial: Trial) -> None:
    """Let some nights pass, each by a clock of its own: every refresh is made, and the last build answers."""
    stage, chance = trial.stage, trial.chance
    stage.set(LIVED_IN)
    clocks = [chance.choice(_SHIFTS_S) for _ in range(_NIGHTS)]
    for night, seconds in enumerate((*clocks, 0)):
        during = f"clock by {seconds} s, after {clocks[:night]}"
        change_stories(stage.sources, chance, version=10 + night, n_new=2)
        stage.run("refresh", "--json", stage.sources, shift_s=seconds)
        ran = stage.run("reindex", "--json", shift_s=seconds)
        now, store = state_of(stage.home), SnapshotStore(stage.home / "snapshots")
        told = {path.read_text().split("\n\n", 1)[1].rstrip() for path in stage.sources.glob("*.txt")}
        if ran.code != 0 or set(now.heads.values()) != told or now.indexed.keys() != now.heads.keys():
            trial.wounds.append(f"{during}: what the sources say is not answered from: {ran}")
        if store.current_id() != store.ids()[0] or len(store.ids()) != 3:
            trial.wounds.append(f"{during}: the last build is not current, or too few are kept")
        trial.wounds += [f"{during}: {each}" for each in trial.onlooker.misquoted(now)]
        trial.expect_health(during)
        trial.counts["clocks moved"] += 1
    before_last = store.ids()[1]
    if stage.run("rollback").code != 0 or store.current_id() != before_last:
        trial.wounds.append(f"after clocks {clocks}: rollback does not go back to the build before")
    # A watch that was read by a clock ahead of this one is due all the same.
    if clocks[-1] > 0:
        stage.run("refresh", "--json", stage.sources, shift_s=clocks[-1])
    lines = stage.run("refresh", "--json", shift_s=0 if clocks[-1] > 0 else 7 * 3_600).lines()
    if not any(line["source"] == str(stage.sources) for line in lines):
        trial.wounds.append(f"after clocks {clocks}: the watch is not read")
