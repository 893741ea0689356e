"""What readers say of an answer: whether it helped, why not, and what they wish the editors to know."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.buttons import (
    AskDifferently,
    CastVote,
    Fault,
    GiveReason,
    Quoted,
    ReportExcerpt,
    ShowClosest,
    TellEditors,
)
from bot.desk import Desk
from bot.gaps import TooMany
from bot.keyboards import Voted, answer_rows, rows_of
from bot.question import objection
from bot.records import Records
from bot.reports import Complaint, Filed, Reach
from bot.sending import acknowledge, replace_buttons
from bot.votes import Reason, Vote
from bot.words import Words
from bot.workers import Workers

FeedbackPress = CastVote | GiveReason | ReportExcerpt | TellEditors


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed.

    Args:
        say: In the reader's language.
        press: By whom, to be acknowledged.
        message: What it stands under.
        question: What the message answers; empty where that is gone.
    """

    say: Words
    press: CallbackQuery
    message: Message
    question: str

    async def show(self, quoted: Quoted, *, voted: Voted, fault: Fault | None = None) -> None:
        """Show under the answer how far the reader has come."""
        rows = answer_rows(self.say, quoted, is_asked=bool(self.question), voted=voted, fault=fault)
        await replace_buttons(self.message, rows)


class Feedback:
    """Keeps what readers press, and shows under the answer that it is kept.

    Args:
        desk: Knows which article an excerpt is from.
        records: Where it is kept.
    """

    def __init__(self, desk: Desk, records: Records) -> None:
        self._desk = desk
        self._records = records
        self._workers = Workers(2)  # waits for the disk, and holds up no question

    async def take(self, pressed: Pressed, wanted: FeedbackPress) -> Filed | None:
        """Keep what was pressed, and say so.

        Returns:
            The report that was filed, where one was.

        Raises:
            ActivityError: It cannot be kept.
        """
        match wanted:
            case CastVote(quoted, is_up):
                await self._vote(pressed, quoted, "up" if is_up else "down")
            case GiveReason(quoted, reason):
                await self._vote(pressed, quoted, "down", reason=reason)
            case ReportExcerpt():
                return await self._report(pressed, wanted)
            case TellEditors():
                await self._tell(pressed)
        return None

    async def _vote(
        self, pressed: Pressed, quoted: Quoted, vote: Vote, *, reason: Reason | None = None
    ) -> None:
        about = await self._workers.run(self._articles_of, quoted)
        if about is None:
            await acknowledge(pressed.press, pressed.say("expired"))
            return
        by = pressed.press.from_user.id
        await self._workers.run(self._records.votes.cast, by, about, vote, reason=reason)
        if reason is not None:
            await acknowledge(pressed.press, pressed.say("reason-noted"))
            await pressed.show(quoted, voted="down", fault=None if reason == "not_mine" else reason)
        else:
            is_up = vote == "up"
            await acknowledge(pressed.press, pressed.say("thanks" if is_up else "why-not"))
            await pressed.show(quoted, voted="up" if is_up else "why")

    async def _report(self, pressed: Pressed, wanted: ReportExcerpt) -> Filed | None:
        receipt = wanted.quoted.receipts[wanted.number - 1]
        excerpt = await self._workers.run(self._desk.resolve, receipt)
        if excerpt is None:
            await acknowledge(pressed.press, pressed.say("expired"))
            return None
        complaint = Complaint(receipt, excerpt.article.id, wanted.fault)
        reach = Reach(pressed.message.chat_id, pressed.message.message_id, pressed.say.language)
        by = pressed.press.from_user.id
        filed = await self._workers.run(self._records.reports.take, by, complaint, reach)
        new: Filed | None = None
        match filed:
            case Filed():
                new, word = filed, "reported"
            case TooMany():
                word = "reported-enough"
        await acknowledge(pressed.press, pressed.say(word))
        await pressed.show(wanted.quoted, voted="down")
        return new

    async def _tell(self, pressed: Pressed) -> None:
        say, question = pressed.say, pressed.question
        if objection(say, question):
            await acknowledge(pressed.press, say("expired"))
            return
        by, tell = pressed.press.from_user.id, self._records.gaps.tell
        kept = await self._workers.run(tell, by, question, language=say.language)
        is_kept = not isinstance(kept, TooMany)
        await acknowledge(pressed.press, say("editors-told" if is_kept else "editors-told-enough"))
        rest = rows_of({say("closest"): ShowClosest(), say("ask-differently"): AskDifferently()})
        await replace_buttons(pressed.message, rest)

    def _articles_of(self, quoted: Quoted) -> dict[str, str] | None:
        """The receipts of an answer, each with the id of its article; None where one does not verify."""
        found = {receipt: self._desk.resolve(receipt) for receipt in quoted.receipts}
        about = {receipt: excerpt.article.id for receipt, excerpt in found.items() if excerpt}
        return about if len(about) == len(quoted.receipts) else None
