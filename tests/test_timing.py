import asyncio
import threading
import time

from retrieval.timing import collected, timed


def test_nobody_wants_to_know():
    """Where nobody collects, timing changes nothing and keeps nothing."""
    with timed("search"):
        pass

    with collected() as seconds:
        pass
    assert seconds == {}


def test_stages_add_up():
    """A stage that is gone through twice has the time of both, also where it fails."""
    with collected() as seconds:
        for _ in range(2):
            try:
                with timed("search"):
                    time.sleep(0.01)
                    raise ValueError
            except ValueError:
                continue

    assert seconds.keys() == {"search"}
    assert seconds["search"] >= 0.02


async def test_each_question_has_its_own():
    """What worker threads do for a question is its own, however many are answered beside it."""
    together = threading.Barrier(2)

    def work(stage):
        with timed(stage):
            together.wait(10)

    async def question(stage):
        with collected() as seconds:
            await asyncio.to_thread(work, stage)
        return seconds.keys()

    assert await asyncio.gather(question("encode"), question("read")) == [{"encode"}, {"read"}]
