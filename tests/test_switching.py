"""From the chat a reindex is given up, timed, and gone back from, and nothing holds up the chat meanwhile."""

import asyncio
import queue
import threading
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hashing_encoder import HashingEncoder
from newsroom import ADMINS, FERRY_LATER, added, labels, link, pressed, send
from talk import ask, calls, quotations, talking, text_of
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.admin import AdminConversation
from bot.admin_buttons import Reindex, write_admin_press
from bot.app import Handling, at_work, connect
from bot.door import Door
from bot.editor import SentPreview, Taken
from bot.errors import error_handler
from bot.group_rules import ANYWHERE
from bot.home_desk import HomeDesk
from bot.intake import Intake
from bot.limits import Limits
from bot.preferences import Preferences
from bot.processor import Turns
from bot.records import records_of
from bot.simulator import ADMIN, READER, SECOND_READER, Simulator
from bot.simulator.people import press
from bot.words import ENGLISH
from retrieval.build_types import BuildReport, Changes, Preview, Progress
from retrieval.types import SnapshotInfo


class GatedEncoder(HashingEncoder):
    """Reads passages only while its gate is open."""

    def __init__(self):
        super().__init__()
        self.gate, self.waiting = threading.Event(), threading.Event()
        self.gate.set()

    def encode(self, texts, role):
        """See `Encoder`."""
        if role == "passage" and not self.gate.is_set():
            self.waiting.set()
            assert self.gate.wait(20)
        return super().encode(texts, role)


def serving(newsroom, encoder=None, **how):
    """A simulated Telegram with the bot of that home at work."""
    desk = HomeDesk(newsroom.config, encoder or HashingEncoder())
    return talking(desk, editor=newsroom.editor(desk), admins=ADMINS, **how)


async def reindexed(telegram, **sent):
    """Add a file and reindex: the message that says what changed."""
    return await pressed(telegram, await added(telegram, **sent), "Reindex", "Done: ")


# Giving up


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_given_up(newsroom, by):
    """Any admin stops a reindex: the present snapshot goes on answering and nothing half is left."""
    encoder = GatedEncoder()
    async with serving(newsroom, encoder, by=by) as telegram:
        await reindexed(telegram)
        before = newsroom.snapshots()
        added_later = await added(telegram, content=FERRY_LATER)
        encoder.gate.clear()
        await telegram.press(added_later, "Reindex")
        status = await text_of(telegram, added_later, "Reindexing")
        await asyncio.to_thread(encoder.waiting.wait, 10)
        press(telegram.world, status, status.buttons[0], SECOND_READER)
        await telegram.wait_for(
            lambda: any(
                each.params.get("text") == ENGLISH("stopping")
                for each in telegram.sent("answerCallbackQuery")
            )
        )
        encoder.gate.set()
        ended = await text_of(telegram, added_later, ENGLISH("reindex-given-up"))
        answer = await ask(telegram, "Which ferry carried oranges?")

    assert labels(status) == ["Cancel"]
    assert not ended.buttons
    assert "at dawn" in quotations(answer)[0]
    assert newsroom.snapshots() == before
    assert newsroom.acts()[-1] == ("reindex", "stopped")


async def test_nothing_to_stop(polled):
    """A Cancel pressed after the reindex has ended says so and changes nothing; strangers are told no."""
    asked = await ask(polled, "/reindex", chat=ADMIN.id)
    await polled.press(asked, "Reindex")
    done = await text_of(polled, asked, "Done")
    stop = replace(asked.buttons[0], value=write_admin_press(Reindex("stop")))
    for user in (ADMIN, READER):
        press(polled.world, done, stop, user)
    answers = await calls(polled, "answerCallbackQuery", 3)

    told = {each.params["text"] for each in answers if "text" in each.params}
    assert told == {ENGLISH("not-running"), ENGLISH("only-admins")}


# The time left


class SteppedEditor:
    """Reindexes as far as it is told to."""

    def __init__(self):
        self.steps = queue.Queue()

    def preview(self):
        """See `Editor`."""
        return Preview((), (), (), None), False

    def reindex(self, *, by, force, on_progress):
        """See `Editor`."""
        for step in iter(lambda: self.steps.get(timeout=20), None):
            on_progress(step)
        info = SnapshotInfo("000001-20261126T000000", "2026-11-26T00:00:00Z", 4, 4, None)
        return BuildReport(info, Changes(4, 0, 0), embedded=4, reused=0, seconds=60.0)

    def receive_file(self, name, content, media_type):
        """See `Editor`."""
        return SentPreview("0" * 12, name, (), (), n_articles=100)

    def is_kept(self, sent_id):
        """See `Editor`."""
        return True

    def prune(self):
        """See `Editor`."""

    def add(self, sent_id, *, by, apart, on_progress):
        """See `Editor`."""
        for step in iter(lambda: self.steps.get(timeout=20), None):
            on_progress(step)
        return Taken("news.jsonl", {"added": 100})


async def nothing_first(bot):
    """Nothing is to be done when the bot begins."""


@asynccontextmanager
async def administrating(editor, clock):
    """A simulated Telegram with a bot that only admins talk to, by another clock."""
    async with Simulator() as telegram, AsyncExitStack() as stack:
        admin = AdminConversation(editor, admins=ADMINS, edit_every_s=0.0, clock=clock)
        records = records_of(Path(stack.enter_context(TemporaryDirectory())))
        words = Preferences(records.languages, records.chats).words
        turns = Turns(Door(Limits(ANYWHERE), ADMINS, words), Intake())
        application = connect(
            Handling(turns, {0: admin.handlers()}, error_handler(ADMINS, words)),
            records=records,
            token=telegram.token,
            api_url=telegram.url,
            admins=ADMINS,
            first=nothing_first,
        )
        async with at_work(application):
            try:
                yield telegram
            finally:
                editor.steps.put(None)


async def test_time_left():
    """A reindex tells its stage, how far it is, and from a moment on how long it will take."""
    now, editor = [0.0], SteppedEditor()
    async with administrating(editor, lambda: now[0]) as telegram:
        asked = await ask(telegram, "/reindex", chat=ADMIN.id)
        await telegram.press(asked, "Reindex")
        editor.steps.put(Progress("loading the encoder", 0, 0))
        loading = await text_of(telegram, asked, "loading the encoder")
        editor.steps.put(Progress("embedding", 0, 1_000))
        first = await text_of(telegram, asked, "embedding, 0 of 1,000 (0%)")
        now[0] = 10.0
        editor.steps.put(Progress("embedding", 10, 1_000))
        second = await text_of(telegram, asked, "Time left")
        editor.steps.put(None)
        done = await text_of(telegram, asked, "Done")

    assert loading.text == "Reindexing: loading the encoder…"
    assert first.text == "Reindexing: embedding, 0 of 1,000 (0%)"
    assert second.text == "Reindexing: embedding, 10 of 1,000 (1%)\nTime left: 16 min"
    assert labels(second) == ["Cancel"]
    assert labels(done) == ["Roll back"]


async def test_time_left_for_adding():
    """Adding many articles tells how many of how many, and from a moment on how long it will take."""
    now, editor = [0.0], SteppedEditor()
    async with administrating(editor, lambda: now[0]) as telegram:
        preview = await send(telegram, name="news.jsonl")
        await telegram.press(preview, "Add")
        editor.steps.put(Progress("adding", 1, 0))
        first = await text_of(telegram, preview, "Adding")
        now[0] = 10.0
        editor.steps.put(Progress("adding", 11, 0))
        second = await text_of(telegram, preview, "Time left")
        editor.steps.put(None)
        await text_of(telegram, preview, "Done: 100 new")

    assert first.text == "Adding… 1 of 100 articles."
    assert second.text == "Adding… 11 of 100 articles.\nTime left: 1 min"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (59.4, "59 s"), (59.6, "1 min"), (3_570, "1 h 0 min"), (5_400, "1 h 30 min")],
)
def test_spans(seconds, said):
    """A length of time is told no finer than somebody who waits for it has to know."""
    assert ENGLISH.span(seconds) == said


# The way back


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_rolled_back(newsroom, by):
    """Roll back answers from the snapshot before, and says from when it is and how much it holds."""
    async with serving(newsroom, by=by) as telegram:
        await reindexed(telegram)
        done = await reindexed(telegram, content=FERRY_LATER)
        back = await pressed(telegram, done, "Roll back", "Rolled back")
        answer = await ask(telegram, "Which ferry carried oranges?")
        press(telegram.world, done, done.buttons[0], ADMIN)
        again = await calls(telegram, "answerCallbackQuery", len(telegram.sent("answerCallbackQuery")) + 1)

    older, newer = newsroom.snapshots()
    assert back.text.endswith(" UTC: 1 article.")
    assert not back.buttons
    assert "at dawn" in quotations(answer)[0]
    assert newsroom.acts()[-2:] == [
        ("rollback", f"back to {older}"),
        ("rollback", f"failed: snapshot {newer} does not answer any more"),
    ]
    assert again[-1].params["text"].startswith("Another index answers by now")


async def test_rolled_back_after_a_restart(newsroom):
    """The button works in a process that never showed it."""
    async with serving(newsroom) as earlier:
        await reindexed(earlier)
        done = await reindexed(earlier, content=FERRY_LATER)
    async with serving(newsroom) as later:
        later.world.started.add(ADMIN.id)
        back = await pressed(later, later.world.post(done), "Roll back", "Rolled back")

    assert back.text.startswith("Rolled back. Answering again from the articles as they were indexed on ")


async def test_nothing_to_go_back_to(newsroom):
    """The first snapshot has none before it, which is said, and it goes on answering."""
    async with serving(newsroom) as telegram:
        done = await reindexed(telegram)
        await telegram.press(done, "Roll back")
        answers = await telegram.wait_for(
            lambda: [each for each in telegram.sent("answerCallbackQuery") if "text" in each.params]
        )
        answer = await ask(telegram, "Which ferry carried oranges?")

    assert answers[-1].params["text"] == ENGLISH("nothing-before")
    assert quotations(answer)


# What takes long to look at


@asynccontextmanager
async def slow_site(wanted, go_on):
    """A site whose pages come only once they may."""

    class Page(RequestHandler):
        async def get(self, path):
            wanted.set()
            await go_on.wait()
            self.set_header("Content-Type", "text/plain")
            self.finish("The heron\n\nA heron stood on the pier all day.")

    [listening] = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([("/(.*)", Page)], log_function=lambda handler: None))
    server.add_socket(listening)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        go_on.set()
        server.stop()
        await server.close_all_connections()


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_slow_link(newsroom, by):
    """While a slow page is fetched the admin's chat goes on; the preview replaces the waiting words."""
    wanted, go_on = asyncio.Event(), asyncio.Event()
    async with serving(newsroom, by=by) as telegram, slow_site(wanted, go_on) as site:
        looking = await ask(telegram, f"{site}/heron", chat=ADMIN.id)
        await wanted.wait()
        meanwhile = await ask(telegram, "/articles", chat=ADMIN.id)
        file = await send(telegram)
        go_on.set()
        preview = await text_of(telegram, looking, "The heron")
        await pressed(telegram, preview, "Add", "Added")

    assert looking.text == ENGLISH("looking")
    assert meanwhile.text == ENGLISH("no-articles-sent")
    assert labels(file) == labels(preview) == ["Add", "Cancel"]
    assert newsroom.titles() == {"The heron"}


async def test_the_waiting_words_are_gone(newsroom):
    """Where the message that waits was deleted the preview comes as one of its own."""
    wanted, go_on = asyncio.Event(), asyncio.Event()
    async with serving(newsroom) as telegram, slow_site(wanted, go_on) as site:
        looking = await ask(telegram, f"{site}/heron", chat=ADMIN.id)
        telegram.world.forget(looking)
        go_on.set()
        preview = await telegram.next_reply(ADMIN.id, after=looking)

    assert labels(preview) == ["Add", "Cancel"]


async def test_a_bare_link_is_looked_at(newsroom):
    """A link that answers at once leads to one message, the preview."""
    wanted, go_on = asyncio.Event(), asyncio.Event()
    go_on.set()
    async with serving(newsroom) as telegram, slow_site(wanted, go_on) as site:
        preview = await link(telegram, f"{site}/heron")
        ours = [each for each in telegram.messages(ADMIN.id) if each.sender == telegram.world.bot]

    assert labels(preview) == ["Add", "Cancel"]
    assert len(ours) == 1
