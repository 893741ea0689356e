import asyncio
import itertools
from time import monotonic

import pytest
from shelf_editor import ShelfEditor
from talk import ADMINS, ask, calls, talking, text_of

from bot.simulator import ADMIN, GROUP, READER, SECOND_READER
from bot.simulator.errors import bad_request
from bot.simulator.world import ANONYMOUS
from bot.words import ENGLISH
from corpus.errors import LibraryError
from corpus.types import Metadata
from retrieval.build_types import Preview
from retrieval.errors import LossError
from retrieval.types import Article

DONE = "Done: 3 articles, 6 passages. 2 new, 1 changed, 0 removed. 4.2 s."


async def reindexing(telegram, **where):
    """A reindex that was asked for and agreed to: the message that says how it goes."""
    where.setdefault("chat", ADMIN.id)
    asked = await ask(telegram, "/reindex", **where)
    await telegram.press(asked, "Reindex", user=ADMIN)
    return asked


async def test_admin_reindexes(telegram):
    """An admin starts a reindex and one message ends with what changed."""
    status = await reindexing(telegram)

    done = await text_of(telegram, status, "Done")

    assert done.text == DONE
    assert [button.text for button in done.buttons] == [ENGLISH("roll-back")]
    assert len([each for each in telegram.messages(ADMIN.id) if each.sender == telegram.world.bot]) == 1


async def test_figures_first(polled, desk):
    """Before anything happens the admin sees what would change, and may leave it."""
    asked = await ask(polled, "/reindex", chat=ADMIN.id)
    await polled.press(asked, "Cancel")

    cancelled = await polled.next_edit(asked)

    assert asked.text.splitlines() == [
        "A reindex would take in: 2 new, 1 changed, 0 removed.",
        "+ Ferry <3 & oranges",
        "+ The bridge",
        "~ Bread",
    ]
    assert [button.text for button in asked.buttons] == ["Reindex", "Cancel"]
    assert cancelled.text == ENGLISH("reindex-cancelled")
    assert not cancelled.buttons
    assert not desk.working.is_set()


@pytest.mark.parametrize(
    ("in_order", "text", "buttons"),
    [(True, ENGLISH("nothing-changed"), []), (False, ENGLISH("other-settings"), ["Reindex", "Cancel"])],
)
async def test_nothing_changed(desk, in_order, text, buttons):
    """Where no article has changed that is said at once, and a reindex offered only if settings have."""
    editor = ShelfEditor(desk)
    editor.found, editor.in_order = Preview((), (), (), None), in_order
    async with talking(desk, editor=editor) as telegram:
        reply = await ask(telegram, "/reindex", chat=ADMIN.id)

    assert reply.text == text
    assert [button.text for button in reply.buttons] == buttons


async def test_large_loss(desk):
    """A reindex that would lose many articles is done only when an admin says that it is meant."""
    editor = ShelfEditor(desk)
    lost = tuple(Article(f"a{number}", Metadata(f"Title {number}")) for number in range(9))
    editor.found = Preview((), (), lost, refusal="too many")
    async with talking(desk, editor=editor) as telegram:
        asked = await ask(telegram, "/reindex", chat=ADMIN.id)
        await telegram.press(asked, "Reindex anyway")
        await text_of(telegram, asked, DONE)

    assert asked.text.splitlines()[-3:] == [
        "− Title 4",
        "− and 4 more",
        "It would lose 9 articles, more at once than is done without asking. Is that meant?",
    ]
    assert editor.asked == [(ADMIN.id, True)]


async def test_loss_noticed_late(polled, desk):
    """A loss that came about after the figures were shown stops the reindex, and can be agreed to."""
    desk.failure = LossError("9 of 12", "footnote reindex --force")
    status = await text_of(polled, await reindexing(polled), ENGLISH("reindex-loses"))
    desk.failure = None

    await polled.press(status, "Reindex anyway")

    assert await text_of(polled, status, DONE)


async def test_stranger_presses(polled, desk):
    """Somebody else in the group who presses the admin's button is told no, and nothing happens."""
    asked = await ask(polled, "/reindex", chat=GROUP, user=ADMIN)
    await polled.press(asked, "Reindex", user=READER)

    [answer] = await calls(polled, "answerCallbackQuery")

    assert answer.params["text"] == ENGLISH("only-admins")
    assert not desk.working.is_set()


async def test_two_admins(desk):
    """Of two admins who press at the same time one reindexes, and the other is told so."""
    desk.go_on.clear()
    async with talking(desk, admins=ADMINS | {SECOND_READER.id}) as telegram:
        first = await ask(telegram, "/reindex", chat=ADMIN.id)
        second = await ask(telegram, "/reindex", chat=SECOND_READER.id)
        await telegram.press(first, "Reindex")
        await text_of(telegram, first, "0 of 4")
        await telegram.press(second, "Reindex")
        answers = await calls(telegram, "answerCallbackQuery", 2)
        desk.go_on.set()
        await text_of(telegram, first, DONE)

    assert answers[1].params["text"] == ENGLISH("already-running")


@pytest.mark.parametrize("user", [None, ANONYMOUS], ids=["member", "anonymous admin"])
async def test_refused_to_others(telegram, desk, user):
    """Nobody else may reindex, not even an admin of the group who writes in its name."""
    private = await ask(telegram, "/reindex")
    in_group = await ask(telegram, "/reindex", chat=GROUP, user=user)

    assert private.text == in_group.text == ENGLISH("only-admins")
    assert not desk.working.is_set()


async def test_answers_meanwhile(telegram, desk):
    """Questions are answered while a reindex runs, in the admin's own chat too."""
    desk.go_on.clear()
    status = await reindexing(telegram)
    await text_of(telegram, status, "0 of 4 (0%)")

    reader = await ask(telegram, "Which ferry carried oranges?")
    admin = await ask(telegram, "Which ferry carried oranges?", chat=ADMIN.id)
    desk.go_on.set()

    assert "forty passengers" in reader.text
    assert "forty passengers" in admin.text
    assert await text_of(telegram, status, DONE)


async def test_one_at_a_time(polled, desk):
    """A second reindex is told that one is running, and the first goes on."""
    desk.go_on.clear()
    status = await text_of(polled, await reindexing(polled), ENGLISH("reindex-starts"))

    second = await ask(polled, "/reindex", chat=GROUP, user=ADMIN)
    desk.go_on.set()

    assert second.text == ENGLISH("already-running")
    assert await text_of(polled, status, DONE)


async def test_busy_elsewhere(polled, desk):
    """Where another process writes to the home, the admin is told to wait."""
    desk.go_on.clear()
    elsewhere = asyncio.create_task(asyncio.to_thread(desk.reindex, lambda progress: None))
    await asyncio.to_thread(desk.working.wait, 10)

    status = await reindexing(polled)

    assert await text_of(polled, status, ENGLISH("busy"))
    desk.go_on.set()
    await elsewhere


async def test_failure_with_remedy(polled, desk):
    """A reindex that fails tells the admin why and what mends it."""
    desk.failure = LibraryError("The library is damaged: page 7", "footnote restore BACKUP")

    status = await reindexing(polled)

    assert await text_of(
        polled, status, "The library is damaged: page 7.\nTo mend it: footnote restore BACKUP"
    )


async def test_failure_in_a_group(polled, desk):
    """A group is told that it failed, and nothing of how the machine is set up."""
    desk.failure = LibraryError("/srv/footnote/library.db is damaged", "footnote restore BACKUP")

    status = await reindexing(polled, chat=GROUP, user=ADMIN)

    assert await text_of(polled, status, ENGLISH("reindex-failed"))


async def test_unexpected_failure(polled, desk, caplog):
    """A failure of ours leaves the old articles answering and an id that is in the log."""
    desk.failure = RuntimeError("no such shelf")

    status = await reindexing(polled)
    apology = await polled.next_reply(ADMIN.id, after=status)

    assert await text_of(polled, status, ENGLISH("reindex-failed"))
    assert apology.text.removesuffix(")").split()[-1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "no such shelf" not in caplog.text
    desk.failure = None
    assert "forty passengers" in (await ask(polled, "Which ferry carried oranges?")).text


async def test_progress_cannot_be_shown(polled, desk):
    """A refused edit does not stop the work; a status message that is gone is sent anew."""
    desk.go_on.clear()
    polled.refuse("editMessageText", bad_request("message can't be edited"))
    status = await reindexing(polled)
    await polled.wait_for(lambda: polled.sent("editMessageText"))
    polled.world.forget(status)
    desk.go_on.set()

    ending = await polled.next_reply(ADMIN.id, after=status)

    assert ending.text == DONE


async def test_pace_of_edits(desk):
    """Edits of the progress keep their distance, the last one included."""
    every_s, moments = 0.6, []
    async with talking(desk, edit_every_s=every_s) as telegram:
        telegram.world.watchers.append(lambda event: event.kind == "edited" and moments.append(monotonic()))
        desk.go_on.clear()
        status = await reindexing(telegram)
        await text_of(telegram, status, "0 of 4")
        desk.go_on.set()
        await text_of(telegram, status, DONE)

    assert len(moments) >= 2
    # The server sees an edit a little after it was sent.
    assert all(later - earlier >= every_s / 2 for earlier, later in itertools.pairwise(moments))


async def test_stopped_with_the_bot(desk):
    """A bot that is stopped abandons its reindex, says so, and ends at once."""
    desk.steps = 1_000_000
    async with talking(desk) as telegram:
        status = await reindexing(telegram)
        await asyncio.to_thread(desk.working.wait, 10)
        world = telegram.world

    assert world.message(ADMIN.id, status.message_id).text == ENGLISH("reindex-stopped")
