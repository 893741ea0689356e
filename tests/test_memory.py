from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf_desk import ShelfDesk

from bot.memory import FORGET_AFTER_S, MAX_KEPT, Memory, before, gone_on, recent
from retrieval.types import Query, Turn

ASKED = (Turn("user", "Which ferry carried oranges?"), Turn("agent", "It carried forty."))


class Clock:
    """A clock that is put forward by hand."""

    now = 0.0

    def __call__(self):
        """The seconds it shows."""
        return self.now


@pytest.fixture
def clock():
    """A clock at zero."""
    return Clock()


@pytest.fixture
def memory(clock):
    """A memory that goes by it."""
    return Memory(clock)


def test_a_conversation_is_remembered_for_ten_minutes(memory, clock):
    """Ten minutes after its last question a conversation is gone, whoever asked others meanwhile."""
    memory.keep("ann", ASKED)
    clock.now = FORGET_AFTER_S - 1
    of_bob = tuple(map(replace, ASKED))
    memory.keep("bob", of_bob)

    assert memory.history("ann") == ASKED
    clock.now = FORGET_AFTER_S
    assert memory.history("ann") == ()
    assert memory.history("bob") == of_bob
    assert len(memory) == 1


def test_going_on_keeps_no_question_longer(memory, clock):
    """Each question is forgotten ten minutes after it was asked, however long the conversation goes on."""
    memory.keep("ann", ASKED)
    clock.now = FORGET_AFTER_S - 1
    later = tuple(map(replace, ASKED))
    memory.keep("ann", memory.history("ann") + later)
    assert memory.history("ann") == ASKED + later
    clock.now = FORGET_AFTER_S

    assert memory.history("ann") == later


def test_what_others_went_on_from_is_forgotten_too(memory):
    """Who forgets a question forgets it in the conversations of those who went on from it."""
    memory.keep("ann", ASKED, answer=17)
    of_bob = tuple(map(replace, ASKED))
    memory.keep("bob", memory.history(17) + of_bob)

    memory.forget("ann")

    assert memory.history("bob") == of_bob


def test_people_do_not_mix(memory):
    """Nobody goes on from what somebody else was asked."""
    memory.keep(("chat", "ann"), ASKED)

    assert memory.history(("chat", "bob")) == ()


def test_an_answer_can_be_gone_on_from(memory):
    """A conversation is found by its answer as it was then, until its owner forgets it."""
    memory.keep("ann", ASKED, answer=17)
    memory.keep("ann", ASKED + ASKED, answer=19)

    assert (memory.history(17), memory.history(19)) == (ASKED, ASKED + ASKED)
    memory.forget("ann")
    assert (memory.history(17), memory.history(19), memory.history("ann")) == ((), (), ())
    assert len(memory) == 0


def test_memory_is_bounded(memory):
    """However many people ask, no more than so many conversations are kept, the newest ones."""
    for person in range(MAX_KEPT + 5):
        memory.keep(person, ASKED)

    assert len(memory) == MAX_KEPT
    assert memory.history(4) == ()
    assert memory.history(5) == ASKED


def test_what_is_kept_of_a_question():
    """A conversation goes on with the question and the first quotation, and without one where nothing was."""
    desk = ShelfDesk()
    found, nothing = desk.answer(Query("Which ferry carried oranges?")), desk.answer(Query("Who won?"))

    history = gone_on(gone_on((), found), nothing)

    assert history == (
        Turn("user", "Which ferry carried oranges?"),
        Turn("agent", found.excerpts[0].text),
        Turn("user", "Who won?"),
    )
    assert before(history, "Who won?") == history[:2]
    assert before(history, "Who lost?") == ()


@given(st.lists(st.builds(Turn, st.sampled_from(["user", "agent"]), st.text(max_size=5))).map(tuple))
def test_no_more_than_needed_is_kept(history):
    """At most three questions are kept, the last ones, with all that followed them."""
    kept = recent(history)

    assert history[len(history) - len(kept) :] == kept
    assert sum(turn.role == "user" for turn in kept) <= 3
    if len(kept) < len(history):
        assert kept[0].role == "user"
        assert sum(turn.role == "user" for turn in kept) == 3
