from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update, User

from bot.chat_settings import ChatSettings
from bot.preferences import KEEP_S, Preferences
from bot.records import records_of

NORA = User(1, "Nora", is_bot=False, language_code="ru-RU")
GROUP, SUPERGROUP = Chat(-5, Chat.GROUP), Chat(-1_005, Chat.SUPERGROUP)


class Time:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self):
        """Seconds."""
        return self.now


@pytest.fixture
def clock():
    """Stands still."""
    return Time()


@pytest.fixture
def records(tmp_path):
    """Those of a home that is not there yet."""
    return records_of(tmp_path)


@pytest.fixture
def preferences(records, clock):
    """Of that home."""
    return Preferences(records.languages, records.chats, clock)


def in_chat(chat):
    """Something that Nora said there."""
    return Update(1, message=Message(1, datetime.now(UTC), chat, from_user=NORA, text="hi"))


async def test_whose_choice(preferences):
    """A group's choice is over its readers', a reader's over what their Telegram says."""
    alone, together = in_chat(Chat(1, Chat.PRIVATE)), in_chat(GROUP)
    spoken = [(await preferences.words(alone)).language]
    await preferences.choose(NORA.id, "de")
    spoken += [(await preferences.words(each)).language for each in (alone, together)]
    await preferences.change(GROUP.id, lambda _: ChatSettings(language="fa"))
    spoken += [(await preferences.words(each)).language for each in (alone, together)]
    await preferences.choose(NORA.id, None)
    spoken.append((await preferences.words(alone)).language)

    assert spoken == ["ru", "de", "de", "de", "fa", "ru"]
    assert (await preferences.words("no update")).language == "en"


async def test_read_once_in_a_while(preferences, records, clock):
    """What another process changes is noticed in a while; until then nothing is read again."""
    before = await preferences.language(NORA.id), await preferences.settings(GROUP.id)
    records.languages.choose(NORA.id, "es")
    records.chats.change(GROUP.id, lambda _: ChatSettings(excerpts=2))
    clock.now = KEEP_S - 1
    kept = await preferences.language(NORA.id), await preferences.settings(GROUP.id)
    clock.now = KEEP_S
    after = await preferences.language(NORA.id), await preferences.settings(GROUP.id)

    assert before == kept == (None, ChatSettings())
    assert after == ("es", ChatSettings(excerpts=2))


async def test_strange_language(preferences):
    """A language that is spoken no more is as none."""
    await preferences.choose(NORA.id, "xx")

    assert (await preferences.words(in_chat(GROUP))).language == "ru"


async def test_moved_and_dropped(preferences):
    """Settings go along into the supergroup, and are forgotten with it."""
    await preferences.change(GROUP.id, lambda _: ChatSettings(excerpts=3))
    await preferences.settings(SUPERGROUP.id)
    await preferences.move(GROUP.id, SUPERGROUP.id)
    moved = await preferences.settings(GROUP.id), await preferences.settings(SUPERGROUP.id)
    await preferences.drop(SUPERGROUP.id)

    assert moved == (ChatSettings(), ChatSettings(excerpts=3))
    assert await preferences.settings(SUPERGROUP.id) == ChatSettings()


async def test_forgotten(preferences, records):
    """Of a reader whose rows are gone nothing is remembered here either."""
    await preferences.choose(NORA.id, "de")
    records.languages.choose(NORA.id, None)
    preferences.forget(NORA.id)

    assert await preferences.language(NORA.id) is None
