from newsroom import FERRY, added, forward, send
from talk import ask, calls, talking

from bot import admin_words
from bot.simulator import ADMIN, GROUP, READER
from bot.simulator.people import press
from bot.simulator.types import Button
from bot.words import ENGLISH

# Strangers


async def test_stranger(served, newsroom):
    """What others send is not downloaded, fetched or kept; they get the words that they always got."""
    file = await send(served, chat=READER.id)
    captioned = await send(served, chat=READER.id, caption="Which ferry?")
    post = await forward(served, "The ferry sails at dawn.", chat=READER.id)
    commands = [await ask(served, f"/{name} x") for name in admin_words.COMMANDS]

    assert file.text == ENGLISH("text-only")
    assert captioned.text == post.text == ENGLISH("not-ready")
    assert {each.text for each in commands} == {ENGLISH("only-admins")}
    assert not served.sent("getFile")
    assert newsroom.inbox() == []
    assert newsroom.acts() == []


async def test_stranger_forges_a_button(served, newsroom):
    """A button of an admin's, pressed by somebody else, does nothing."""
    preview = await send(served)
    theirs = await ask(served, "/start")
    for payload in (preview.buttons[0].callback_data, "u:1", "d:1", "l:0:", "x!", "x"):
        press(served.world, theirs, Button("Add", "callback_data", payload), READER)
    answers = await calls(served, "answerCallbackQuery", 6)

    assert {each.params["text"] for each in answers} == {ENGLISH("only-admins")}
    assert newsroom.titles() == set()


async def test_in_a_group(served, newsroom):
    """In a group an admin's commands are kept for the private chat, and a file is nobody's business."""
    listed = await ask(served, "/articles", chat=GROUP, user=ADMIN)
    await served.send_file("ferry.txt", FERRY, chat=GROUP, user=ADMIN)
    last = await ask(served, "/help", chat=GROUP, user=ADMIN)

    assert listed.text == ENGLISH("in-private")
    assert last.text == ENGLISH("help")
    assert not served.sent("getFile")


async def test_help(served):
    """An admin's help names every command of theirs; a reader's names none."""
    admin, reader = await ask(served, "/help", chat=ADMIN.id), await ask(served, "/help")

    assert all(f"/{name}" in admin.text for name in admin_words.COMMANDS)
    assert reader.text == ENGLISH("help")


async def test_forwarded_command(served, newsroom):
    """A command that somebody else wrote is not obeyed because an admin forwards it; it is a post."""
    await added(served)
    [article_id] = newsroom.ids()

    for text in (f"/remove {article_id}", "/reindex", "/watch https://example.org/feed"):
        preview = await forward(served, text)
        assert "Harbour News" in preview.text

    assert newsroom.titles() == {"The ferry to the islands"}
    assert newsroom.acts() == [("add", "1 added")]


async def test_former_admin(newsroom):
    """Whoever is an admin no more cannot use the buttons that they were shown."""
    first, second = newsroom.desk(), newsroom.desk()
    async with talking(first, editor=newsroom.editor(first)) as earlier:
        preview = await send(earlier)
    async with talking(second, editor=newsroom.editor(second), admins=frozenset()) as later:
        later.world.started.add(ADMIN.id)
        await later.press(later.world.post(preview), "Add")
        [answer] = await calls(later, "answerCallbackQuery")

    assert answer.params["text"] == ENGLISH("only-admins")
    assert newsroom.titles() == set()
