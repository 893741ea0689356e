from datetime import timedelta

import pytest
from hashing_encoder import HashingEncoder
from remembering import NOON, Remembering

from bot.gaps import MAX_EACH, Gap, TooMany
from bot.keeping import GAPS_KEPT


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path)


def tell(remembering, user_id, question, language="en"):
    """Tell the editors of a question without an answer."""
    return remembering.gaps.tell(user_id, question, language=language)


def clusters(remembering, **options):
    """What the editors see, with an encoder that knows no paraphrases."""
    return remembering.gaps.clusters(HashingEncoder(), **options)


def test_what_several_asked(remembering):
    """Editors see what two people or more asked, how many, and when last; what one asked they do not."""
    tell(remembering, 1, "Who paid for the pier?")
    tell(remembering, 2, "who paid  for the PIER")
    tell(remembering, 3, "Is my neighbour Anna Novak in debt?")
    remembering.now = NOON + timedelta(days=1)
    tell(remembering, 4, "Who paid for the pier?")

    assert clusters(remembering) == (Gap("Who paid for the pier?", 3, "2026-05-15"),)
    assert clusters(remembering, min_people=4) == ()
    assert len(clusters(remembering, min_people=1)) == 2


def test_one_person_counts_once(remembering):
    """However often and in whatever spelling a person tells it, they are one."""
    for question in ("Who paid for the pier?", "who paid for the pier", "Who paid for the pier?!"):
        tell(remembering, 1, question)

    assert clusters(remembering) == ()
    assert remembering.counts.stats(1)[0].counts == {"told_editors": 1}
    assert clusters(remembering, min_people=1) == (Gap("Who paid for the pier?!", 1, "2026-05-14"),)


def test_in_other_words(remembering, encoder):
    """One person who asks in two ways is still one; two who do are two, shown as most asked it."""
    for user_id, question in (
        *((1, "How much does a monthly bus pass cost?"), (2, "How much does a monthly bus pass cost?")),
        *((3, "What is the price of a monthly bus pass?"), (4, "Will the stadium be renovated?")),
        (4, "Are there plans to renovate the stadium?"),
    ):
        tell(remembering, user_id, question)

    assert remembering.gaps.clusters(encoder) == (
        Gap("How much does a monthly bus pass cost?", 3, "2026-05-14"),
    )


def test_order(remembering):
    """What most asked comes first, then what was asked last, whoever told it in whatever order."""
    for day, user_id, question in ((0, 1, "Pier?"), (0, 2, "Pier?"), (1, 3, "Tram?"), (2, 4, "Tram?")):
        remembering.now = NOON + timedelta(days=day)
        tell(remembering, user_id, question)
    for user_id in (5, 6, 7):
        tell(remembering, user_id, "Ferry?")

    assert [gap.question for gap in clusters(remembering)] == ["Ferry?", "Tram?", "Pier?"]


def test_no_longer_than_kept(remembering):
    """A question that has had its time is not shown, though nothing was written since."""
    tell(remembering, 1, "Who paid for the pier?")
    remembering.now = NOON + GAPS_KEPT + timedelta(seconds=1)

    assert clusters(remembering, min_people=1) == ()


def test_no_flood(remembering):
    """One person fills no file: past their number, only what they told before is taken again."""
    with remembering.file.writing() as database:
        person = remembering.file.people.enter(database, 1)
        rows = [(person, f"q {n}", f"Q {n}?", "en", "2026-05-14") for n in range(MAX_EACH)]
        database.executemany("INSERT INTO gaps VALUES (?, ?, ?, ?, ?)", rows)

    assert tell(remembering, 1, "Who paid for the pier?") == TooMany(MAX_EACH)
    assert tell(remembering, 1, "q 5!") is None
    assert tell(remembering, 2, "Who paid for the pier?") is None
    assert remembering.rows()["gaps"] == MAX_EACH + 1


def test_hostile_question(remembering):
    """Half characters, marks of direction, endless texts and no words at all are kept short or refused."""
    for user_id in (1, 2):
        tell(remembering, user_id, "\ud800Who\x00 \u202epaid?\n" + "x" * 100_000)

    [gap] = clusters(remembering)
    assert gap.question.startswith("Who paid? xxx")
    assert len(gap.question) == 1_000
    with pytest.raises(ValueError, match="words"):
        tell(remembering, 1, "?!")
