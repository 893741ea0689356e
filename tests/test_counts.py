from datetime import timedelta

from remembering import NOON, Remembering

from bot.counts import Day


def test_days(tmp_path):
    """Each day tells how often what happened, and how many people asked, each once."""
    remembering = Remembering(tmp_path)
    remembering.counts.note("asked", "answer", by=7)
    remembering.counts.note("asked", "not_found", by=7)
    remembering.counts.note("asked", "answer", by=8)
    remembering.now = NOON + timedelta(days=2)
    remembering.counts.note("asked", "related", by=7)

    assert remembering.counts.stats(3) == (
        Day("2026-05-16", 1, {"asked": 1, "related": 1}),
        Day("2026-05-15", 0, {}),
        Day("2026-05-14", 2, {"asked": 3, "answer": 2, "not_found": 1}),
    )
    assert remembering.counts.stats(0) == ()


def test_who_asked_is_forgotten(tmp_path):
    """When the day is over nobody is left in the file who asked on it, and their number stays."""
    remembering = Remembering(tmp_path)
    for user_id in range(20):
        remembering.counts.note("asked", by=user_id)
    people = [remembering.file.people.known(user_id, "seen").encode() for user_id in range(20)]

    remembering.now = NOON + timedelta(hours=12)
    remembering.file.tidy()

    content = remembering.content()
    assert not [person for person in people if person in content]
    assert remembering.counts.stats(2)[1].people == 20


def test_clock_that_goes_back(tmp_path):
    """A clock that was ahead for a while spoils nothing."""
    remembering = Remembering(tmp_path)
    remembering.now = NOON + timedelta(days=9)
    remembering.counts.note("asked", by=7)
    remembering.now = NOON
    remembering.counts.note("asked", by=7)

    assert remembering.counts.stats(2)[0] == Day("2026-05-14", 1, {"asked": 1})
    remembering.now = NOON + timedelta(days=10)
    remembering.file.tidy()
    assert [day.people for day in remembering.counts.stats(11)] == [0, 1, *[0] * 8, 1]
