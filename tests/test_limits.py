from hypothesis import given
from hypothesis import strategies as st

from bot.arrival import Arrival
from bot.buttons import Quoted, ShowAround, ShowClosest
from bot.cost import LOOK, SEARCH, cost_of_press, cost_of_question
from bot.group_rules import GroupRules
from bot.limits import Limits

RULES = GroupRules(per_minute=2, group_per_minute=3, private_per_minute=4, total_per_minute=9)


def arrival(person, group=None, **what):
    """A question of somebody in private, or in a group."""
    return Arrival(
        what.pop("kind", "question"), group or person, person, group, what.pop("cost", 1.0), **what
    )


def limits(**rules):
    """Limits whose clock stands still."""
    return Limits(GroupRules(**rules) if rules else RULES, clock=lambda: 0.0)


def said(some, *arrivals):
    """Why each is refused, None where it is not."""
    return [refusal and refusal.message for refusal in map(some.refusal, arrivals)]


def test_each_person_in_private():
    """A person may ask so often in private; what they ask in groups is counted apart."""
    one = limits()

    assert said(one, *[arrival(1)] * 5) == [None] * 4 + ["too-often"]
    assert said(one, arrival(2), arrival(1, group=-5)) == [None, None]


def test_each_group():
    """A group is told apart from a person in it, and one cannot ask in many groups instead."""
    one = limits()

    assert said(one, *[arrival(1, group=-5)] * 3) == [None, None, "too-often"]
    assert said(one, arrival(1, group=-6)) == ["too-often"]
    assert said(one, arrival(2, group=-5), arrival(3, group=-5)) == [None, "too-often-group"]


def test_everybody():
    """What all ask together is limited, and told as what it is; admins are let in."""
    one = limits(total_per_minute=3)

    assert said(one, *map(arrival, range(1, 5))) == [None, None, None, "crowded"]
    assert said(one, arrival(9, by_admin=True), arrival(8, kind="event")) == [None, None]


def test_costs():
    """What costs more leaves less; looking at what is known takes nothing from the questions."""
    one = limits()
    look = arrival(1, kind="press", cost=LOOK)

    assert said(one, arrival(1, cost=3), arrival(1, cost=2), arrival(1)) == [None, "too-often", None]
    assert said(one, look, arrival(1)) == [None, "too-often"]
    assert said(one, *[look] * 20) == [None] * 19 + ["pressed-too-often"]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, -5, -6]), st.floats(0.2, 6))))
def test_what_is_refused_counts_for_nothing(asked):
    """However others are refused, whoever has asked nothing may ask, as long as everybody together may."""
    one = limits(per_minute=2, group_per_minute=100, private_per_minute=3, total_per_minute=100_000)
    said(one, *[arrival(person, group, cost=cost) for person, group, cost in asked])

    assert said(one, arrival(9), arrival(9, group=-5), arrival(9, kind="inline")) == [None] * 3


def test_cost_of_questions():
    """Long questions and those with filters cost more."""
    short, long = "Who paid for the barrier?", "Who paid for it? " * 55

    assert cost_of_question(short) == cost_of_question("") == SEARCH
    assert cost_of_question(long) == 3 * SEARCH
    assert cost_of_question(f'{short} source:"Harbour Line"') > 2 * SEARCH
    assert cost_of_question("See https://after.example:80/x") == SEARCH


def test_cost_of_presses():
    """Buttons that show what is known cost little."""
    assert cost_of_press(ShowClosest()) == SEARCH
    assert cost_of_press(ShowAround(Quoted("answer", ("r",)), 1)) == cost_of_press(None) == LOOK
