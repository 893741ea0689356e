import asyncio
import itertools
from time import monotonic

import pytest
from talk import ask, talking

from bot import words
from bot.simulator import ADMIN, GROUP
from bot.simulator.errors import bad_request
from bot.simulator.world import ANONYMOUS
from corpus.errors import LibraryError

DONE = "Done: 3 articles, 6 passages. 2 new, 1 changed, 0 removed. 4.2 s."


async def text_of(telegram, message, wanted):
    """The message once it says what is wanted."""

    def find():
        current = telegram.world.message(message.chat.id, message.message_id)
        return current if wanted in current.text else None

    return await telegram.wait_for(find)


async def test_admin_reindexes(telegram):
    """An admin starts a reindex and one message ends with what changed."""
    status = await ask(telegram, "/reindex", chat=ADMIN.id)

    done = await text_of(telegram, status, "Done")

    assert done.text == DONE
    assert len([each for each in telegram.messages(ADMIN.id) if each.sender == telegram.world.bot]) == 1


@pytest.mark.parametrize("user", [None, ANONYMOUS], ids=["member", "anonymous admin"])
async def test_refused_to_others(telegram, desk, user):
    """Nobody else may reindex, not even an admin of the group who writes in its name."""
    private = await ask(telegram, "/reindex")
    in_group = await ask(telegram, "/reindex", chat=GROUP, user=user)

    assert private.text == in_group.text == words.ONLY_ADMINS
    assert not desk.working.is_set()


async def test_answers_meanwhile(telegram, desk):
    """Questions are answered while a reindex runs, in the admin's own chat too."""
    desk.go_on.clear()
    status = await ask(telegram, "/reindex", chat=ADMIN.id)
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
    status = await ask(polled, "/reindex", chat=ADMIN.id)

    second = await ask(polled, "/reindex", chat=GROUP, user=ADMIN)
    desk.go_on.set()

    assert second.text == words.ALREADY_RUNNING
    assert await text_of(polled, status, DONE)


async def test_busy_elsewhere(polled, desk):
    """Where another process writes to the home, the admin is told which."""
    desk.go_on.clear()
    elsewhere = asyncio.create_task(asyncio.to_thread(desk.reindex, lambda progress: None))
    await asyncio.to_thread(desk.working.wait, 10)

    status = await ask(polled, "/reindex", chat=ADMIN.id)

    assert await text_of(polled, status, words.to_mend("Process 41 is building", "wait until it is done"))
    desk.go_on.set()
    await elsewhere


async def test_failure_with_remedy(polled, desk):
    """A reindex that fails tells the admin why and what mends it."""
    desk.failure = LibraryError("The library is damaged: page 7", "footnote restore BACKUP")

    status = await ask(polled, "/reindex", chat=ADMIN.id)

    assert await text_of(
        polled, status, "The library is damaged: page 7.\nTo mend it: footnote restore BACKUP"
    )


async def test_failure_in_a_group(polled, desk):
    """A group is told that it failed, and nothing of how the machine is set up."""
    desk.failure = LibraryError("/srv/footnote/library.db is damaged", "footnote restore BACKUP")

    status = await ask(polled, "/reindex", chat=GROUP, user=ADMIN)

    assert await text_of(polled, status, words.REINDEX_FAILED)


async def test_unexpected_failure(polled, desk, caplog):
    """A failure of ours leaves the old articles answering and an id that is in the log."""
    desk.failure = RuntimeError("no such shelf")

    status = await ask(polled, "/reindex", chat=ADMIN.id)
    apology = await polled.next_reply(ADMIN.id, after=status)

    assert await text_of(polled, status, words.REINDEX_FAILED)
    assert apology.text.removesuffix(")").split()[-1] in caplog.text
    assert "no such shelf" in caplog.text
    desk.failure = None
    assert "forty passengers" in (await ask(polled, "Which ferry carried oranges?")).text


async def test_progress_cannot_be_shown(polled, desk):
    """A refused edit does not stop the work; a status message that is gone is sent anew."""
    desk.go_on.clear()
    polled.refuse("editMessageText", bad_request("message can't be edited"))
    status = await ask(polled, "/reindex", chat=ADMIN.id)
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
        status = await ask(telegram, "/reindex", chat=ADMIN.id)
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
        status = await ask(telegram, "/reindex", chat=ADMIN.id)
        await asyncio.to_thread(desk.working.wait, 10)
        world = telegram.world

    assert world.message(ADMIN.id, status.message_id).text == words.REINDEX_STOPPED
