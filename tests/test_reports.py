from datetime import timedelta

import pytest
from remembering import NOON, RECEIPT, Remembering

from bot.gaps import TooMany
from bot.keeping import DECISIONS_KEPT, REPORTS_KEPT
from bot.reports import MAX_OPEN_EACH, Filed, Reach, Report, Untold

READER, OTHER = 5_234_567_891, 5_234_567_892


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path)


def test_from_report_to_reader(remembering):
    """A report is open until it is decided; then its reader is told, and nothing is left of them."""
    filed = remembering.report(READER)

    [found] = remembering.reports.open()
    assert found == Report(
        **{"report_id": filed.report_id, "receipt": RECEIPT, "article_id": "ferry", "state": "open"},
        **{"opened_day": "2026-05-14", "decided_day": None, "reporters": 1},
        reasons=("wrong",),
    )
    assert remembering.reports.untold() == ()

    assert remembering.reports.decide(filed.report_id, "reindexed")
    [untold] = remembering.reports.untold()
    assert (untold.receipt, untold.decision) == (RECEIPT, "reindexed")
    assert untold.reach == Reach(READER, 5, "en")

    remembering.reports.told(untold.reporter_id)
    assert remembering.reports.untold() == remembering.reports.open() == ()
    decided = remembering.reports.find(filed.report_id)
    assert (decided.state, decided.reporters, decided.decided_day) == ("reindexed", 1, "2026-05-14")
    assert remembering.file.people.known(READER, "reporters").encode() not in remembering.content()
    assert READER.to_bytes(6, "big") not in remembering.content()


def test_many_readers(remembering):
    """All who report one excerpt are one report, each once with what they said last, and each is told."""
    filed = [
        remembering.report(READER, reason="outdated"),
        remembering.report(OTHER, reason="outdated"),
        remembering.report(READER),
    ]

    first = filed[0].report_id
    assert filed == [Filed(first, True, 1), Filed(first, False, 2), Filed(first, False, 2)]
    [report] = remembering.reports.open()
    assert report.reasons == ("wrong", "outdated")
    remembering.reports.decide(first, "dismissed")
    assert [untold.reach.chat_id for untold in remembering.reports.untold()] == [READER, OTHER]
    assert remembering.counts.stats(1)[0].counts == {"reported": 2}


def test_decided_once(remembering):
    """Of two admins the faster one decides, and an old button decides nothing else later."""
    first = remembering.report(READER).report_id

    assert remembering.reports.decide(first, "dismissed")
    assert not remembering.reports.decide(first, "hidden")
    assert not remembering.reports.decide(99, "hidden")
    second = remembering.report(READER)
    assert second == Filed(second.report_id, True, 1)
    assert second.report_id != first
    assert remembering.reports.find(first).state == "dismissed"
    assert remembering.reports.find(99) is None


def test_hidden(remembering):
    """A hidden excerpt stays hidden for as long as it takes, until it is shown again."""
    remembering.reports.decide(remembering.report(READER).report_id, "hidden")
    remembering.reports.decide(remembering.report(READER, receipt="B2").report_id, "dismissed")
    remembering.now = NOON + DECISIONS_KEPT + timedelta(days=1)
    remembering.file.tidy()

    assert remembering.reports.hidden() == {RECEIPT}
    assert remembering.rows()["reports"] == 1
    assert remembering.reports.show_again(RECEIPT)
    assert not remembering.reports.show_again(RECEIPT)
    assert remembering.reports.hidden() == frozenset()


def test_limit(remembering):
    """One person has few reports open, but may say more of those; others are not kept from theirs."""
    filed = [remembering.report(READER, receipt=f"A{n}") for n in range(MAX_OPEN_EACH)]

    assert remembering.report(READER) == TooMany(MAX_OPEN_EACH)
    assert remembering.report(READER, receipt="A0", reason="outdated") == Filed(filed[0].report_id, False, 1)
    assert remembering.report(OTHER).is_new
    remembering.reports.decide(filed[0].report_id, "dismissed")
    assert not remembering.report(READER).is_new


def test_nobody_decides(remembering):
    """After a month nothing is left of who waits in vain, decided or not."""
    remembering.report(READER)
    remembering.reports.decide(remembering.report(OTHER, receipt="B2").report_id, "dismissed")
    remembering.now = NOON + REPORTS_KEPT + timedelta(days=1)
    remembering.file.tidy()

    assert remembering.reports.open() == remembering.reports.untold() == ()
    assert remembering.rows() == {"reports": 1, "counts": 1}


def test_open_ones_are_not_told(remembering):
    """Whoever is told by mistake before the decision is not lost."""
    remembering.report(READER)

    remembering.reports.told(1)

    assert remembering.reports.open()[0].reporters == 1


def test_group_that_moved(remembering):
    """Who reported in a group that became a supergroup is told there, without a message to reply to."""
    filed = remembering.report(READER, chat_id=-100)
    remembering.chats.move(-100, -200)
    remembering.reports.decide(filed.report_id, "dismissed")

    assert remembering.reports.untold() == (Untold(1, RECEIPT, "dismissed", Reach(-200, None, "en")),)
