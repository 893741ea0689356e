"""Where more is asked than is answered, each question takes less, so that all are answered soon."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from bot.workers import Workers
from retrieval.types import Query, Reply

# So many wait for each thread where it takes them in half a second to a second, read in full.
BEHIND = 4


def answer_in_turn(desk: Desk, query: Query, workers: Workers) -> Reply:
    """What the desk answers, in a hurry where many wait; called by the workers once its turn has come."""
    return desk.answer(replace(query, hurried=workers.waiting >= BEHIND * workers.count))
