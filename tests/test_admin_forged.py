"""Everything in an update that a stranger may choose, made to look like an admin's."""

from functools import partial

from newsroom import FERRY
from talk import ask

from bot.simulator import ADMIN, GROUP, READER
from bot.simulator.people import write
from bot.simulator.world import ANONYMOUS, Press

ADMIN_JSON = ADMIN.to_json()
STRANGER_JSON = READER.to_json()
PRIVATE = {"id": ADMIN.id, "type": "private", "first_name": ADMIN.first_name}
ORIGIN = {"type": "user", "sender_user": ADMIN_JSON, "date": 1}
CHANNEL_JSON = {
    "id": -1001000000002,
    "type": "channel",
    "title": ADMIN.first_name,
    "username": ADMIN.username,
}
BOT_JSON = {"id": 55, "is_bot": True, "first_name": "Other", "username": "other_bot"}
NOBODY = object()

# What is changed in a message "/remove ARTICLE" that a stranger writes, by what is tried.
FORGED = {
    "the same name": {"from": {**ADMIN_JSON, "id": READER.id}},
    "the same name in other letters": {"from": {**ADMIN_JSON, "id": READER.id, "username": "аdam_оkoro"}},
    "the id as words": {"from": {**STRANGER_JSON, "id": str(ADMIN.id)}},
    "the id as a fraction": {"from": {**STRANGER_JSON, "id": ADMIN.id + 0.5}},
    "the id of the chat": {"chat": PRIVATE},
    "the id of the chat it is sent in the name of": {"sender_chat": PRIVATE},
    "an admin in the name of a channel": {"from": ADMIN_JSON, "sender_chat": CHANNEL_JSON},
    "a channel called like an admin": {"from": STRANGER_JSON, "sender_chat": CHANNEL_JSON},
    "a post that goes to its group by itself": {"from": ADMIN_JSON, "is_automatic_forward": True},
    "an admin as a bot": {"from": {**ADMIN_JSON, "is_bot": True}},
    "written by another bot, picked by an admin": {"from": ADMIN_JSON, "via_bot": BOT_JSON},
    "nobody wrote it": {"from": NOBODY},
    "nobody, in an admin's chat": {"from": NOBODY, "chat": PRIVATE},
    "forwarded from an admin": {"forward_origin": ORIGIN},
    "forwarded by an admin": {"from": ADMIN_JSON, "forward_origin": {**ORIGIN, "sender_user": STRANGER_JSON}},
    "signed by an admin": {"author_signature": ADMIN.name, "from": STRANGER_JSON},
    "a reply to an admin": {
        "reply_to_message": {"message_id": 1, "date": 1, "chat": PRIVATE, "from": ADMIN_JSON}
    },
    "an admin named in it": {
        "entities": [{"type": "text_mention", "offset": 0, "length": 7, "user": ADMIN_JSON}]
    },
    "a contact that is an admin": {"contact": {"phone_number": "1", "first_name": "A", "user_id": ADMIN.id}},
    "an admin's boosts and business": {"sender_boost_count": 9, "sender_business_bot": ADMIN_JSON},
}
# Kinds of updates, some of which are not even asked for, with a message that an admin may have written.
OTHER_KINDS = ("edited_message", "channel_post", "edited_channel_post", "business_message", "guest_message")


def forge(telegram, kind, text, *, chat, changes):
    """Bring an update whose message is a stranger's but for what is changed."""
    json = telegram.world.post(write(chat, READER, text)).to_json() | changes
    telegram.world.updates.allowed |= {kind}
    telegram.world.put_update(kind, {name: value for name, value in json.items() if value is not NOBODY})


async def told(telegram, chat):
    """All that the bot has said, once it has worked on all that was sent in that chat."""
    last = await telegram.say("/help", chat=chat)
    await telegram.wait_for(partial(_is_answered, telegram, last), timeout_s=60)
    methods = ("sendMessage", "editMessageText", "sendDocument", "answerCallbackQuery", "answerInlineQuery")
    return str([each.params for method in methods for each in telegram.sent(method)])


def _is_answered(telegram, message):
    replied = [each.reply_to for each in telegram.world.messages(message.chat.id) if each.reply_to]
    return message.message_id in [each.message_id for each in replied]


async def test_forged_messages(served, newsroom, tmp_path):
    """Only the id of who wrote it makes an admin of anybody: no name, title, chat, forward or signature."""
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    newsroom.add(str(tmp_path / "ferry.txt"))
    [article_id] = newsroom.ids()
    done = []

    reader, names = telegram_chat(served, READER.id), list(FORGED)
    for some in (names[at : at + 4] for at in range(0, len(names), 4)):  # no more than a chat has places for
        for name in some:
            # In a group the bot may speak twenty times a minute.
            for chat, command in ((reader, "remove"), (reader, "article"), (GROUP, "remove")):
                forge(served, "message", f"/{command} {article_id}", chat=chat, changes=FORGED[name])
        if "islands" in await told(served, reader) or newsroom.titles() != {"The ferry to the islands"}:
            done.append(some)
    assert "islands" not in await told(served, GROUP)
    assert newsroom.titles() == {"The ferry to the islands"}

    await ask(served, "/help", chat=ADMIN.id)
    theirs = telegram_chat(served, ADMIN.id)
    forge(served, "message", f"/remove {article_id}", chat=theirs, changes={"from": ADMIN_JSON})
    await served.wait_for(lambda: newsroom.titles() == set(), timeout_s=60)

    assert done == []
    assert newsroom.acts() == [("remove", "removed")]  # by the last, which is an admin's


async def test_other_updates(served, newsroom, tmp_path):
    """What an admin edits, posts in a channel or types inline is no command."""
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    newsroom.add(str(tmp_path / "ferry.txt"))
    [article_id] = newsroom.ids()

    for kind in OTHER_KINDS:
        forge(
            served,
            kind,
            f"/remove {article_id}",
            chat=telegram_chat(served, ADMIN.id),
            changes={"from": ADMIN_JSON},
        )
    for user in (READER, ADMIN):
        await served.type_inline(f"/remove {article_id}", user=user)
    said = await told(served, GROUP)

    assert "islands" not in said
    assert newsroom.acts() == []
    assert newsroom.titles() == {"The ferry to the islands"}


async def test_forged_presses(served, newsroom, tmp_path):
    """A button does what an admin may only for the id that pressed it, in whosever message it stands."""
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    newsroom.add(str(tmp_path / "ferry.txt"))
    shown = await ask(served, "/reindex", chat=ADMIN.id)
    where = {"message": shown.to_json(), "chat_instance": "1"}

    for sender in (
        STRANGER_JSON,
        {**ADMIN_JSON, "id": READER.id},
        {**ADMIN_JSON, "id": str(ADMIN.id)},
        ANONYMOUS.to_json(),
    ):
        for payload in ("x", "x!", "d:1", "y<000001-20260101T000000", "l:0:"):
            query_id = served.world.add_press(Press(shown, READER))
            press = {"id": query_id, "from": sender, "data": payload, **where}
            served.world.put_update("callback_query", press)
    await told(served, GROUP)

    assert newsroom.acts() == []
    assert newsroom.titles() == {"The ferry to the islands"}
    assert not (newsroom.path / "snapshots").exists()


def telegram_chat(telegram, chat_id):
    """A chat of the simulated Telegram."""
    return telegram.world.chats[chat_id]
