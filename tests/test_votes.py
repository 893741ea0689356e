import pytest
from remembering import Remembering

from bot.votes import MAX_ROWS_EACH, Tally

ANSWER = {"A1": "ferry", "B2": "ferry", "C3": "tram"}


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path)


def test_on_what(remembering):
    """A vote counts once for each excerpt of the answer, and once for an article quoted twice."""
    remembering.votes.cast(7, ANSWER, "down", reason="outdated")
    remembering.votes.cast(8, ANSWER, "up")
    remembering.votes.cast(8, {"A1": "ferry"}, "up")

    assert remembering.votes.on_receipt("A1") == Tally(up=2, down=1, outdated=1)
    assert remembering.votes.on_receipt("C3") == Tally(up=1, down=1, outdated=1)
    assert remembering.votes.on_article("ferry") == Tally(up=2, down=1, outdated=1)
    assert remembering.votes.on_article("bridge") == Tally()
    assert remembering.votes.worst(1) == (("ferry", Tally(up=2, down=1, outdated=1)),)


def test_another_mind(remembering):
    """Voting again on an answer, in whatever order it is quoted, replaces what was thought before."""
    before = [
        remembering.votes.cast(7, ANSWER, "up"),
        remembering.votes.cast(7, dict(reversed(ANSWER.items())), "down"),
        remembering.votes.cast(7, ANSWER, "down", reason="not_mine"),
    ]

    assert before == [None, "up", "down"]
    assert remembering.votes.on_receipt("B2") == Tally(down=1, not_mine=1)
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
    assert remembering.votes.on_receipt("NEW").up == remembering.votes.on_receipt("OLD").up == 1
