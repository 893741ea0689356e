from datetime import UTC, datetime

import pytest
from telegram import Chat, ForumTopicCreated, Message, TextQuote, User

from bot.asked import asked_in
from bot.question import MAX_QUESTION_CHARS

ME = User(7, "Footnote", is_bot=True, username="footnote_bot")
NORA = User(1, "Nora", is_bot=False)
GROUP = Chat(-5, Chat.SUPERGROUP)
POINTER = "@footnote_bot is this true?"


def message(text=None, *, user=NORA, **fields):
    """A message in the group."""
    return Message(1, datetime.now(UTC), GROUP, from_user=user, text=text, **fields)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (POINTER, "The ferry left at dawn"),
        ("@footnote_bot", "The ferry left at dawn"),
        ("/ask", "The ferry left at dawn"),
        ("/ask stimmt das?", "The ferry left at dawn"),
        ("@footnote_bot when did it leave?", "when did it leave?"),
    ],
)
def test_reply_to_somebody(words, asked):
    """A pointer in reply to somebody asks about their words; any other question is asked itself."""
    said = message("The ferry\nleft at dawn")

    assert asked_in(ME, message(words, reply_to_message=said)) == asked


def test_reply_to_the_bot():
    """A pointer in reply to the bot goes on from what it said."""
    answer = message("It left at dawn.", user=ME)

    assert asked_in(ME, message("really?", reply_to_message=answer)) == "really?"


def test_picture():
    """A picture's caption is its words, and one without leaves nothing to ask."""
    with_words = message(caption="The ferry at dawn")

    assert asked_in(ME, message(POINTER, reply_to_message=with_words)) == "The ferry at dawn"
    assert asked_in(ME, message(POINTER, reply_to_message=message())) == ""


def test_picked_words():
    """Where a part of a message was picked, that part is asked about, even a part of the bot's own."""
    said = message("The ferry left at dawn. The bridge is old.", user=ME)
    picked = TextQuote("The bridge is old.", 24, is_manual=True)

    assert asked_in(ME, message(POINTER, reply_to_message=said, quote=picked)) == "The bridge is old."


def test_topic():
    """In a topic, a message that replies to nothing points at nothing."""
    opening = message(user=NORA, forum_topic_created=ForumTopicCreated("Ferries", 1))

    assert asked_in(ME, message(POINTER, reply_to_message=opening)) == "is this true?"


def test_long_message():
    """Of a long message as many whole words are asked about as a question may have."""
    said = message("harbour " * 400)
    asked = asked_in(ME, message(POINTER, reply_to_message=said))

    assert len(asked) <= MAX_QUESTION_CHARS
    assert asked.endswith("harbour")
    assert len(asked_in(ME, message(POINTER, reply_to_message=message("x" * 4000)))) == MAX_QUESTION_CHARS
