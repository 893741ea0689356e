import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hashing_encoder import HashingEncoder
from newsroom import FERRY, SETTINGS, Newsroom
from talk import ask, talking

from bot.config import load_config
from bot.home_desk import HomeDesk
from bot.schedule import Schedule
from bot.staleness import StaleSnapshot, staleness
from bot.words import ENGLISH
from corpus.fetched import Validators
from corpus.library import Library
from corpus.lock import writing
from corpus.watches import Watch
from retrieval.manifest import Manifest

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def watch(*, every=6 * HOUR, added=NOW - 1000 * HOUR, succeeded=None):
    """Something that is watched."""
    return Watch(
        source="https://example.org/feed",
        every_s=int(every.total_seconds()),
        policy="mark",
        added_utc=added.isoformat(),
        tried_utc=None,
        succeeded_utc=succeeded.isoformat() if succeeded else None,
        failures=0,
        problem=None,
        alarm=None,
        validators=Validators(),
        n_articles=0,
    )


@pytest.mark.parametrize(
    ("hours_ago", "is_overdue"),
    [(1, False), (12, False), (12.1, True), (500, True)],
)
def test_overdue(hours_ago, is_overdue):
    """What is watched is overdue once it was not read for twice as long as it should have been."""
    watched = watch(succeeded=NOW - hours_ago * HOUR)

    stale = staleness((watched,), NOW.isoformat(), now=NOW, after_days=None)

    assert (stale is not None) == is_overdue
    if stale:
        assert (stale.since_utc, stale.overdue) == (watched.succeeded_utc, (watched,))


def test_never_read():
    """What was never read is overdue as well, after as long a time; within the hour nothing is."""
    new, old = watch(added=NOW - HOUR), watch(added=NOW - 13 * HOUR)
    often = watch(every=timedelta(0), succeeded=NOW - 0.9 * HOUR)

    assert staleness((new, often), None, now=NOW, after_days=None) is None
    assert staleness((new, old), None, now=NOW, after_days=None).overdue == (old,)


@pytest.mark.parametrize(
    ("after_days", "days_ago", "is_stale"),
    [(None, 400, False), (7, 6.9, False), (7, 7.1, True)],
)
def test_nothing_is_refreshed(after_days, days_ago, is_stale):
    """Where a number of days is set, everything is stale after so many without a new snapshot."""
    built_at = (NOW - timedelta(days=days_ago)).isoformat()

    assert (staleness((), built_at, now=NOW, after_days=after_days) is not None) == is_stale


def test_a_reading_that_changes_nothing():
    """A successful reading that gave nothing new is as good as a new snapshot."""
    built_at = (NOW - timedelta(days=30)).isoformat()

    assert staleness((watch(succeeded=NOW - HOUR),), built_at, now=NOW, after_days=7) is None
    assert staleness((), None, now=NOW, after_days=7) is None


@pytest.fixture
def overdue(newsroom: Newsroom, tmp_path):
    """A newsroom in which a folder is watched that was last read on 3 May 2020."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_bytes(FERRY)
    newsroom.watch(str(folder))
    newsroom.desk().reindex()
    last_read(newsroom, "2020-05-03T10:00:00+00:00")
    return newsroom


def last_read(newsroom, moment):
    """Let everything that is watched have been read at that moment."""
    with writing(newsroom.path), Library.open(newsroom.path / "library.db") as library:
        for watched in library.watches():
            with library.watching() as table:
                table.succeed(watched.source, watched.validators, moment)
                table.fail(watched.source, "it does not answer", datetime.now(UTC).isoformat())


async def test_readers_see_it(overdue):
    """Under every answer stands since when the articles were not refreshed as they should have been."""
    desk = overdue.desk()
    async with talking(desk, editor=overdue.editor(desk), home=overdue.path) as telegram:
        answer = await ask(telegram, "Which ferry left Harbour Street?")
        status = await ask(telegram, "/status")

    assert answer.text.splitlines()[-1] == "1 article · not refreshed since 3 May 2020"
    assert "not refreshed since 3 May 2020" in status.text


async def test_admins_are_told_once(overdue):
    """Admins hear of what is overdue once until it is over, and again when it comes back."""
    told = []

    async def tell(problem):
        told.append(problem(ENGLISH))

    stop, schedule = asyncio.Event(), Schedule(overdue.config, overdue.desk(), tell)
    await schedule.look(stop)
    await schedule.look(stop)
    assert [ENGLISH.day("2020-05-03") in each.html for each in told] == [True]
    last_read(overdue, datetime.now(UTC).isoformat())
    await schedule.look(stop)
    last_read(overdue, "2021-05-03T10:00:00+00:00")
    await schedule.look(stop)

    assert [ENGLISH.day("2021-05-03") in each.html for each in told] == [False, True]
    assert "/refresh" in told[0].html


async def test_a_setting(newsroom: Newsroom, tmp_path):
    """Of a library that nothing is watched for, readers and admins are told when the set days are over."""
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    newsroom.add(str(tmp_path / "ferry.txt"))
    desk = newsroom.desk()
    folder = newsroom.path / "snapshots" / desk.reindex().snapshot.id
    manifest = Manifest.read(folder)
    replace(manifest, info=replace(manifest.info, built_at="2020-05-03T10:00:00+00:00")).write(folder)
    told = []

    async def tell(problem):
        told.append(problem(ENGLISH))

    config = load_config(home=newsroom.path, environ={}, flags={**SETTINGS, "stale_after_days": 7})
    await Schedule(config, desk, tell).look(asyncio.Event())

    assert not isinstance(newsroom.desk().info(), StaleSnapshot)
    assert HomeDesk(config, HashingEncoder()).info().stale_since == "2020-05-03T10:00:00+00:00"
    assert ["7 days" in each.html for each in told] == [True]
