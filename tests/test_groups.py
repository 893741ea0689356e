import logging

import pytest
from shelf_desk import FERRY
from talk import ask, bolds, calls, quotations, talking
from test_pressing import labels, pressed

from bot.chat_settings import ChatSettings
from bot.cost import LOOK
from bot.group_rules import GroupRules
from bot.records import records_of
from bot.simulator import ADMIN, BOT, GROUP, READER, SECOND_READER, Chat, people
from bot.simulator.errors import bad_request
from bot.words import ENGLISH, Words

ORANGES = "/ask Which ferry carried oranges?"
NOWHERE = "/ask Who won the cup?"
STATEMENT = "I heard that the ferry carried forty passengers and oranges."
SMALL = Chat(-77, "group", "Kitchen")
LARGE_ID = -1_001_000_000_077


def said_by_bot(telegram, chat=GROUP):
    """What the bot wrote in a group."""
    return [each.text for each in telegram.messages(chat) if each.sender == telegram.world.bot]


def with_settings(home, **settings):
    """A home in which something is set for the group."""
    records_of(home).chats.change(GROUP.id, lambda _: ChatSettings(**settings))
    return home


async def test_one_excerpt(telegram):
    """In a group one excerpt is shown, with its surroundings and a way to the private chat."""
    reply = await ask(telegram, ORANGES, chat=GROUP)
    around = await pressed(telegram, reply, "Context")
    back = await pressed(telegram, around, "Back")

    assert len(quotations(reply)) == 1
    assert labels(reply) == ["Context", "More in private"]
    assert bolds(around) == [quotations(reply)[0]]
    assert (back.text, back.entities, back.buttons) == (reply.text, reply.entities, reply.buttons)


async def test_more_in_private(telegram):
    """More in private opens that very answer, where everything else can be done with it."""
    reply = await ask(telegram, ORANGES, chat=GROUP)
    started = await telegram.follow(reply, "More in private", user=READER)
    opened = await telegram.next_reply(READER.id, after=started)

    assert quotations(opened) == quotations(reply)
    assert ENGLISH("helped") in labels(opened)


async def test_is_this_true(telegram, desk):
    """A pointer in reply to somebody's message searches that message; a question there is its own."""
    said = await telegram.say(STATEMENT, chat=GROUP, user=SECOND_READER)
    name = telegram.bot_username
    checked = await ask(telegram, f"@{name} is this true?", chat=GROUP, reply_to=said)
    asked = await ask(telegram, "/ask чи це правда?", chat=GROUP, reply_to=said)
    own = await ask(telegram, f"@{name} who mended the bridge?", chat=GROUP, reply_to=said)

    assert desk.asked == [STATEMENT, STATEMENT, "who mended the bridge?"]
    assert quotations(checked) == quotations(asked)
    assert checked.reply_to.text.endswith("is this true?")
    assert own.reply_to.text.endswith("the bridge?")


async def test_buttons_under_what_was_pointed_to(polled):
    """The way back to an answer about somebody's message searches that message again."""
    said = await polled.say(STATEMENT, chat=GROUP, user=SECOND_READER)
    checked = await ask(polled, f"@{polled.bot_username} really?", chat=GROUP, reply_to=said)
    around = await pressed(polled, checked, "Context")
    back = await pressed(polled, around, "Back")

    assert "ferry" in bolds(back) or "carried" in bolds(back)
    assert (back.text, back.entities, back.buttons) == (checked.text, checked.entities, checked.buttons)


async def test_pointer_to_a_picture(polled):
    """Where the message that is pointed to has no words, the bot asks for some."""
    picture = await polled.send_file("ferry.png", b"png", chat=GROUP, user=SECOND_READER)
    reply = await ask(polled, f"@{polled.bot_username} is this true?", chat=GROUP, reply_to=picture)

    assert reply.text == ENGLISH("ask-something")


async def test_not_found(telegram):
    """What the articles do not hold is said, with a way to what comes closest and to nothing else."""
    reply = await ask(telegram, NOWHERE, chat=GROUP)
    closest = await pressed(telegram, reply, "Closest passages")

    assert labels(reply) == ["Closest passages"]
    assert bolds(closest) == [ENGLISH("related-heading")]
    assert labels(closest)[-1] == "More in private"
    assert ENGLISH("helped") not in labels(closest)


async def test_several_excerpts(desk, tmp_path):
    """A group may set that it sees up to three."""
    async with talking(desk, home=with_settings(tmp_path, excerpts=3)) as telegram:
        reply = await ask(telegram, "/ask What about the ferry and the bridge?", chat=GROUP)

    assert len(quotations(reply)) == 3
    assert labels(reply) == ["Context 1", "Context 2", "Context 3", "More in private"]


async def test_quiet(desk, tmp_path):
    """A group may set that a question without an answer gets a reaction and no message."""
    async with talking(desk, home=with_settings(tmp_path, quiet_not_found=True)) as telegram:
        asked = await telegram.say(NOWHERE, chat=GROUP)
        await calls(telegram, "setMessageReaction")
        answered = await ask(telegram, ORANGES, chat=GROUP)

        assert telegram.world.message(GROUP.id, asked.message_id).reaction == "🤷"
    assert said_by_bot(telegram) == [answered.text]


async def test_quiet_where_reactions_are_off(desk, tmp_path):
    """Where the group allows no such reaction, the question is answered in a message."""
    async with talking(desk, home=with_settings(tmp_path, quiet_not_found=True)) as telegram:
        telegram.refuse("setMessageReaction", bad_request("REACTION_INVALID"))
        reply = await ask(telegram, NOWHERE, chat=GROUP)

    assert reply.text.startswith("Not in these articles.")


async def test_too_often_by_one(desk):
    """Who asks too often in groups is told once and then not heard; others are, and so is private talk."""
    async with talking(desk, rules=GroupRules(per_minute=1)) as telegram:
        await ask(telegram, ORANGES, chat=GROUP)
        notice = await ask(telegram, ORANGES, chat=GROUP)
        await telegram.say(ORANGES, chat=GROUP)
        await telegram.say(ORANGES, chat=GROUP)
        other = await ask(telegram, ORANGES, chat=GROUP, user=SECOND_READER)
        alone = await ask(telegram, ORANGES)

    assert notice.text == ENGLISH("too-often", number=1)
    assert quotations(other)
    assert quotations(alone)
    assert len(said_by_bot(telegram)) == 3
    assert len(desk.asked) == 3


async def test_too_often_by_all(desk):
    """A group that asks too often together is told once and then not answered."""
    async with talking(desk, rules=GroupRules(group_per_minute=1)) as telegram:
        await ask(telegram, ORANGES, chat=GROUP)
        notice = await ask(telegram, "/help", chat=GROUP, user=SECOND_READER)
        await telegram.say(ORANGES, chat=GROUP, user=ADMIN)
        await telegram.say(ORANGES)
        await telegram.next_reply()

    assert notice.text == ENGLISH("too-often-group", number=1)
    assert len(said_by_bot(telegram)) == 2


async def test_talk_does_not_count(desk):
    """What is not said to the bot counts for nothing."""
    async with talking(desk, rules=GroupRules(per_minute=1, group_per_minute=1)) as telegram:
        telegram.world.privacy = False
        for text in ("Good morning", "/weather", "/ask@some_other_bot Which ferry?"):
            await telegram.say(text, chat=GROUP)
        reply = await ask(telegram, ORANGES, chat=GROUP)

    assert quotations(reply)
    assert said_by_bot(telegram) == [reply.text]


async def test_group_language(desk, tmp_path):
    """What a group chose is spoken there over what its readers did, and errors are too."""
    home = with_settings(tmp_path, language="fa")
    records_of(home).languages.choose(READER.id, "de")
    async with talking(desk, home=home) as telegram:
        reply = await ask(telegram, ORANGES, chat=GROUP)
        alone = await ask(telegram, ORANGES)
        desk.ready = False
        failed = await ask(telegram, ORANGES, chat=GROUP)

    assert "۱۴ مهٔ ۲۰۲۶" in reply.text
    assert "14. Mai 2026" in alone.text
    assert failed.text == Words("fa")("not-ready")


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_taken_in(desk, by):
    """In a group that it is taken into, the bot says once how to ask."""
    async with talking(desk, by=by) as telegram:
        await telegram.add_bot(SMALL)
        hello = await telegram.next_reply(SMALL)
        await telegram.promote(BOT, chat=SMALL)
        answer = await ask(telegram, ORANGES, chat=SMALL)

    assert hello.text == ENGLISH("group-hello", name=f"@{telegram.bot_username}")
    assert said_by_bot(telegram, SMALL) == [hello.text, answer.text]


async def test_elsewhere(desk):
    """Taken into a group that was not chosen, the bot says why it leaves, once, and leaves."""
    async with talking(desk, rules=GroupRules(allowed=frozenset({GROUP.id}))) as telegram:
        await telegram.add_bot(SMALL)
        await calls(telegram, "leaveChat")
        welcome = await ask(telegram, ORANGES, chat=GROUP)

    assert said_by_bot(telegram, SMALL) == [ENGLISH("group-not-allowed")]
    assert quotations(welcome)


async def test_addressed_elsewhere(desk):
    """Asked in a group that is not chosen any more, the bot does the same; talk there is left alone."""
    async with talking(desk, rules=GroupRules(allowed=frozenset({-5}))) as strict:
        strict.world.privacy = False
        await strict.say("Good morning", chat=GROUP)
        reply = await ask(strict, ORANGES, chat=GROUP)
        await calls(strict, "leaveChat")

    assert reply.text == ENGLISH("group-not-allowed")
    assert said_by_bot(strict) == [reply.text]
    assert not desk.asked


async def test_leaves_though_muted(desk):
    """Where it may not write, it leaves without a word."""
    async with talking(desk, rules=GroupRules(allowed=frozenset({-5}))) as telegram:
        telegram.refuse("sendMessage", bad_request("not enough rights to send text messages to the chat"))
        await telegram.say(ORANGES, chat=GROUP)
        [left] = await calls(telegram, "leaveChat")

    assert left.ok
    assert not said_by_bot(telegram)


async def test_becomes_a_supergroup(desk, tmp_path):
    """A group that becomes a supergroup keeps its settings, and its allowance, of which admins are told."""
    rules = GroupRules(allowed=frozenset({SMALL.id}))
    records_of(tmp_path).chats.change(SMALL.id, lambda _: ChatSettings(excerpts=3))
    async with talking(desk, home=tmp_path, rules=rules) as telegram:
        await telegram.add_bot(SMALL)
        await telegram.next_reply(SMALL)
        await ask(telegram, "/help", chat=ADMIN.id)
        large = await telegram.upgrade(SMALL, new_id=LARGE_ID)
        reply = await ask(telegram, "/ask What about the ferry and the bridge?", chat=large)
        told = await telegram.wait_for(
            lambda: [each for each in telegram.messages(ADMIN.id) if str(LARGE_ID) in each.text]
        )

    assert len(quotations(reply)) == 3
    assert len(told) == 1
    assert records_of(tmp_path).chats.settings(LARGE_ID) == ChatSettings(excerpts=3)


async def test_sent_to_the_old_group(desk):
    """A reply to a group that became a supergroup while it was looked up arrives in the supergroup."""
    async with talking(desk) as telegram:
        await telegram.add_bot(SMALL)
        await telegram.next_reply(SMALL)
        await telegram.say(ORANGES, chat=SMALL)
        large = await telegram.upgrade(SMALL, new_id=LARGE_ID)
        reply = await telegram.next_reply(large)
        refused = [each for each in telegram.sent("sendMessage") if not each.ok]

    assert quotations(reply) == [FERRY.split(". ")[1]]
    assert len(refused) == 1


async def test_put_out(desk, tmp_path, caplog):
    """A group that puts the bot out is forgotten, and what it cannot say there any more is one line."""
    with caplog.at_level(logging.INFO):
        async with talking(desk, home=with_settings(tmp_path, excerpts=3)) as telegram:
            await telegram.say(ORANGES, chat=GROUP)
            await telegram.kick(GROUP)
            await ask(telegram, ORANGES)

    assert records_of(tmp_path).chats.settings(GROUP.id) == ChatSettings()
    lines = [each for each in caplog.records if each.name.startswith("bot.")]
    assert not [each for each in lines if each.exc_info]
    assert sum("not delivered" in each.getMessage() for each in lines) <= 1


async def test_blocked(desk, caplog):
    """A reader who blocked the bot meanwhile is one line in the log."""
    with caplog.at_level(logging.INFO):
        async with talking(desk) as telegram:
            await telegram.say("Which ferry carried oranges?")
            await telegram.block(READER)
            await telegram.wait_for(
                lambda: [each for each in telegram.requests if each.response.get("error_code") == 403]
            )
            await ask(telegram, ORANGES, chat=SECOND_READER.id)

    assert not [each for each in caplog.records if each.exc_info]
    assert sum("not delivered" in each.getMessage() for each in caplog.records) == 1


async def test_pressed_too_often(desk):
    """One person's taps do not hold up a group: past their pace they are told once, and change nothing."""
    times = int(1 / LOOK)
    async with talking(desk, rules=GroupRules(per_minute=1, group_per_minute=100)) as telegram:
        reply = await ask(telegram, ORANGES, chat=GROUP)
        for _ in range(times + 3):
            people.press(telegram.world, reply, reply.buttons[0], READER)
        answered = await calls(telegram, "answerCallbackQuery", times + 3)

    said = [each.params.get("text") for each in answered]
    assert said.count(ENGLISH("pressed-too-often")) == 1
    assert len(telegram.sent("editMessageText")) <= times


async def test_group_that_it_left(desk, tmp_path):
    """What was set for a group is gone once the bot is not in it any more."""
    async with talking(desk, home=tmp_path, rules=GroupRules(per_minute=9, group_per_minute=9)) as telegram:
        await telegram.promote(ADMIN)
        menu = await ask(telegram, "/settings", chat=GROUP, user=ADMIN)
        await telegram.press(menu, "Deutsch", user=ADMIN)
        await telegram.next_edit(menu)
        await telegram.kick(GROUP, by=ADMIN)
        await ask(telegram, "/status")

    assert records_of(tmp_path).chats.settings(GROUP.id) == ChatSettings()
