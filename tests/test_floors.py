"""The floors of the quality gate: when they are passed, and when they may change."""

from datetime import date

import pytest
from floors import Figure, Measured, lowered, pin, read_floors, too_low, unexplained, write_floors

TODAY = date(2026, 11, 22)


def measured(value=0.8, *, n=50, gate="sample", sha256="abc", figure="hit@1"):
    """One gate with one figure."""
    return Measured(gate, sha256, {figure: Figure(value, n)})


def pinned(*gates, before=None, reason=None):
    """The floors after these were pinned."""
    return pin(before or read_floors(""), list(gates), reason=reason, on=TODAY)


@pytest.mark.parametrize(
    ("value", "n", "floor"),
    [(0.8, 50, 0.78), (0.8, 500, 0.79), (0.8, None, 0.79), (0.005, None, 0.0), (1.0, 3, 0.666)],
    ids=["one question", "five questions", "no share", "never below none", "rounded down"],
)
def test_a_floor_is_just_under_what_was_measured(value, n, floor):
    """A floor lets one question in a hundred pass, at least one."""
    assert Figure(value, n).floor == floor


def test_what_was_pinned_passes():
    """A measurement passes the floors pinned from it, and from a slightly better one."""
    floors = pinned(measured(0.8))

    assert too_low(floors, measured(0.8)) == []
    assert too_low(floors, measured(0.78)) == []
    assert too_low(floors, measured(0.76)) == ["sample: hit@1 is 0.760, the floor 0.780"]


@pytest.mark.parametrize(
    "changed",
    [measured(sha256="other"), measured(gate="another"), measured(figure="auroc")],
    ids=["questions", "gate", "figure"],
)
def test_what_has_no_floor_does_not_pass(changed):
    """Other questions, a new gate or another figure are not held against floors that are not theirs."""
    assert too_low(pinned(measured()), changed) != []


def test_pinning_raises_floors_and_keeps_the_others():
    """A better measurement raises its floor; a gate that was not measured keeps its own."""
    before = pinned(measured(0.8), measured(gate="squad"))

    after = pinned(measured(0.9), before=before)

    assert after["gates"]["sample"]["floors"]["hit@1"] == 0.88
    assert after["gates"]["squad"] == before["gates"]["squad"]
    assert after["lowered"] == []


@pytest.mark.parametrize("worse", [measured(0.7), measured(figure="auroc")], ids=["lower", "gone"])
def test_no_floor_is_lowered_without_a_reason(worse):
    """A floor that would be lower, or gone, is named, and nothing is pinned until a reason is given."""
    before = pinned(measured(0.8))

    with pytest.raises(ValueError, match=r"sample: hit@1 from 0\.78 to"):
        pinned(worse, before=before, reason=" ")

    after = pinned(worse, before=before, reason="harder questions")
    (record,) = after["lowered"]
    assert (record["was"], record["reason"], record["on"]) == (0.78, "harder questions", "2026-11-22")
    assert unexplained(before, after) == []


def test_a_floor_lowered_by_hand_is_found():
    """Between two versions of the file, a lower floor without a new reason is found."""
    before = pinned(measured(0.8))
    by_hand = pinned(measured(0.7))
    excused_before = {**by_hand, "lowered": [{"gate": "sample", "figure": "hit@1", "now": 0.1}]}

    assert unexplained(before, by_hand) == lowered(before, by_hand) != []
    assert unexplained({**before, "lowered": excused_before["lowered"]}, excused_before) != []


def test_the_file_is_read_as_it_was_written():
    """Nothing is lost in the file, and each floor has a line of its own."""
    contents = pinned(measured(0.8), measured(0.7, gate="squad"))

    text = write_floors(contents)

    assert read_floors(text) == contents
    assert text.count('"hit@1"') == sum('"hit@1"' in line for line in text.splitlines()) == 2
