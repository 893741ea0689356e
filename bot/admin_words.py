"""What the bot says to the people who run it, where a message has to be chosen or put together."""

from __future__ import annotations

from collections.abc import Mapping

from bot.editor import Fate, SentPreview, Taken
from bot.progress import Reached
from bot.words import Words
from corpus.errors import Busy, FootnoteError
from corpus.watches import Watch
from retrieval.smoke import Failing

COMMANDS = ("articles", "article", "remove", "watch", "unwatch", "refresh", "reindex", "gaps", "stats")

_FATES: tuple[Fate, ...] = ("added", "updated", "unchanged", "duplicate", "failed")
_UNKNOWN_LANGUAGE = "und"
# A catalogue takes no value of more than 2,500 characters.
_TITLE_CHARS, _QUESTION_CHARS = 80, 200
_DAY_S, _HOUR_S, _MINUTE_S = 86_400, 3_600, 60


def to_mend(say: Words, problem: FootnoteError) -> str:
    """What is wrong, and what mends it, for the person who can."""
    if isinstance(problem, Busy):
        return say("busy")
    return say("to-mend", problem=problem.message, remedy=problem.remedy)


def language(say: Words, code: str) -> str:
    """The name of a language; its code where it is a rare one."""
    from babel import Locale, UnknownLocaleError

    if code == _UNKNOWN_LANGUAGE:
        return say("language-unclear")
    try:
        return Locale.parse(code).get_language_name(say.language) or code
    except (UnknownLocaleError, ValueError):
        return code


def titled(say: Words, title: str, published: str | None) -> str:
    """An article by its title, in quotation marks, and its day."""
    title = title or say("untitled")
    if not published:
        return say("quoted-title", title=title)
    return say("dated-title", title=title, day=say.day(published))


def is_near(say: Words, titles: list[str]) -> str:
    """Of an article that says nearly the same as others."""
    return say("is-near", articles=say.listed(say("quoted-title", title=title) for title in titles))


def compared(say: Words, preview: SentPreview) -> str:
    """What adding a source of several articles would do; empty where none was compared."""
    counts: dict[Fate, int] = {}
    for glimpse in preview.glimpses:
        counts[glimpse.status] = counts.get(glimpse.status, 0) + 1
    if not counts:
        return ""
    shown, told = len(preview.glimpses), fates(say, counts)
    return say("of-the-first", number=shown, fates=told) if shown < preview.n_articles else f"{told}."


def fates(say: Words, counts: Mapping[Fate, int]) -> str:
    """How many articles met each fate."""
    known = [say(f"fate-{fate}", number=counts[fate]) for fate in _FATES if counts.get(fate)]
    return say.listed(known) or say("nothing-new")


def taken(say: Words, outcome: Taken) -> str:
    """What became of what was added."""
    found = {fate: number for fate, number in outcome.counts.items() if number}
    if sum(found.values()) > 1 or "failed" in found or not found:
        return say("taken-searched-later" if outcome.n_changed else "taken", fates=fates(say, found))
    [fate] = found
    return say(f"one-{fate}")


def refreshed(say: Words, outcome: Taken) -> str:
    """What became of something that is watched, in one line without its name."""
    gone = [say("fate-gone", number=outcome.n_gone)] if outcome.n_gone else []
    return say.listed([fates(say, outcome.counts), *gone])


def listing(say: Words, words: str, *, first: int, last: int, total: int) -> str:
    """What stands above a page of the list of articles."""
    if not words:
        return say("articles-heading", first=first, last=last, total=total)
    return say("articles-with", words=words, first=first, last=last, total=total)


def seen(say: Words, first_utc: str, last_utc: str) -> str:
    """When a version was seen."""
    if first_utc == last_utc:
        return say.moment(first_utc)
    return say("seen-between", first=say.moment(first_utc), last=say.moment(last_utc))


def source(say: Words, origin: str, last_seen_utc: str, *, gone: bool, watched: bool) -> str:
    """What gives an article, and how it went there."""
    state = "gone" if gone else "watched" if watched else "seen"
    return say(f"source-{state}", origin=origin, moment=say.moment(last_seen_utc))


def often(say: Words, seconds: int) -> str:
    """How often, by a length of time in one unit."""
    for unit, length_s in (("every-days", _DAY_S), ("every-hours", _HOUR_S)):
        if seconds % length_s == 0:
            return say(unit, number=seconds // length_s)
    return say("every-minutes", number=seconds // _MINUTE_S)


def watch(say: Words, watched: Watch) -> str:
    """How often something is read and how it went."""
    every, articles = often(say, watched.every_s), say.articles(watched.n_articles)
    if not watched.succeeded_utc:
        return say("watch-unread", often=every, articles=articles)
    return say("watch-read", often=every, articles=articles, moment=say.moment(watched.succeeded_utc))


def watch_trouble(say: Words, watched: Watch, reason: str) -> str:
    """What is wrong with something that is watched."""
    if watched.alarm:
        return say("watch-alarm", reason=reason)
    return say("watch-failed", times=watched.failures, reason=reason)


def overdue(say: Words, watched: Watch) -> str:
    """Of something that is watched and was not read in time."""
    message = "overdue" if watched.succeeded_utc else "overdue-unread"
    moment = say.moment(watched.succeeded_utc or watched.added_utc)
    return say(message, source=watched.source, moment=moment, often=often(say, watched.every_s))


def overdue_everything(say: Words, since_utc: str, days: int) -> str:
    """That nothing at all was refreshed for longer than it should be."""
    return say("overdue-everything", moment=say.moment(since_utc), days=days)


def adding(say: Words, reached: Reached) -> str:
    """How far adding has come."""
    at = reached.at
    if not at.total:
        return say("adding", number=at.done)
    return say.with_time_left(say("adding-of", number=at.done, total=at.total), reached.left_s)


def reading_progress(say: Words, reached: Reached) -> str:
    """How far reading has come."""
    return say("reading-progress", number=reached.at.done)


def failing(say: Words, failed: Failing) -> str:
    """What a smoke question got instead of its answer."""
    got = say(f"smoke-{failed.verdict}", title=failed.title[:_TITLE_CHARS] or say("untitled"))
    return say("smoke-got", question=failed.asked.question[:_QUESTION_CHARS], got=got)
