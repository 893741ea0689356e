"""Every word the bot says, beside what it quotes."""

from __future__ import annotations

from retrieval.build_types import BuildReport, Changes, Preview, Progress
from retrieval.types import SnapshotInfo

# The limit of a callback answer is 200 characters; the two that appear there are far below it.
EXPIRED = "This has expired. Please ask again."
NOT_READY = "The library is not ready yet. Please try again in a little while."

START = (
    "Hello. I answer questions from a library of articles, with their own words and where they stand, "
    "or I say that they do not hold the answer.\n\n"
    "Just write a question, for example: Who wrote the report?\n\n"
    "/sources shows the articles, /help what else I understand."
)
HELP = (
    "Write a question and I look for the sentences that answer it. Every quotation is word for word from "
    "an article, with its title, outlet, date and a link to the sentence.\n\n"
    "In a group I reply to /ask and a question, to a message that mentions me, and to replies to my "
    "messages; I stay silent otherwise.\n\n"
    "You can go on from your last questions: after one about a ferry, “And for a car?” is understood, "
    "and I say what I searched for. /new starts afresh.\n\n"
    "/ask – ask a question\n"
    "/new – start afresh\n"
    "/sources – the articles I answer from\n"
    "/status – how fresh they are\n"
    "/privacy – what I keep"
)
PRIVACY = (
    "I keep nothing about you for longer than a conversation. Your last three questions, with what I "
    "quoted first, stay in memory so that you can go on from them, and are forgotten ten minutes after "
    "the last; /new forgets them at once. Nothing you write is stored or written to a log. In groups I "
    "act on messages addressed to me and on no others, and whoever replies to an answer of mine goes on "
    "from the question it answered. The articles are searched on the machine I run on, and questions "
    "leave it for no one. What the people who run me send to be added is kept for a day until they decide, "
    "and a line for each change they make, with their id, for 400 days. "
    "Telegram itself keeps this conversation by its own rules."
)

NEW = "Your next question is read on its own. What would you like to know?"
ASK_SOMETHING = "What would you like to know? Write your question after /ask or beside my name."
EMPTY_QUESTION = "There is no question in that. Write it in words, for example: Who wrote the report?"
NO_WORDS = "I understand questions in words only. What would you like to know?"
TEXT_ONLY = "I understand text only. Please write your question as a message."
UNKNOWN_COMMAND = "I do not know that command. /help shows what I understand."

ONLY_ADMINS = "Only the people who run this bot can do that."
ALREADY_RUNNING = "A reindex is already running. Questions are answered from the present articles meanwhile."
REINDEX_STARTS = "Reindexing. Questions are answered from the present articles meanwhile."
REINDEX_STOPPED = "Reindexing was stopped with the bot. Nothing has changed; send /reindex again later."
REINDEX_LOSES = (
    "Nothing was reindexed: many articles are gone at once, and whoever runs me has to say that it is meant. "
    "The articles answer as before."
)
REINDEX_FAILED = "Reindexing failed. The articles answer as before."

NOT_AVAILABLE = "I cannot look that up right now. Please try again later."

SEARCHED_FOR = "Searched for:"
RELATED_HEADING = "Not an answer. What comes closest:"
GONE = "gone at its source"
UNTITLED = "Untitled article"
READ_IN_PLACE = "read it in place"
ALSO_IN = "Also in"
# So many articles of each kind are named that a reindex would take in; the others are counted.
MAX_PREVIEWED = 20
# So many articles are named that tell the same as a quotation; the others are counted.
MAX_ALSO_IN = 5
QUOTATION_CUT = "The quotation goes on in the article."
AROUND = "Context"
BACK = "Back"
NEWER = "← Newer"
OLDER = "Older →"
NO_ARTICLES = "There are no articles yet."

COMMANDS = {
    "ask": "Ask a question",
    "new": "Start afresh",
    "sources": "The articles I answer from",
    "status": "How fresh they are",
    "help": "What I understand",
    "privacy": "What I keep",
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def too_long(n_chars: int, max_chars: int) -> str:
    """For a question that no one needs to be that long."""
    return f"That question has {n_chars:,} characters. Please ask it in at most {max_chars:,}."


def unexpected(error_id: str) -> str:
    """For a failure of ours; the id finds it in the log."""
    return f"Something went wrong on my side. Please try again. (Error {error_id})"


def to_mend(message: str, remedy: str) -> str:
    """For the person who can mend it."""
    return f"{message}.\nTo mend it: {remedy}"


def not_found(snapshot: SnapshotInfo) -> str:
    """The verdict when the articles do not hold the answer."""
    newest = f", newest {day(snapshot.newest)}" if snapshot.newest else ""
    return f"Not in these articles. Searched {count(snapshot.articles, 'article')}{newest}."


def searched_for(searched: str) -> str:
    """Said where a question was read together with earlier ones."""
    return f"{SEARCHED_FOR} {searched}"


def and_more(number: int) -> str:
    """What stands after a list that goes on."""
    return f"and {number:,} more"


def freshness(snapshot: SnapshotInfo) -> str:
    """What stands under every answer."""
    newest = f" · newest {day(snapshot.newest)}" if snapshot.newest else ""
    return f"{count(snapshot.articles, 'article')}{newest}"


def status(snapshot: SnapshotInfo) -> str:
    """What the bot answers from at present."""
    passages = count(snapshot.passages, "passage")
    return f"Ready. {freshness(snapshot)} · {passages}.\nIndexed {moment(snapshot.built_at)}."


def articles_heading(first: int, last: int, total: int) -> str:
    """What stands above a page of the list of articles."""
    return f"Articles {first:,}–{last:,} of {total:,}, newest first:"


def progress(at: Progress) -> str:
    """How far a reindex has come."""
    if not at.total:
        return f"Reindexing: {at.stage}…"
    percent = 100 * min(at.done, at.total) // at.total
    return f"Reindexing: {at.stage}, {at.done:,} of {at.total:,} ({percent}%)"


def reindexed(report: BuildReport) -> str:
    """What a reindex changed."""
    holds = f"{count(report.snapshot.articles, 'article')}, {count(report.snapshot.passages, 'passage')}"
    if not report.built:
        return f"Done: {holds}. Nothing has changed."
    return f"Done: {holds}. {changed(report.changes)}. {report.seconds:.1f} s."


def pending(changes: Changes) -> str:
    """What a reindex would change."""
    return f"A reindex would take in: {changed(changes)}."


def previewed(preview: Preview) -> str:
    """The same, with the titles of the first articles of each kind, and why it would be refused."""
    lines = [pending(preview.changes)]
    kinds = ("+", preview.added), ("~", preview.updated), ("−", preview.removed)
    for sign, articles in kinds:
        shown = articles[:MAX_PREVIEWED]
        lines += [f"{sign} {article.metadata.title or UNTITLED}  ({article.id})" for article in shown]
        lines += [f"{sign} {and_more(len(articles) - len(shown))}"] if len(articles) > len(shown) else []
    return "\n".join([*lines, *([preview.refusal] if preview.refusal else [])])


def changed(changes: Changes) -> str:
    """How many articles are new, changed and gone."""
    return f"{changes.added:,} new, {changes.updated:,} changed, {changes.removed:,} removed"


def count(number: int, noun: str) -> str:
    """``1 article``, ``1,204 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(iso: str) -> str:
    """``14 May 2026`` of an ISO 8601 date or date and time; as much as there is of a shorter one."""
    year, _, rest = iso[:10].partition("-")
    month, _, date = rest.partition("-")
    if not (month.isdecimal() and 1 <= int(month) <= 12):
        return year
    named = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(date)} {named}" if date.isdecimal() else named


def moment(iso: str) -> str:
    """``14 May 2026, 09:30 UTC`` of an ISO 8601 moment in UTC."""
    clock = iso[11:16]
    return f"{day(iso)}, {clock} UTC" if clock else day(iso)
