"""What is watched is read again while the bot serves."""

import asyncio

import pytest

from bot.schedule import Schedule
from bot.words import ENGLISH
from corpus.library import Library
from corpus.lock import writing
from corpus.watch import watch


class Scheduled:
    """The schedule of a newsroom, and what it told the admins."""

    def __init__(self, newsroom):
        self.told = []
        self.stop = asyncio.Event()
        self.desk = newsroom.desk()
        self._schedule = Schedule(newsroom.config, self.desk, self._tell)

    async def _tell(self, problem):
        self.told.append(problem(ENGLISH).html)

    async def look(self):
        """Look once for what is due."""
        await self._schedule.look(self.stop)


@pytest.fixture
def scheduled(newsroom):
    """Its schedule, at which nobody has looked yet."""
    return Scheduled(newsroom)


@pytest.fixture
def folder(newsroom, tmp_path):
    """A folder with an article, watched, always due, and never read."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.md").write_text("# The ferry\n\nThe ferry carried forty oranges.")
    with writing(newsroom.path), Library.open(newsroom.path / "library.db") as library:
        watch(library, str(folder), every_s=0, policy="mark")
    return folder


async def test_what_is_due_is_read_and_searched(scheduled, folder):
    """A watched folder is read when it is due, and what is new is searched without anybody asking."""
    await scheduled.look()
    (folder / "pier.md").write_text("# The pier\n\nThe pier was mended in June.")
    await scheduled.look()

    assert scheduled.desk.info().articles == 2
    assert scheduled.told == []


async def test_an_alarm_is_told_once(scheduled, folder):
    """A folder that is suddenly empty keeps its articles, and the admins hear of it once."""
    await scheduled.look()
    (folder / "ferry.md").unlink()
    await scheduled.look()
    await scheduled.look()

    assert len(scheduled.told) == 1
    assert str(folder) in scheduled.told[0]
    assert scheduled.desk.info().articles == 1


async def test_nothing_is_read_while_another_process_writes(newsroom, scheduled, folder):
    """Whoever changes the home at that moment goes first; it is due at the next look too."""
    with writing(newsroom.path):
        await scheduled.look()
    await scheduled.look()

    assert scheduled.told == []
    assert scheduled.desk.info().articles == 1


async def test_a_home_without_a_library_has_nothing_due(newsroom, scheduled):
    """Looking makes nothing where there is nothing."""
    await scheduled.look()

    assert scheduled.told == []
    assert not newsroom.path.exists()


async def test_it_ends_with_the_bot(scheduled, folder):
    """Once the bot stops, nothing more is read."""
    scheduled.stop.set()

    async with asyncio.timeout(30):
        await scheduled._schedule.run(scheduled.stop)

    assert scheduled.told == []
