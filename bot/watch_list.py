"""A watch as the command line shows it."""

from __future__ import annotations

from bot.interval import interval_words
from bot.question import tidy
from bot.words import ENGLISH
from corpus.watches import Watch

_POLICIES = {"mark": "marks what is gone", "keep": "keeps what is gone", "remove": "removes what is gone"}


def watch_json(watch: Watch) -> dict[str, object]:
    """A watch as the object that `footnote watch --json` prints."""
    return {
        "source": watch.source,
        "every_s": watch.every_s,
        "policy": watch.policy,
        "articles": watch.n_articles,
        "added": watch.added_utc,
        "tried": watch.tried_utc,
        "succeeded": watch.succeeded_utc,
        "due": watch.due_utc().isoformat(),
        "failures": watch.failures,
        "problem": watch.problem,
        "alarm": watch.alarm,
    }


def watch_text(watch: Watch) -> str:
    """A watch for reading: what, how often, how it went, and below what is wrong."""
    read = f"read {ENGLISH.moment(watch.succeeded_utc)}" if watch.succeeded_utc else "not read yet"
    n_articles = ENGLISH.articles(watch.n_articles)
    lines = [
        tidy(watch.source),
        f"  every {interval_words(watch.every_s)} · {_POLICIES[watch.policy]} · {n_articles} · {read}",
    ]
    if watch.alarm:
        lines.append(f"  ALARM: {tidy(watch.alarm)}")
    if watch.problem:
        lines.append(f"  failed {watch.failures:,} times in a row: {tidy(watch.problem)}")
    return "\n".join(lines)
