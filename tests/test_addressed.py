import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, ForumTopicCreated, Message, MessageEntity, User

from bot.addressed import by_admin, command_to, from_person, question_to

ME = User(7, "Footnote", is_bot=True, username="footnote_bot")
NORA = User(1, "Nora", is_bot=False)
OTHER_BOT = User(8, "Other", is_bot=True, username="other_bot")
PRIVATE, GROUP = Chat(1, Chat.PRIVATE), Chat(-5, Chat.SUPERGROUP)
NOW = dt.datetime(2026, 5, 14, tzinfo=dt.UTC)


def message(text=None, *, chat=GROUP, user=NORA, **fields):
    """A message; the entity of a command or @mention in it is found here."""
    if text and "entities" not in fields:
        fields["entities"] = found(text)
    return Message(9, NOW, chat, from_user=user, text=text, **fields)


def found(text):
    """The entities of commands and @mentions between the spaces of a text."""
    entities, at = [], 0
    for word in text.split(" "):
        units = len(word.encode("utf-16-le")) // 2
        kind = {"@": MessageEntity.MENTION, "/": MessageEntity.BOT_COMMAND}.get(word[:1])
        if kind:
            entities.append(MessageEntity(kind, at, units))
        at += units + 1
    return entities


def text_mention(user, *, offset, length):
    """A link to somebody."""
    return MessageEntity(MessageEntity.TEXT_MENTION, offset, length, user=user)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@footnote_bot who left?", "who left?"),
        ("@FootNote_Bot who left?", "who left?"),
        ("who left, @footnote_bot", "who left,"),
        ("😀 so @footnote_bot who left?", "😀 so who left?"),
        ("@footnote_bot", ""),
        ("@other_bot who left?", None),
        ("@footnote_bot2 who left?", None),
        ("footnote_bot who left?", None),
        ("who left?", None),
        ("/weather @footnote_bot", None),
    ],
)
def test_mention_in_group(text, question):
    """In a group a mention by name makes a question of the rest; other talk is none."""
    assert question_to(ME, message(text)) == question


def test_text_mention():
    """A link to the bot is a mention of it, a link to somebody else is not."""
    mine = message("Footnote: who?", entities=[text_mention(ME, offset=0, length=8)])
    hers = message("Nora: who?", entities=[text_mention(NORA, offset=0, length=4)])

    assert question_to(ME, mine) == "who?"
    assert question_to(ME, hers) is None


def test_reply_in_group():
    """A reply to the bot is a question; a reply to others, or to a topic's first message, is none."""
    mine = message("hello", user=ME)
    topic = message(user=ME, forum_topic_created=ForumTopicCreated("News", 1))

    assert question_to(ME, message("and then?", reply_to_message=mine)) == "and then?"
    assert question_to(ME, message("and then?", reply_to_message=message("hi"))) is None
    assert question_to(ME, message("and then?", reply_to_message=topic)) is None
    assert question_to(ME, message(reply_to_message=mine)) is None


def test_private():
    """In private every text and every caption is a question; a picture alone is none."""
    caption = message(chat=PRIVATE, caption="who is this?")

    assert question_to(ME, message("who left?", chat=PRIVATE)) == "who left?"
    assert question_to(ME, caption) == "who is this?"
    assert question_to(ME, message(chat=PRIVATE)) is None


def test_caption_mention():
    """A mention in a caption counts like one in a text."""
    captioned = message(caption="@footnote_bot who is this?", caption_entities=found("@footnote_bot who"))

    assert question_to(ME, captioned) == "who is this?"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_only_the_mention_goes(before, after):
    """Whatever stands around a mention stays, in its order, whatever its width in UTF-16."""
    offset = len(before.encode("utf-16-le")) // 2
    text = f"{before}@footnote_bot{after}"
    entity = MessageEntity(MessageEntity.MENTION, offset, len("@footnote_bot"))

    question = question_to(ME, message(text, entities=[entity]))

    assert "".join(question.split()) == "".join((before + after).split()).lstrip(",:;")


def test_from_person():
    """People are heard, in their own name or a group's; other bots and automatic forwards are not."""
    assert from_person(message("hi"))
    assert from_person(message("hi", user=OTHER_BOT, sender_chat=GROUP))
    assert not from_person(message("hi", user=OTHER_BOT))
    assert not from_person(message("hi", user=None))
    assert not from_person(message("hi", sender_chat=Chat(-9, Chat.CHANNEL), is_automatic_forward=True))


def test_by_admin():
    """An admin is known by id alone, and never when writing in a group's name."""
    admins = frozenset({NORA.id})

    assert by_admin(message("/reindex"), admins)
    assert not by_admin(message("/reindex", sender_chat=GROUP), admins)
    assert not by_admin(message("/reindex", user=User(2, "Tomas", is_bot=False)), admins)
    assert not by_admin(message("/reindex", user=None), admins)


def test_command_to():
    """A command is known by its name, unless it names another bot."""
    assert command_to(ME, message("/ask@Footnote_Bot who?")) == "ask"
    assert command_to(ME, message("/ASK who?")) == "ask"
    assert command_to(ME, message("/ask@other_bot who?")) == ""
    assert command_to(ME, message("who? /ask")) is None


def test_unmarked():
    """Where a server marks nothing in a text, a command and a mention are still found; an address is not."""
    assert command_to(ME, message("/ask who?", entities=())) == "ask"
    assert question_to(ME, message("🎉 @Footnote_Bot, who?", entities=())) == "🎉 , who?"
    assert question_to(ME, message("mail me@footnote_bot.org", entities=())) is None
    assert question_to(ME, message("@footnote_bot_two who?", entities=())) is None
