import json
import stat

import pytest
from newsroom import FERRY, FERRY_LATER, added, forward, labels, link, pressed, send, web
from talk import ask, bolds, calls, quotations, talking, text_of

from bot.simulator import ADMIN, READER, SECOND_READER, PersonsMessage
from bot.simulator.errors import bad_request
from bot.simulator.people import press
from bot.words import ENGLISH
from corpus.lock import writing

# Files


async def test_file_is_previewed(served, newsroom):
    """A file shows its title, first words, size, language and standing, and adds nothing yet."""
    preview = await send(served)

    assert bolds(preview) == ["The ferry to the islands"]
    assert quotations(preview) == ["The ferry left Harbour Street at dawn with a crate of oranges."]
    assert preview.text.endswith("1 passage · English · ferry.txt\nNew: the library does not have it yet.")
    assert labels(preview) == ["Add", "Cancel"]
    assert newsroom.titles() == set()
    await calls(served, "sendMessage")
    shown = ("sendMessage", "editMessageText")
    assert [each.method for each in served.requests if each.method in shown] == list(shown)


async def test_file_is_added(served, newsroom):
    """Add adds it; after a reindex, a press away, it is quoted."""
    done = await added(served)
    await pressed(served, done, "Reindex", "Done: 1 article")
    answer = await ask(served, "Which ferry carried oranges?")

    assert done.text == "ferry.txt\nAdded. It is searched after /reindex."
    assert labels(done) == ["Reindex"]
    assert quotations(answer) == ["The ferry left Harbour Street at dawn with a crate of oranges."]
    assert newsroom.inbox() == []
    assert newsroom.acts() == [("add", "1 added"), ("reindex", "1 new, 0 changed, 0 removed")]
    assert {act.user_id for act in newsroom.last_acts()} == {ADMIN.id}


async def test_next_version(served, newsroom):
    """A file under a known name is offered as a new version, and as an article of its own."""
    await added(served)
    preview = await send(served, content=FERRY_LATER)
    done = await pressed(served, preview, "Replace", "Replaced")

    assert "A new version of “The ferry to the islands”." in preview.text
    assert labels(preview) == ["Replace", "Add as another", "Cancel"]
    assert done.text.endswith("Replaced. The new version is searched after /reindex.")
    assert len(newsroom.texts()) == 1
    assert "at noon" in newsroom.texts().pop()


async def test_another_of_the_same_name(served, newsroom):
    """A file that only happens to have a known name can be added beside the other."""
    await added(served)
    preview = await send(served, content=b"The bridge\n\nEngineers replaced every bolt of the bridge.")
    await pressed(served, preview, "Add as another", "Added")

    assert newsroom.titles() == {"The ferry to the islands", "The bridge"}


async def test_same_words(served):
    """What the library has as it is needs no decision; under another name it says of what it is the same."""
    await added(served)

    again = await send(served)
    other = await send(served, name="copy.txt")

    assert "The library has it already, word for word" in again.text
    assert not again.buttons
    assert "The same words as “The ferry to the islands”." in other.text


async def test_cancel_then_add(served, newsroom):
    """What was cancelled cannot be added any more, even by a button that still shows somewhere."""
    preview = await send(served)
    cancelled = await pressed(served, preview, "Cancel", ENGLISH("cancelled"))
    press(served.world, cancelled, preview.buttons[0], ADMIN)

    answers = await calls(served, "answerCallbackQuery", 2)
    assert answers[1].params["text"] == ENGLISH("sent-expired")
    assert newsroom.titles() == set()
    assert newsroom.inbox() == []


async def test_add_twice(served, newsroom):
    """Add pressed twice adds once."""
    preview = await send(served)
    await served.press(preview, "Add")
    press(served.world, preview, preview.buttons[0], ADMIN)
    answers = await calls(served, "answerCallbackQuery", 2)
    await text_of(served, preview, "Added")

    assert answers[1].params["text"] in (ENGLISH("already-going"), ENGLISH("sent-expired"))
    assert newsroom.acts() == [("add", "1 added")]
    with newsroom.library() as library:
        assert library.count() == 1


async def test_add_after_a_day(served, newsroom):
    """What was not decided about for a day has to be sent again."""
    preview = await send(served)
    for path in (newsroom.path / "inbox").iterdir():
        path.unlink()

    await served.press(preview, "Add")
    [answer] = await calls(served, "answerCallbackQuery")

    assert answer.params["text"] == ENGLISH("sent-expired")
    assert newsroom.titles() == set()


async def test_add_after_a_restart(newsroom):
    """The buttons of a preview work in a process that never showed it."""
    first, second = newsroom.desk(), newsroom.desk()
    async with talking(first, editor=newsroom.editor(first)) as earlier:
        preview = await send(earlier)
    async with talking(second, editor=newsroom.editor(second)) as later:
        later.world.started.add(ADMIN.id)
        kept = later.world.post(preview)
        done = await pressed(later, kept, "Add", "Added")

    assert done.text.endswith("/reindex.")
    assert newsroom.titles() == {"The ferry to the islands"}


async def test_two_admins(served, newsroom):
    """Two admins who send the same file each get a preview, and it is there once."""
    mine, theirs = await send(served), await send(served, chat=SECOND_READER.id)
    await pressed(served, mine, "Add", "Added")
    await pressed(served, theirs, "Add", "Nothing has changed: the library has it already.")

    assert [act.user_id for act in newsroom.last_acts()] == [SECOND_READER.id, ADMIN.id]


async def test_busy(served, newsroom):
    """While another process changes the library that is said calmly, and can be tried again."""
    preview = await send(served)
    with writing(newsroom.path):
        busy = await pressed(served, preview, "Add", ENGLISH("busy"))
    await pressed(served, busy, "Try again", "Added")

    assert labels(busy) == ["Try again", "Cancel"]
    assert newsroom.titles() == {"The ferry to the islands"}


async def test_many_articles(served, newsroom):
    """A file of many articles shows how many and the first titles, and what cannot be read."""
    lines = [
        json.dumps({"id": f"a{n}", "title": f"Title {n}", "text": f"Words of article {n}."}) for n in range(8)
    ]
    preview = await send(served, name="news.jsonl", content="\n".join([*lines, "{broken"]).encode())
    done = await pressed(served, preview, "Add", "Done")

    assert preview.text.startswith("news.jsonl\n8 articles:\n• Title 0\n• Title 1\n")
    assert "and 3 more\n\n8 new.\n\n1 cannot be read: " in preview.text
    assert done.text.startswith("news.jsonl\nDone: 8 new, 1 failed. They are searched after /reindex.")
    assert len(newsroom.titles()) == 8


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.pdf", b"%PDF-1.7\nnothing of the kind", "broken.pdf"),
        ("empty.txt", b"", "empty.txt"),
        ("picture.png", b"\x89PNG\r\n", "picture.png"),
        ("noname", b"words", "noname"),
    ],
)
async def test_unreadable_file(served, newsroom, name, content, reason):
    """A file that cannot be read is told with the reason and what mends it, and not kept."""
    reply = await send(served, name=name, content=content)

    assert reply.text.startswith(reason)
    assert "To mend it: " in reply.text
    assert str(newsroom.path) not in reply.text
    assert not reply.buttons
    assert newsroom.inbox() == []


async def test_file_too_big(served, newsroom):
    """A file that Telegram does not let bots download is told with another way."""
    reply = await send(served, name="big.pdf", content=bytes(21_000_000))

    assert reply.text == ENGLISH("to-mend", problem=ENGLISH("too-big"), remedy=ENGLISH("too-big-remedy"))
    assert newsroom.inbox() == []


async def test_download_fails(served, newsroom):
    """A file that Telegram does not give is told so, and can be sent again."""
    served.refuse("getFile", bad_request("wrong file_id or the file is temporarily unavailable"))
    reply = await send(served)
    again = await send(served)

    assert reply.text == ENGLISH("to-mend", problem=ENGLISH("not-given"), remedy=ENGLISH("not-given-remedy"))
    assert labels(again) == ["Add", "Cancel"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\notes.txt", "notes.txt"),
        ("\u202etxt.ferry\u202c.txt", "txt.ferry.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("<b>&amp;\n.txt", "<b>&amp; .txt"),
    ],
)
async def test_hostile_file_name(served, newsroom, name, shown):
    """Whatever a file is called, its name is a short line in the preview, and none of the inbox's."""
    preview = await send(served, name=name)
    done = await pressed(served, preview, "Add", "Added")

    assert preview.text.splitlines()[-2].endswith(shown)
    assert bolds(done) == [shown]
    assert {path.name for path in newsroom.path.parent.iterdir()} == {"home", "fetched"}


async def test_inbox_is_private(served, newsroom):
    """What waits for a decision can be read by the user who runs the bot alone."""
    await send(served)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (newsroom.path / "inbox").iterdir()}

    assert modes == {0o600}


# Links


async def test_link(served, newsroom):
    """A message that is only a web address is fetched and previewed, and what was seen is added."""
    pages = {"ferry": ("text/plain", FERRY.decode())}
    async with web(pages) as site:
        preview = await link(served, f"{site}/ferry")
        pages["ferry"] = ("text/plain", "Something else that nobody looked at.")
        await pressed(served, preview, "Add", "Added")

    assert bolds(preview) == ["The ferry to the islands"]
    assert f"· {site}/ferry\n" in preview.text
    assert "at dawn" in newsroom.texts().pop()


async def test_corrected_page(served, newsroom):
    """A page that was added and has changed since is offered as a new version, and nothing else."""
    pages = {"ferry": ("text/plain", FERRY.decode())}
    async with web(pages) as site:
        await pressed(served, await link(served, f"{site}/ferry"), "Add", "Added")
        pages["ferry"] = ("text/plain", FERRY_LATER.decode())
        preview = await link(served, f"{site}/ferry?utm_source=x")
        await pressed(served, preview, "Replace", "Replaced")

    assert labels(preview) == ["Replace", "Cancel"]
    assert len(newsroom.texts()) == 1


async def test_missing_page(served, newsroom):
    """A page that is not there is told so, and a question with an address in it is still a question."""
    async with web({}) as site:
        missing = await link(served, f"{site}/nothing")
        question = await ask(served, f"What does {site}/nothing say?", chat=ADMIN.id)

    assert missing.text == f"{site}/nothing is not there (404 or 410).\nTo mend it: check the address"
    assert "there is no snapshot yet" in question.text
    assert newsroom.inbox() == []


# Forwarded posts


async def test_forwarded_post(served, newsroom):
    """A forwarded post keeps its channel, author, date and address, and is known again when it is edited."""
    preview = await forward(served, "Ferry news\n\nThe ferry sails at dawn.")
    await pressed(served, preview, "Add", "Added")
    edited = await forward(served, "Ferry news\n\nThe ferry sails at noon.")

    assert preview.text.startswith(
        "Ferry news\n14 May 2026 · The editors · Harbour News\nThe ferry sails at dawn."
    )
    assert preview.entities[0].url == "https://t.me/harbour_news/42"
    assert labels(edited) == ["Replace", "Cancel"]
    with newsroom.library() as library:
        [stored] = library.current()
    assert stored.metadata.published == "2026-05-14T09:00:00+00:00"
    assert stored.metadata.url == "https://t.me/harbour_news/42"


@pytest.mark.parametrize(
    "origin", [PersonsMessage(READER, 1_778_749_200), PersonsMessage("Hidden", 1_778_749_200)]
)
async def test_forwarded_message(served, newsroom, origin):
    """A person's message can be added too; it names who wrote it."""
    preview = await forward(served, "The ferry sails at dawn, I have seen it myself.", origin)
    await pressed(served, preview, "Add", "Added")

    assert newsroom.texts() == {"The ferry sails at dawn, I have seen it myself."}
    assert ("Nora Lind" if origin.sender is READER else "Hidden") in preview.text


async def test_forwarded_picture(served, newsroom):
    """A forwarded post without words is told that there is nothing to quote."""
    reply = await forward(served, "")

    problem, remedy = ENGLISH("no-words-forwarded"), ENGLISH("no-words-remedy")
    assert reply.text == ENGLISH("to-mend", problem=problem, remedy=remedy)
    assert newsroom.inbox() == []


async def test_edits_are_refused(served, newsroom):
    """A message that cannot be edited is no reason not to add: how it ended is told anew."""
    preview = await send(served)
    served.world.forget(preview)
    press(served.world, preview, preview.buttons[0], ADMIN)

    ending = await served.next_reply(ADMIN.id, after=preview)

    assert ending.text.endswith("Added. It is searched after /reindex.")
    assert newsroom.titles() == {"The ferry to the islands"}
