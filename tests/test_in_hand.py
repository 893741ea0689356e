import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.handled import FORGET_AFTER_S, KEPT, Handled
from bot.in_hand import InHand


async def test_oldest_that_is_not_handled():
    """Updates are asked for from the oldest that is not handled, in whichever order they are."""
    in_hand = InHand(Handled())
    first = in_hand.ask_from
    for number in (5, 6, 7):
        await in_hand.put(Update(number))

    asked_from = []
    for number in (6, 5, 7):
        in_hand.done(Update(number))
        asked_from.append(in_hand.ask_from)

    assert first is None
    assert asked_from == [5, 7, 8]
    assert in_hand.number == 0


async def test_each_goes_in_once():
    """An update that is brought again while it is in hand, or once it was handled, goes in once."""
    in_hand = InHand(Handled())
    for _ in range(2):
        await in_hand.put(Update(5))
        await in_hand.put(Update(6))
    in_hand.done(Update(5))
    await in_hand.put(Update(5))

    assert in_hand.qsize() == in_hand.n_taken == 2


async def test_let_go():
    """Telegram may be let forget what is not handled, which stays in hand all the same."""
    in_hand = InHand(Handled())
    await in_hand.put(Update(5))
    await in_hand.put(Update(6))

    in_hand.let_telegram_forget()
    await in_hand.put(Update(7))

    assert (in_hand.ask_from, in_hand.number) == (7, 3)


@given(st.lists(st.integers(1, 30)))
async def test_nothing_is_passed_over(order):
    """Whatever is handled when: below the number that is asked from, all is handled."""
    in_hand, handled = InHand(Handled()), set()
    for number in range(1, 31):
        await in_hand.put(Update(number))

    for number in order:
        in_hand.done(Update(number))
        handled.add(number)

        assert set(range(1, in_hand.ask_from)) <= handled
        assert in_hand.ask_from not in handled


def test_remembered(tmp_path):
    """What was handled is known after a restart, and the file tells nobody more and is nobody else's."""
    path = tmp_path / "home" / "updates.handled"
    handled = Handled(path, 77)
    for number in (5, 7):
        handled.add(number)

    again = Handled(path, 77)

    assert [number in again for number in (5, 6, 7)] == [True, False, True]
    assert path.read_bytes() == b"bot 77\n5\n7\n"
    assert path.stat().st_mode & 0o777 == 0o600
    handled.close()


@pytest.mark.parametrize("odd", ["another bot", "a day old", "cut short", "no file of ours", "a folder"])
def test_not_believed(tmp_path, odd):
    """What another bot handled, what is too old and what is damaged is not taken for handled."""
    path = tmp_path / "updates.handled"
    if odd == "a folder":
        path.mkdir()
    else:
        content = b"bot 77\n5\n71" if odd == "cut short" else b"bot 77\n71\n"
        path.write_bytes(b"\xff\0" * 999 if odd == "no file of ours" else content)
        long_ago = time.time() - FORGET_AFTER_S - 1 if odd == "a day old" else time.time()
        os.utime(path, (long_ago, long_ago))

    handled = Handled(path, 78 if odd == "another bot" else 77)

    assert 71 not in handled
    handled.add(8)
    assert 8 in handled
    handled.close()


def test_no_longer_than_needed(tmp_path):
    """However many were handled, the file stays small, and the last are known."""
    path = tmp_path / "updates.handled"
    handled = Handled(path)
    for number in range(25 * KEPT):
        handled.add(number)

    handled.close()
    again = Handled(path)

    assert path.stat().st_size < 10 * KEPT * 8
    assert [each for each in range(25 * KEPT) if each in again] == list(range(24 * KEPT, 25 * KEPT))
