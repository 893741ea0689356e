import pytest
from remembering import Remembering

from bot.votes import MAX_ROWS_EACH

ANSWER = {"A1": "ferry", "B2": "ferry", "C3": "tram"}


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path)


def test_worst(remembering):
    """The articles with most votes down come first; a vote counts once for an article quoted twice."""
    remembering.votes.cast(7, ANSWER, "down", reason="outdated")
    remembering.votes.cast(8, ANSWER, "up")
    remembering.votes.cast(8, {"C3": "tram"}, "down")
    remembering.votes.cast(9, {"D4": "bridge"}, "up")

    assert remembering.votes.worst(1, 3) == (("C3", 2), ("B2", 1))
    assert remembering.votes.worst(1, 1) == (("C3", 2),)


def test_worst_of_late(remembering):
    """Only votes of the days that are looked at count."""
    remembering.votes.cast(7, ANSWER, "down")
    remembering.now = remembering.now.replace(day=remembering.now.day + 1)

    assert remembering.votes.worst(1, 3) == ()
    assert len(remembering.votes.worst(2, 3)) == 2


def test_another_mind(remembering):
    """Voting again on an answer, in whatever order it is quoted, replaces what was thought before."""
    before = [
        remembering.votes.cast(7, ANSWER, "up"),
        remembering.votes.cast(7, dict(reversed(ANSWER.items())), "down"),
        remembering.votes.cast(7, ANSWER, "down", reason="not_mine"),
    ]

    assert before == [None, "up", "down"]
    assert remembering.votes_on("B2") == [("down", "not_mine")]
    assert remembering.counts.stats(1)[0].counts == {"down": 1}


@pytest.mark.parametrize(("quoted", "vote", "reason"), [({}, "up", None), (ANSWER, "up", "wrong")])
def test_no_vote(remembering, quoted, vote, reason):
    """A vote is on something, and has a reason only against it."""
    with pytest.raises(ValueError, match="no such vote"):
        remembering.votes.cast(7, quoted, vote, reason=reason)


def test_more_than_by_hand(remembering):
    """One person's votes take no more room than by hand: the oldest make place, others' stay."""
    remembering.votes.cast(8, {"OLD": "ferry"}, "up")
    remembering.votes.cast(7, {f"A{n}": "ferry" for n in range(MAX_ROWS_EACH)}, "up")
    remembering.now = remembering.now.replace(day=15)
    remembering.votes.cast(7, {"NEW": "ferry"}, "up")

    assert remembering.rows()["votes"] == MAX_ROWS_EACH + 1
    assert remembering.votes_on("NEW") == remembering.votes_on("OLD") == [("up", None)]
