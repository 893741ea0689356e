from dataclasses import replace

from talk import ask, calls, talking
from test_pressing import labels, notices, pressed

from bot.chat_settings import ChatSettings
from bot.records import records_of
from bot.simulator import ADMIN, ANONYMOUS, GROUP, READER, SECOND_READER, Button
from bot.simulator.errors import bad_request
from bot.words import ENGLISH

ONLY = ENGLISH("only-group-admins")


def chosen(message):
    """What is marked as chosen."""
    return [label.removeprefix("✓ ") for label in labels(message) if label.startswith("✓")]


async def test_reader(telegram):
    """A reader chooses a language by its own name, sees it marked, and goes back to their Telegram's."""
    menu = await ask(telegram, "/settings")
    german = await pressed(telegram, menu, "Deutsch")
    again = await pressed(telegram, german, labels(german)[6])

    assert labels(menu)[:6] == ["English", "Русский", "Deutsch", "Español", "فارسی", "Українська"]
    assert chosen(menu) == [ENGLISH("language-telegram")]
    assert chosen(german) == ["Deutsch"]
    assert len(chosen(again)) == 1
    assert labels(again)[:6] == labels(menu)[:6]


async def test_choice_over_telegram(desk, tmp_path):
    """What a reader chose is spoken whatever their Telegram says, also after a restart."""
    async with talking(desk, home=tmp_path) as telegram:
        await telegram.set_language(READER, "ru")
        menu = await ask(telegram, "/settings")
        await telegram.press(menu, "Español")
        await telegram.next_edit(menu)
    async with talking(desk, home=tmp_path) as telegram:
        await telegram.set_language(READER, "ru")
        chosen_es = await ask(telegram, "/settings")
        other = await ask(telegram, "/settings", chat=SECOND_READER.id)

    assert chosen(menu)[0] not in ("Español", "Русский")
    assert chosen(chosen_es) == ["Español"]
    assert chosen(other) == [ENGLISH("language-telegram")]
    assert records_of(tmp_path).languages.of(READER.id) == "es"


async def test_group_admin(desk, tmp_path):
    """An admin of a group sets how the bot replies there, for all of its readers."""
    async with talking(desk, home=tmp_path) as telegram:
        await telegram.promote(ADMIN)
        menu = await ask(telegram, "/settings", chat=GROUP, user=ADMIN)
        for label in (ENGLISH("set-excerpts", number=2), ENGLISH("set-quiet"), "Русский"):
            await telegram.press(menu, label, user=ADMIN)
            menu = await telegram.next_edit(menu)

    assert records_of(tmp_path).chats.settings(GROUP.id) == ChatSettings("ru", 2, True)
    assert len(chosen(menu)) == 3


async def test_mere_member(desk):
    """Who runs the bot, but not the group, cannot set anything there, nor can any member."""
    async with talking(desk, admins=frozenset({READER.id})) as telegram:
        for user in (READER, SECOND_READER):
            refused = await ask(telegram, "/settings", chat=GROUP, user=user)
            assert refused.text == ONLY
            assert not refused.buttons


async def test_pressed_by_another(telegram):
    """The buttons that an admin called up do nothing for others, and nothing for one who is none any more."""
    await telegram.promote(ADMIN)
    menu = await ask(telegram, "/settings", chat=GROUP, user=ADMIN)
    await telegram.press(menu, "Deutsch", user=SECOND_READER)
    await telegram.demote(ADMIN)
    await telegram.press(menu, "Deutsch", user=ADMIN)
    await calls(telegram, "answerCallbackQuery", 2)

    assert notices(telegram) == [ONLY, ONLY]
    assert not telegram.sent("editMessageText")


async def test_anonymous_admin(telegram):
    """Somebody who writes as the group itself is one of its admins; a press shows who it is."""
    await telegram.promote(SECOND_READER, anonymous=True)
    menu = await ask(telegram, "/settings", chat=GROUP, user=ANONYMOUS)
    await telegram.press(menu, "Deutsch", user=SECOND_READER)
    german = await telegram.next_edit(menu)

    assert chosen(german)[0] == "Deutsch"


async def test_telegram_does_not_say(polled):
    """Where Telegram does not say who is an admin, nobody may set anything."""
    polled.refuse("getChatMember", bad_request("CHAT_ADMIN_REQUIRED"))
    refused = await ask(polled, "/settings", chat=GROUP, user=ADMIN)

    assert refused.text == ONLY


async def test_group_setting_in_private(polled):
    """A payload that is a group's does nothing in a private chat."""
    menu = await ask(polled, "/settings")
    kept = polled.world.post(replace(menu, keyboard=((Button("3", "callback_data", "te:3"),),)))
    await polled.press(kept, "te:3")
    await calls(polled, "answerCallbackQuery")

    assert notices(polled) == [ENGLISH("expired")]
