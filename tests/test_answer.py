import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Metadata, Span
from retrieval.answer import DEFAULT_THRESHOLDS, UNREAD_ODDS, Thresholds, decide
from retrieval.types import Answer, Article, Excerpt, NotFound, Related, SnapshotInfo

SNAPSHOT = SnapshotInfo("000001-20260501T000000", "2026-05-01T00:00:00+00:00", 3, 6, None)
HALF = Thresholds(answer=0.5, related=0.2)


def excerpt(name, probability):
    """An excerpt of an article of this name that answers with this probability."""
    return Excerpt(Article(name, Metadata(name)), "ab", 1, Span(0, 3), "abc", (), probability)


def decided(*probabilities, thresholds=HALF):
    """The reply where the excerpts have these probabilities, best first."""
    ranked = [excerpt(f"a{n}", probability) for n, probability in enumerate(probabilities)]
    return decide("Who?", ranked, searched="Who?", snapshot=SNAPSHOT, thresholds=thresholds)


@pytest.mark.parametrize(
    ("probabilities", "kind"),
    [
        ((0.9,), Answer),
        ((0.5,), Answer),
        ((0.49,), Related),
        ((0.2,), Related),
        ((0.19,), NotFound),
        ((), NotFound),
    ],
)
def test_the_first_excerpt_gives_the_verdict(probabilities, kind):
    """How sure the first excerpt is decides between an answer, something related, and nothing."""
    reply = decided(*probabilities)

    assert type(reply) is kind
    assert reply.confidence == (probabilities[0] if probabilities else 0.0)
    assert (reply.question, reply.snapshot) == ("Who?", SNAPSHOT)


def test_an_answer_shows_only_excerpts_that_answer():
    """Beside an answer stands nothing that is only related, nor what is far less sure than the first."""
    assert [shown.article.id for shown in decided(0.6, 0.55, 0.4).excerpts] == ["a0", "a1"]
    assert [shown.article.id for shown in decided(0.99, 0.9, 0.5).excerpts] == ["a0", "a1"]


@given(st.floats(0, 1))
def test_unread_excerpts_have_to_be_surer(answer):
    """Whatever the threshold, what nobody read needs more, but where all answers or nothing does."""
    unread = Thresholds(answer, related=0.0).unread.answer

    assert answer <= unread <= 1
    assert unread * (1 - answer) == pytest.approx(UNREAD_ODDS * answer * (1 - unread))


def test_related_shows_only_what_is_related():
    """What is too far from the question is not shown even where nothing answers it."""
    assert [shown.article.id for shown in decided(0.4, 0.2, 0.1).excerpts] == ["a0", "a1"]


@given(st.lists(st.floats(0, 1), max_size=4).map(lambda found: sorted(found, reverse=True)))
def test_a_verdict_with_excerpts_has_the_best_first(probabilities):
    """An answer or something related is never empty, starts with the best and keeps the order."""
    reply = decided(*probabilities, thresholds=DEFAULT_THRESHOLDS)

    if not isinstance(reply, NotFound):
        assert [shown.article.id for shown in reply.excerpts] == [f"a{n}" for n in range(len(reply.excerpts))]
        assert len(reply.excerpts) >= 1


@pytest.mark.parametrize(("answer", "related"), [(0.2, 0.5), (1.1, 0.5), (0.5, -0.1), (float("nan"), 0.1)])
def test_thresholds_that_make_no_sense_are_refused(answer, related):
    """Thresholds are probabilities, the lower one first; the message has the values."""
    with pytest.raises(ValueError, match=f"got {related} and {answer}"):
        Thresholds(answer=answer, related=related)
