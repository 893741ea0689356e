import asyncio
import http.client
import json
import logging
from contextlib import closing

import pytest
from command import logging_as_before
from newsroom import ADMINS
from talk import ask, free_port, talking

from bot import logs
from bot.config import ConfigError, load_config
from bot.errors import log_poll_error
from bot.handled import Handled
from bot.health import health_of
from bot.in_hand import InHand
from bot.intake import Intake
from bot.last_reindex import LastReindex
from bot.logged import about
from bot.monitoring import monitored
from bot.progress import StoppedError
from bot.reach import BREAK_S, Reach
from bot.standing import Standing
from bot.workers import Workers
from corpus.errors import Busy


@pytest.fixture(autouse=True)
def _as_before():
    """Leave logging as it was, and log what a bot logs."""
    with logging_as_before():
        logs.set_up(serving=True)
        yield


def standing_of(desk, reach):
    """How things stand with a bot that does nothing."""
    return Standing(desk, Workers(2), Intake(), InHand(Handled()), reach)


def reached():
    """Telegram, reached just now."""
    reach = Reach()
    reach.reached()
    return reach


async def get(port, path, method="GET"):
    """A page: its status, and what it says."""

    def call():
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request(method, path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    return await asyncio.to_thread(call)


async def test_alive_and_ready(room):
    """A bot with a snapshot that has reached Telegram is alive and ready."""
    port = free_port()
    async with monitored("127.0.0.1", port, standing_of(room.desk(), reached())):
        alive, ready = await get(port, "/health"), await get(port, "/ready")
        other, posted = await get(port, "/"), await get(port, "/metrics", "POST")

    assert (alive[0], json.loads(alive[1])) == (200, {"status": "alive"})
    assert (ready[0], json.loads(ready[1])) == (200, {"status": "ready", "problems": {}})
    assert (other[0], posted[0]) == (404, 405)


async def test_not_ready(newsroom):
    """Without a snapshot and without Telegram it is alive, and says why it is not ready."""
    port, reach = free_port(), Reach()
    async with monitored("127.0.0.1", port, standing_of(newsroom.desk(), reach)):
        alive, (status, told) = await get(port, "/health"), await get(port, "/ready")

    assert (alive[0], status) == (200, 503)
    problems = json.loads(told)["problems"]
    assert "there is no snapshot yet" in problems["snapshot"]
    assert problems["telegram"] == "Telegram was not reached yet"


def test_a_break():
    """A short break is none; a longer one is told with its reason, until Telegram answers again."""
    now = [0.0]
    reach = Reach(lambda: now[0])
    reach.reached()
    reach.failed("TimedOut")
    now[0] = BREAK_S - 1
    short = reach.problem
    reach.failed("HTTP 401")
    now[0] = BREAK_S + 5

    assert short is None
    assert reach.problem == "Telegram is not reached for 65 s (HTTP 401)"
    reach.reached()
    assert reach.problem is None


async def test_numbers(room):
    """Questions are counted by verdict and timed by stage, problems by event; how things stand is there."""
    port, desk = free_port(), room.desk()
    async with (
        monitored("127.0.0.1", port, standing_of(desk, reached())),
        talking(desk, editor=room.editor(desk), admins=ADMINS, home=room.path) as telegram,
    ):
        await ask(telegram, "Which ferry carried oranges?")
        await ask(telegram, "Who won the 2018 World Cup final?")
        logging.getLogger("bot.throttle").info("flood", extra=about("flood", wait_s=2.5))
        log_poll_error(TimeoutError())
        status, text = 0, ""
        while 'what="asked"} 2.0' not in text:  # the reply is there before the line about it
            status, text = await get(port, "/metrics")

    assert status == 200
    lines = text.splitlines()
    for wanted in (
        'footnote_counted_total{what="asked"} 2.0',
        'footnote_question_seconds_count{kind="message"} 2.0',
        'footnote_stage_seconds_count{stage="encode"}',
        'footnote_stage_seconds_count{stage="search"}',
        'footnote_stage_seconds_count{stage="verify"}',
        'footnote_stage_seconds_count{stage="send"}',
        "footnote_update_lag_seconds_count 2.0",
        "footnote_floods_total 1.0",
        "footnote_flood_wait_seconds_total 2.5",
        'footnote_problems_total{event="log_poll_error",level="warning"} 1.0',
        "footnote_snapshot_articles 2.0",
        "footnote_snapshot_bytes ",
        "footnote_home_free_bytes ",
        "footnote_questions_waiting 0.0",
        "footnote_updates_waiting 0.0",
        "footnote_updates_refused 0.0",
        "process_resident_memory_bytes ",
    ):
        assert [line for line in lines if line.startswith(wanted)], wanted
    assert "oranges" not in text


async def test_labels_are_bounded(room):
    """However many names there were, so many series and no more are made of them."""
    port = free_port()
    async with monitored("127.0.0.1", port, standing_of(room.desk(), reached())):
        for number in range(300):
            logging.getLogger("bot.app").warning("odd", extra=about(f"odd{number}"))
        _, text = await get(port, "/metrics")

    assert text.count("footnote_problems_total{") == 101
    assert 'footnote_problems_total{event="other",level="warning"} 200.0' in text


@pytest.mark.parametrize(
    ("raised", "outcome"), [(None, "done"), (StoppedError, "stopped"), (ValueError, "failed"), (Busy, None)]
)
def test_last_reindex(raised, outcome):
    """How the last reindex ended is known; one that found another at work was none."""
    last = LastReindex()
    try:
        with last.noted():
            if raised:
                raise raised("no", "wait") if raised is Busy else raised
    except (StoppedError, ValueError, Busy):
        pass

    assert (last.ended and last.ended[1]) == outcome


async def test_health_command(room, monkeypatch):
    """`footnote health` says in a line, and by its exit code, what the bot says of itself."""
    port = free_port()
    config = load_config(home=room.path, environ={"FOOTNOTE_METRICS_LISTEN": f"0.0.0.0:{port}"}, flags={})
    reach = Reach()
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    async with monitored("127.0.0.1", port, standing_of(room.desk(), reach)):
        alive = await asyncio.to_thread(health_of, config, ready=False)
        ready = await asyncio.to_thread(health_of, config, ready=True)
    gone = health_of(config, ready=False)

    assert alive == (True, "alive")
    assert ready == (False, "not ready; telegram: Telegram was not reached yet")
    assert gone == (False, f"nothing answers on 0.0.0.0:{port} (ConnectionRefusedError)")


def test_health_of_a_silent_bot(footnote):
    """Where nothing is set up to tell it, the setting is named."""
    ran = footnote("health")

    assert ran.code == 2
    assert "FOOTNOTE_METRICS_LISTEN" in ran.err


async def test_port_taken(room):
    """A port that something else listens on is named."""
    port = free_port()
    async with monitored("127.0.0.1", port, standing_of(room.desk(), reached())):
        with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with monitored("127.0.0.1", port, standing_of(room.desk(), reached())):
                pass
