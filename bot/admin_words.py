"""Every word the bot says to the people who run it, beside what it quotes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.editor import Fate, SentPreview, Taken
from bot.interval import interval_words
from bot.words import UNTITLED, count, day, moment
from corpus.watches import Watch
from retrieval.build_types import Preview, Progress

COMMANDS = {
    "articles": "List articles, or those with some words in the title",
    "article": "Everything about one article",
    "remove": "Take an article out",
    "watch": "Read a feed or page again and again",
    "unwatch": "Stop watching it",
    "refresh": "Read what is watched now",
    "reindex": "Take in new and changed articles",
}
HELP = (
    "As one of the people who run me you can also send me a file, a link, or a post forwarded from a "
    "channel. I show what it is, and you decide whether it is added.\n\n"
    "/articles – all articles; with words after it, those with the words in their titles\n"
    "/article ID – its versions and where it comes from\n"
    "/remove ID – take it out; that can be undone\n"
    "/watch – what is watched; /watch ADDRESS 6h reads a feed, a sitemap or a page every six hours\n"
    "/unwatch ADDRESS – watch it no longer\n"
    "/refresh – read everything that is watched now\n"
    "/reindex – let new and changed articles be found"
)

IN_PRIVATE = "I do that in our private chat only."
BUSY = (
    "Somebody else is changing the library at this moment. Questions are answered meanwhile; "
    "please try again a little later."
)
STOPPED = "This was stopped with the bot. What was done until then is kept; please do it again for the rest."
FAILED = "Something went wrong on my side, and this was not finished."

ADD = "Add"
REPLACE = "Replace"
ADD_APART = "Add as another"
TRY_AGAIN = "Try again"
CANCEL = "Cancel"
REINDEX = "Reindex"
REINDEX_ANYWAY = "Reindex anyway"
REMOVE = "Remove"
UNDO = "Undo"
PREVIOUS = "← Back"
NEXT = "More →"

ADDING = "Adding…"
CANCELLED = "Cancelled. Nothing was added."
SENT_EXPIRED = (
    "This is not kept any more: it was added or cancelled, or a day has passed. Please send it again."
)
ALREADY_GOING = "That is being done already."
TOO_BIG = "This file is too big: Telegram lets bots download at most 20 MB"
TOO_BIG_REMEDY = "put it on the machine I run on and run footnote add FILE, or send a link to it"
NOT_GIVEN = "Telegram did not give me this file"
NOT_GIVEN_REMEDY = "send it again in a little while"
NO_WORDS_FORWARDED = "That post has no words, so there is nothing to quote"
NO_WORDS_REMEDY = "forward a post with text, or send a file or a link"

NO_SUCH_ARTICLE = "There is no such article. /articles lists them with their ids."
NAME_AN_ARTICLE = "Which one? Write its id or address after the command. /articles lists them with their ids."
NO_ARTICLES = "There are no articles yet. Send me a file or a link."
NO_MATCH = "No title has these words."
ONE_OF_THEM = "/article and an id shows one of them."
IS_BACK = "It is there again. It is searched after /reindex if there was one since."
NOT_REMOVED = "There is nothing to undo: the article is there."
WAS_REMOVED = "Removed. Its versions are kept, so that quotations of it can still be checked."

NOTHING_WATCHED = "Nothing is watched. /watch ADDRESS begins with a feed, a sitemap or a page."
WATCHED = "Watched:"
HOW_TO_WATCH = "Write an address and how often, like this: /watch https://example.org/feed.xml 6h"
HOW_OFTEN = "How often is written like 30m, 6h or 1d: /watch https://example.org/feed.xml 6h"
NAME_WHAT_TO_UNWATCH = "Which one? Write its address after the command. /watch lists what is watched."
NOT_WATCHED = "That is not watched. /watch lists what is."

NOTHING_CHANGED = "Nothing has changed since the last reindex."
OTHER_SETTINGS = "No article has changed, but the last reindex was made with other settings."
REINDEX_CANCELLED = "Cancelled. Nothing was reindexed."

_LANGUAGES = {
    "ar": "Arabic",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "ta": "Tamil",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
_FATES: dict[Fate, str] = {
    "added": "new",
    "updated": "changed",
    "unchanged": "there already",
    "duplicate": "the same words as others",
    "failed": "failed",
}


def language(code: str) -> str:
    """The name of a language; its code where it is a rare one."""
    return "language unclear" if code == "und" else _LANGUAGES.get(code, code)


def is_new() -> str:
    """Of an article that the library does not have."""
    return "New: the library does not have it yet."


def is_version_of(title: str, published: str | None) -> str:
    """Of an article that the library has in another version."""
    return f"A new version of {_named(title, published)}."


def is_there(title: str, published: str | None) -> str:
    """Of an article that the library has as it is."""
    return f"The library has it already, word for word: {_named(title, published)}."


def has_same_words(title: str, published: str | None) -> str:
    """Of an article whose words the library has from another source."""
    return f"The same words as {_named(title, published)}. Adding it notes one more source of them."


def is_near(titles: list[str]) -> str:
    """Of an article that says nearly the same as others."""
    return f"Nearly the same: {', '.join(f'“{title or UNTITLED}”' for title in titles)}."


def holds(preview: SentPreview) -> str:
    """What stands above the list of what a source of several articles holds."""
    articles = [count(preview.n_articles, "article")] if preview.n_articles else []
    pages = [f"{count(preview.n_links, 'page')} to fetch"] if preview.n_links else []
    return f"{' and '.join(articles + pages)}:"


def compared(preview: SentPreview) -> str:
    """What adding a source of several articles would do; empty where none was compared."""
    counts: dict[Fate, int] = {}
    for glimpse in preview.glimpses:
        counts[glimpse.status] = counts.get(glimpse.status, 0) + 1
    if not counts:
        return ""
    shown = len(preview.glimpses)
    of = f"Of the first {shown:,}: " if shown < preview.n_articles else ""
    return f"{of}{fates(counts)}."


def unread(preview: SentPreview, reason: str) -> str:
    """How much of a source cannot be read, and why the first of it cannot."""
    return f"{preview.n_problems:,} cannot be read: {reason}"


def fates(counts: Mapping[Fate, int]) -> str:
    """How many articles met each fate."""
    known = [f"{counts[fate]:,} {word}" for fate, word in _FATES.items() if counts.get(fate)]
    return ", ".join(known) or "nothing new"


def taken(outcome: Taken) -> str:
    """What became of what was added."""
    found = {fate: number for fate, number in outcome.counts.items() if number}
    if sum(found.values()) > 1 or "failed" in found or not found:
        after = " They are searched after /reindex." if outcome.n_changed else ""
        return f"Done: {fates(found)}.{after}"
    [fate] = found
    return {
        "added": "Added. It is searched after /reindex.",
        "updated": "Replaced. The new version is searched after /reindex.",
        "unchanged": "Nothing has changed: the library has it already.",
        "duplicate": "The library has the same words already; one more source of them is noted.",
    }[fate]


def adding(at: Progress) -> str:
    """How far adding has come."""
    return f"{ADDING} {count(at.done, 'article')} so far." if at.done else ADDING


def listing(words: str, *, first: int, last: int, total: int) -> str:
    """What stands above a page of the list of articles."""
    which = f"Articles with “{words}”" if words else "Articles"
    return f"{which} {first:,}–{last:,} of {total:,}, newest first:"


def removed() -> str:
    """Of an article that was just taken out."""
    return "Removed. It is found until the next /reindex."


def gone_since(moment_utc: str) -> str:
    """Of an article that its sources do not have any more."""
    return f"Gone at its source since {moment(moment_utc)}."


def versions(number: int) -> str:
    """What stands above the versions of an article."""
    return f"{count(number, 'version')}, newest first:"


def seen(first_utc: str, last_utc: str) -> str:
    """When a version was seen."""
    return moment(first_utc) if first_utc == last_utc else f"{moment(first_utc)} to {moment(last_utc)}"


def source(origin: str, last_seen_utc: str, *, gone: bool, watched: bool) -> str:
    """What gives an article, and how it went there."""
    state = "gone" if gone else "watched" if watched else ""
    return " · ".join(part for part in (origin, f"seen {moment(last_seen_utc)}", state) if part)


def watch(watched: Watch) -> str:
    """How often something is read and how it went."""
    read = f"read {moment(watched.succeeded_utc)}" if watched.succeeded_utc else "not read yet"
    return f"every {interval_words(watched.every_s)} · {count(watched.n_articles, 'article')} · {read}"


def watch_trouble(watched: Watch, reason: str) -> str:
    """What is wrong with something that is watched."""
    if watched.alarm:
        return f"Alarm: {reason}"
    return f"Failed {count(watched.failures, 'time')} in a row: {reason}"


def watching(name: str, every_s: int) -> str:
    """Of something that is watched from now on."""
    return f"Watching {name}, every {interval_words(every_s)}."


def unwatched(name: str) -> str:
    """Of something that is watched no longer."""
    return f"{name} is watched no longer. Its articles stay."


def reading(number: int) -> str:
    """Said while what is watched is read."""
    return f"Reading {count(number, 'watched source')}. Questions are answered meanwhile."


def reading_progress(at: Progress) -> str:
    """How far reading has come."""
    return f"Reading what is watched: {count(at.done, 'article')} so far."


def refreshed(outcome: Taken) -> str:
    """What became of something that is watched, in one line without its name."""
    gone = f", {outcome.n_gone:,} gone" if outcome.n_gone else ""
    return f"{fates(outcome.counts)}{gone}"


def would_lose(preview: Preview) -> str:
    """Why a reindex is not simply done."""
    gone = count(len(preview.removed), "article")
    return f"It would lose {gone}, more at once than is done unasked. Is that meant?"


def _named(title: str, published: str | None) -> str:
    when = f" ({day(published)})" if published else ""
    return f"“{title or UNTITLED}”{when}"
