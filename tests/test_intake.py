import asyncio
from collections import Counter
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import Intake


async def settle():
    """Let every task run until it waits for something."""
    for _ in range(20):
        await asyncio.sleep(0)


async def work_in(intake, line, n_waits, on_begin):
    """Something that has its turn in a line, if there is a place."""
    if not await intake.enter(line):
        return "refused"
    try:
        assert intake._lines[line].running == 1
        on_begin()
        for _ in range(n_waits):
            await asyncio.sleep(0)
    finally:
        intake.leave(line)
    return "served"


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 4), st.sampled_from("abcd")), max_size=40),
    st.integers(1, 6),
    st.integers(1, 4),
)
@settings(max_examples=80, deadline=None)
def test_order_and_bounds(arrivals, most, most_in_line):
    """Whatever comes, takes how long or is given up: order in each line, bounds on all, nothing left over."""
    intake, begun = Intake(most, most_in_line), []

    async def come():
        tasks = []
        for number, (line, n_waits, what) in enumerate(arrivals):
            tasks.append(asyncio.create_task(work_in(intake, line, n_waits, partial(begun.append, number))))
            if what == "a":
                await asyncio.sleep(0)
            if what == "b":
                tasks[number // 2].cancel()
            assert intake.running + intake.waiting <= most
        return await asyncio.gather(*tasks, return_exceptions=True)

    ended = asyncio.run(come())

    by_line = sorted(begun, key=lambda number: arrivals[number][0])
    assert by_line == sorted(by_line, key=lambda number: (arrivals[number][0], number))
    assert (intake.running, intake.waiting, intake._lines) == (0, 0, {})
    assert all(each in ("served", "refused") or isinstance(each, asyncio.CancelledError) for each in ended)
    assert intake.refused >= ended.count("refused")


async def test_a_noisy_line_makes_room():
    """Where all places are taken, the last of the longest line goes for whoever has fewer."""
    intake = Intake(4)
    noisy = [asyncio.create_task(intake.enter("noisy")) for _ in range(4)]
    await settle()

    one, other, third = [await intake.enter(name) for name in ("nora", "tomas", "adam")]
    again = await intake.enter("noisy")
    fourth = await intake.enter("eve")

    assert (one, other, third) == (True, True, True)
    assert (again, fourth) == (False, False)
    assert [await each for each in noisy] == [True, False, False, False]
    assert intake.refused == 5
    assert (intake.running, intake.waiting) == (4, 0)


async def test_one_line_is_not_endless():
    """One line has so many places even where others are free."""
    intake = Intake(100, most_in_line=3)
    tasks = [asyncio.create_task(intake.enter("noisy")) for _ in range(5)]
    await settle()

    assert [each.done() and each.result() for each in tasks] == [True, False, False, False, False]
    assert intake.waiting == 2
    for _ in range(3):
        intake.leave("noisy")
        await settle()
    assert Counter(each.result() for each in tasks) == {True: 3, False: 2}


async def test_who_has_a_place_in_any_case():
    """What is certain is let in where all places are taken, and never has to go."""
    intake = Intake(1)
    await intake.enter("nora")

    admin = [asyncio.create_task(intake.enter("admin", is_certain=True)) for _ in range(3)]
    await settle()
    reader = await intake.enter("tomas")

    assert not reader
    assert admin[0].result()
    for _ in range(3):
        intake.leave("admin")
        await settle()
    assert all(each.result() for each in admin)


async def test_without_order():
    """What needs no order does not wait behind its line, and is counted in it."""
    intake = Intake(100, most_in_line=2)

    assert [await intake.enter("nora", in_order=False) for _ in range(3)] == [True, True, False]
    assert (intake.running, intake.waiting) == (2, 0)


async def test_given_up_while_it_waits():
    """Who gives up leaves the line, even at the moment when the turn comes."""
    intake = Intake()
    await intake.enter("nora")
    waits, last = (asyncio.create_task(intake.enter("nora")) for _ in range(2))
    await settle()

    intake.leave("nora")
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    await settle()

    assert last.result()
    intake.leave("nora")
    assert (intake.running, intake.waiting) == (0, 0)
