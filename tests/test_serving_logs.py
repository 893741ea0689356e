import asyncio
import io
import json
import logging
import threading

import pytest
from command import logging_as_before
from talk import ask, talking
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot import logs, tracing
from bot.logged import about, words_of
from bot.simulator import ADMIN, GROUP, READER
from bot.simulator.errors import bad_request
from bot.simulator.types import User
from corpus.errors import LibraryError, UnreadableSource
from retrieval.errors import SnapshotError

# What somebody might write to break a log or to be found in it.
HOSTILE = 'Xanthippe \n{"level": "CRITICAL"} \u202e %s %(name)s {0} \x1b[31m <b>'
MARKS = ("Xanthippe", '{"level": "CRITICAL"}', "\u202e", "\x1b")
TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abc-0"
SOMEBODY = User(5_234_567_891, "Xanthippe", "Quay")


@pytest.fixture(params=["text", "json"])
def written(request):
    """What a serving bot has written so far, in either form; every line of JSON is read."""
    stream = io.StringIO()

    def read():
        if request.param == "json":
            for line in stream.getvalue().splitlines():
                assert {"time", "level", "module", "event", "message"} <= json.loads(line).keys()
        return stream.getvalue()

    with logging_as_before():
        logs.set_up(serving=True, form=request.param)
        logging.getLogger().handlers[-1].setStream(stream)
        yield read


def clean(text):
    """Whether nothing of what was written is in it."""
    return [each for each in (*MARKS, TOKEN, "ABCDEFGH", str(SOMEBODY.id), "-100123456") if each in text]


def failing(error):
    """The same error as it is caught, with another one below it."""
    try:
        try:
            raise KeyError(HOSTILE)
        except KeyError as cause:
            raise error from cause
    except Exception as caught:  # noqa: BLE001 - whichever is tried
        return caught


@pytest.mark.parametrize(
    "error",
    [
        ValueError(HOSTILE),
        BadRequest(HOSTILE),
        BadRequest(f"Can't parse entities: unsupported start tag {HOSTILE}"),
        Forbidden(f"bot was blocked by the user {HOSTILE}"),
        ChatMigrated(-100123456),
        NetworkError(f"httpx.ConnectError: https://api.telegram.org/bot{TOKEN}/getMe {HOSTILE}"),
        UnreadableSource(HOSTILE, "add another", source="a.txt"),
        OSError(2, "No such file", HOSTILE),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_words_of_an_exception(written, error):
    """Whatever an exception says, its kind is logged and where it came from, by us and by other programs."""
    caught = failing(error)
    logging.getLogger("bot.app").error("It failed: %s", caught, exc_info=caught)
    logging.getLogger("tornado.application").error("Uncaught %s\n%r", HOSTILE, caught, exc_info=caught)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: {caught!r}")

    text = written()

    assert clean(text) == []
    assert text.count(type(error).__name__) >= 3
    assert "KeyError" in text
    assert "test_serving_logs.py" in text


def test_what_an_operator_needs(written):
    """What is wrong with the home, and what Telegram says where it tells something, stays."""
    log = logging.getLogger("bot.app")
    log.warning("%s", SnapshotError("snapshot 3 is damaged", "footnote reindex"))
    log.warning("%s", LibraryError("library.db is damaged", "restore it"))
    log.warning("%s", BadRequest("Message to edit not found"))
    log.warning("%s", NetworkError("httpx.ReadError: "))

    text = written()

    for wanted in ("snapshot 3 is damaged", "library.db is damaged", "message to edit not found"):
        assert wanted in text
    assert "httpx.ReadError" in text


def test_a_thread_that_ends(written):
    """A thread that ends by an error is logged as all else."""

    def end():
        raise ValueError(HOSTILE)

    with logs.failures_logged():
        thread = threading.Thread(target=end)
        thread.start()
        thread.join()

    text = written()
    assert clean(text) == []
    assert "a thread ended by an error" in text


def test_the_end(written):
    """What ends the program is logged the same, and its exit code says so."""
    with pytest.raises(SystemExit) as ended, logs.failures_logged():
        raise ValueError(HOSTILE)

    assert ended.value.code == 1
    assert clean(written()) == []


async def test_one_id(written):
    """All that is logged of an update, in threads too, has its id; two have two."""
    log = logging.getLogger("retrieval.search")

    async def work():
        with tracing.tracing("message") as trace:
            await asyncio.to_thread(log.info, "searched")
            return trace.id

    ids = await asyncio.gather(work(), work())
    log.info("of no update")

    lines = written().splitlines()
    assert [each in line for each, line in zip(ids, lines, strict=False)] == [True, True]
    assert len(set(ids)) == 2
    assert "id" not in lines[2].partition("of no update")[2]


def test_facts(capsys):
    """A line of JSON names its event and holds the facts under their names."""
    with logging_as_before():
        logs.set_up(serving=True, form="json")
        logging.getLogger("bot.throttle").info("flood", extra=about("flood", wait_s=3.5))

    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["module"], line["event"], line["wait_s"]) == (
        "INFO",
        "bot.throttle",
        "flood",
        3.5,
    )


async def test_nothing_of_a_message(written, desk):
    """Whatever people write and however it fails, nothing of it is logged, nor who they are."""
    group = f"/ask {HOSTILE}"
    async with talking(desk) as telegram:
        private = telegram.world.add_user(SOMEBODY)
        asked = await telegram.say(f"Which ferry? {HOSTILE}", chat=private, user=SOMEBODY)
        await telegram.next_reply(private, after=asked)
        await ask(telegram, group, chat=GROUP, user=READER)
        await ask(telegram, f"/remove {HOSTILE}", chat=ADMIN.id)
        await ask(telegram, f"/source {HOSTILE}", chat=private, user=SOMEBODY)
        desk.failure = RuntimeError(HOSTILE)
        failed = await ask(telegram, HOSTILE, chat=private, user=SOMEBODY)
        desk.failure = None
        telegram.refuse("sendMessage", bad_request(f"chat not found: {HOSTILE}"))
        await ask(telegram, f"Which ferry? {HOSTILE}", chat=private, user=SOMEBODY)

    text = written()
    assert clean(text) == []
    assert telegram.token not in text
    assert failed.text.removesuffix(")").split()[-1] in text  # the id that the reader was told
    assert "asked" in text


@pytest.mark.parametrize("odd", ["", "x" * 10_000, HOSTILE, "httpx.", "message is not modified" + HOSTILE])
def test_telegram_in_few_words(odd):
    """What Telegram says is told in words that are known beforehand."""
    said = words_of(BadRequest(odd))

    assert len(said) < 60
    assert clean(said) == []
