import asyncio
import threading

import pytest
from shelf_desk import ShelfDesk
from talk import ask, bolds, calls, quotations, talking

from bot.catalogue import LOCALES
from bot.privacy_render import privacy
from bot.simulator import ADMIN, GROUP, SECOND_READER, FloodLimits
from bot.simulator.errors import forbidden
from bot.simulator.floods import Pace
from bot.simulator.html import parse_html
from bot.simulator.types import Chat
from bot.simulator.world import ANONYMOUS
from bot.words import ENGLISH

OTHER_BOT_COMMAND = "/ask@some_other_bot Which ferry left at dawn?"


async def test_start(telegram):
    """Whoever starts the bot is told what is searched and kept, and has a question to begin with."""
    reply = await ask(telegram, "/start")

    hello = ENGLISH("start", articles="3 articles", newest="14 May 2026")
    assert reply.text == f"{hello}\n\n{ENGLISH('start-examples')}"
    assert [each.text for each in reply.buttons] == ["What is known about ferry?"]


async def test_private_question(telegram, desk):
    """A private question is answered verbatim, in its thread, with where each sentence stands."""
    reply = await ask(telegram, "Which ferry carried oranges?")

    assert reply.reply_to.text == "Which ferry carried oranges?"
    assert quotations(reply)[0] == "It carried forty passengers and a crate of oranges."
    assert bolds(reply)[:2] == ["carried", "oranges"]
    assert "[1] Ferry <3 & oranges · The Coast · 14 May 2026 · read it in place" in reply.text
    assert reply.text.endswith("3 articles · newest 14 May 2026")
    assert desk.asked == ["Which ferry carried oranges?"]


async def test_typing_then_one_reply(telegram):
    """Typing shows before the reply, which is one message without a link preview."""
    await ask(telegram, "Which ferry carried oranges?")

    [sent] = await calls(telegram, "sendMessage")
    order = [each.method for each in telegram.requests if each.method in ("sendChatAction", "sendMessage")]
    assert order == ["sendChatAction", "sendMessage"]
    assert "is_disabled" in str(sent.params["link_preview_options"])


async def test_group(telegram):
    """In a group the bot answers a mention, a link to it and a reply to it, and no other talk."""
    name = telegram.bot_username
    mentioned = await ask(telegram, f"@{name.upper()}, which ferry carried oranges?", chat=GROUP)
    said = await telegram.say_naming_bot("Hey Footnote, which ferry carried oranges?", "Footnote", chat=GROUP)
    linked = await telegram.next_reply(GROUP, after=said)
    replied = await ask(telegram, "Did engineers mend the bridge?", chat=GROUP, reply_to=linked)
    await telegram.say("Which ferry carried oranges?", chat=GROUP)
    await telegram.say(OTHER_BOT_COMMAND, chat=GROUP)
    last = await ask(telegram, "/ask Which ferry carried oranges?", chat=GROUP, user=SECOND_READER)

    assert quotations(mentioned)[0] == quotations(linked)[0] == quotations(last)[0]
    assert quotations(replied)[0] == "Engineers replaced every bolt of the bridge."
    assert len([each for each in telegram.messages(GROUP) if each.sender == telegram.world.bot]) == 4


async def test_group_without_privacy_mode(polled, desk):
    """Where the bot is given every message of a group it still speaks only when spoken to."""
    polled.world.privacy = False

    await polled.say("Which ferry carried oranges?", chat=GROUP)
    await polled.say(OTHER_BOT_COMMAND, chat=GROUP)
    await polled.say("/weather", chat=GROUP)
    await ask(polled, "/ask Is there a bridge?", chat=GROUP)

    assert desk.asked == ["Is there a bridge?"]
    assert len([each for each in polled.messages(GROUP) if each.sender == polled.world.bot]) == 1


async def test_anonymous_admin_may_ask(polled):
    """Somebody who writes in the name of the group is answered like anybody."""
    reply = await ask(polled, "/ask Which ferry carried oranges?", chat=GROUP, user=ANONYMOUS)

    assert quotations(reply)


async def test_bare_mention(polled):
    """A mention without a question, and /ask without one, are told how to ask."""
    mentioned = await ask(polled, f"@{polled.bot_username}", chat=GROUP)
    commanded = await ask(polled, "/ask")

    assert mentioned.text == commanded.text == ENGLISH("ask-something")


async def test_related_and_not_found(polled):
    """Passages that are only close, and nothing at all, are called just that."""
    related = await ask(polled, "Is there a bakery?")
    nothing = await ask(polled, "Who won the World Cup?")

    assert related.text.startswith(ENGLISH("related-heading"))
    assert nothing.text == "Not in these articles. Searched 3 articles, newest 14 May 2026."


async def test_plain_commands(polled):
    """Help, privacy and status reply with their words; an unknown command in private says so."""
    replies = [await ask(polled, command) for command in ("/help", "/privacy", "/status", "/weather")]

    assert [each.text for each in replies[:2]] == [ENGLISH("help"), parse_html(privacy(ENGLISH).html)[0]]
    assert (
        replies[2].text
        == "Ready. 3 articles · newest 14 May 2026 · 6 passages.\nIndexed 15 May 2026, 09:30 UTC."
    )
    assert replies[3].text == ENGLISH("unknown-command")


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("x" * 3000, ENGLISH("too-long", chars=3000, most=1000)),
        ("🎉🎉🎉", ENGLISH("no-words")),
        ("\u202e\u200b\u2066", ENGLISH("empty-question")),
        ("<b>&lt;ferry</i> \x00\x07 &amp; <blockquote>", "Ferry <3 & oranges"),
        ("متى غادرت العبارة؟", "Not in these articles."),
        ("\ud83d ferry dawn", "Ferry <3 & oranges"),
    ],
    ids=["long", "emoji", "invisible", "html", "rtl", "half a surrogate"],
)
async def test_strange_question(polled, question, reply):
    """A question of any kind gets a sensible reply."""
    answered = await ask(polled, question)

    assert reply in answered.text


async def test_order_within_chat(telegram, desk):
    """Questions of one chat are answered in the order they were asked."""
    said = [await telegram.say(f"Which ferry left number {number}?") for number in range(8)]
    await calls(telegram, "sendMessage", 8)

    replied = [each.reply_to for each in telegram.messages() if each.sender == telegram.world.bot]
    assert replied == said


async def test_edited_question(polled, desk):
    """The reply to a question that is edited becomes the reply to what it says now."""
    said = await polled.say("Which ferry carried oranges?")
    first = await polled.next_reply(after=said)
    await polled.edit(said, "Which bridge reopened in May?")
    changed = await polled.next_edit(first)

    assert quotations(changed)[0] == "The old bridge reopened in May."
    assert len(polled.sent("sendMessage")) == 1


async def test_edit_that_changes_nothing(polled, desk):
    """An edit that leaves the question as it was, as a preview of a link is, changes nothing."""
    said = await polled.say("Which ferry carried oranges?")
    first = await polled.next_reply(after=said)
    await polled.edit(said, "Which ferry  carried oranges?")
    await ask(polled, "/status")

    assert len(desk.asked) == 1
    assert first.edit_date is None


async def test_edit_of_a_forgotten_question(desk):
    """A question that was edited when its reply is forgotten is answered anew, in private only."""
    async with talking(desk) as telegram:
        said = await telegram.say("Which ferry carried oranges?")
        await telegram.next_reply(after=said)
        in_group = await telegram.say("/ask Which ferry carried oranges?", chat=GROUP)
        await telegram.next_reply(in_group.chat, after=in_group)
    async with talking(desk) as later:
        later.world.started.add(said.sender.id)
        await later.edit(later.world.post(in_group), "/ask Which bridge reopened in May?")
        edited = await later.edit(later.world.post(said), "Which bridge reopened in May?")
        again = await later.next_reply(after=edited)

    assert quotations(again)[0] == "The old bridge reopened in May."
    assert len(later.sent("sendMessage")) == 1


async def test_topic(polled):
    """A question in a forum's topic is answered in that topic."""
    forum = polled.world.add_chat(Chat(-1009, "supergroup", "Forum", topics={5: "News"}))

    reply = await ask(polled, "/ask Which ferry carried oranges?", chat=forum, thread=5)

    assert reply.thread_id == 5


async def test_no_text(polled):
    """A picture without words, in private, is told that only text is understood; a bot is ignored."""
    said = await polled.say("/new")
    sticker = {key: value for key, value in said.to_json().items() if key not in ("text", "entities")}
    bot = {"id": 99, "is_bot": True, "first_name": "Other"}
    photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    polled.world.put_update("message", said.to_json() | {"from": bot})
    polled.world.put_update("message", sticker | {"photo": [photo]})
    sent = await calls(polled, "sendMessage", 2)

    assert [str(each.params["text"]) for each in sent] == [ENGLISH("new"), ENGLISH("text-only")]


async def test_deleted_question(polled, desk):
    """The reply comes even when the question was deleted meanwhile."""
    said = await polled.say("Which ferry carried oranges?")
    polled.world.forget(said)

    reply = await polled.next_reply(after=said)

    assert reply.reply_to is None


async def test_flood(desk):
    """A reply that comes too soon for Telegram is sent after the wait it asks for."""
    floods = FloodLimits(chat=Pace(1, 1.0))
    async with talking(desk, floods=floods) as telegram:
        status = await ask(telegram, "/status")
        await telegram.say("Which ferry carried oranges?")
        reply = await telegram.next_reply(after=status)
        sent = await calls(telegram, "sendMessage", 3)

    assert [each.response["ok"] for each in sent] == [True, False, True]
    assert quotations(reply)


async def test_blocked(polled, caplog):
    """A reader who blocks the bot before the reply costs one line in the log; others are answered."""
    caplog.set_level("INFO", logger="bot")
    polled.refuse("sendMessage", forbidden("bot was blocked by the user"))
    await polled.say("Which ferry carried oranges?")
    await calls(polled, "sendMessage")

    reply = await ask(polled, "Which ferry carried oranges?", chat=ADMIN.id)

    assert quotations(reply)
    assert "bot was blocked by the user" in caplog.text
    assert "Traceback" not in caplog.text


async def test_not_ready(polled, desk):
    """Without a snapshot a reader gets a calm line, and an admin in private what mends it."""
    desk.ready = False

    reader = await ask(polled, "Which ferry carried oranges?")
    admin = await ask(polled, "Which ferry carried oranges?", chat=ADMIN.id)
    in_group = await ask(polled, "/ask Which ferry?", chat=GROUP, user=ADMIN)

    assert reader.text == in_group.text == ENGLISH("not-ready")
    assert admin.text == "No snapshot in /home/secret.\nTo mend it: footnote reindex"


async def test_unexpected_failure(polled, desk, caplog):
    """A failure of ours is a calm line with an id that finds in the log where it was, without its words."""
    desk.failure = RuntimeError("index 7 of shelf")

    reply = await ask(polled, "Which ferry carried oranges?")

    error_id = reply.text.removesuffix(")").split()[-1]
    assert "index 7" not in reply.text
    assert f"Error {error_id}" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "shelf_desk.py" in caplog.text
    assert "index 7 of shelf" not in caplog.text


async def test_token_stays_out_of_the_log(desk, caplog):
    """Not even a debug log holds the token."""
    caplog.set_level("DEBUG")
    async with talking(desk) as telegram:
        await ask(telegram, "Which ferry carried oranges?")

    assert caplog.records
    assert telegram.token not in caplog.text


async def test_menus(desk):
    """Everybody gets the menu of commands in their language, and an admin's private chat the admin's."""
    async with talking(desk, menus=True) as telegram:
        menus = await calls(telegram, "setMyCommands", 4 * len(LOCALES))
        await calls(telegram, "setMyShortDescription", len(LOCALES))

    for each in menus:
        is_admins = str(ADMIN.id) in str(each.params["scope"])
        assert ("reindex" in str(each.params["commands"])) == is_admins
    spoken = {str(each.params.get("language_code", "en")) for each in menus}
    assert spoken == set(LOCALES)


async def test_chats_beside_each_other(desk):
    """A chat whose question takes long holds up no other chat."""
    gate = threading.Event()

    class SlowForOne(ShelfDesk):
        def answer(self, query):
            if "slow" in query.text:
                gate.wait(10)
            return super().answer(query)

    async with talking(SlowForOne()) as telegram:
        slow = await telegram.say("Is the ferry slow at dawn?")
        reply = await ask(telegram, "Which ferry carried oranges?", chat=ADMIN.id)
        gate.set()
        await telegram.next_reply(after=slow)

    assert quotations(reply)


async def test_stop_is_quick(desk):
    """A long poll that is under way does not hold up the end."""
    async with asyncio.timeout(3), talking(desk) as telegram:
        await ask(telegram, "/start")
