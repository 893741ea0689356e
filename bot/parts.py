"""What the bot is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.desk import Desk
from bot.editor import Editor
from bot.group_rules import ANYWHERE, GroupRules
from bot.handled import Handled
from bot.in_hand import InHand
from bot.intake import Intake
from bot.memory import Memory
from bot.reach import Reach
from bot.records import Records
from bot.status_message import EDIT_EVERY_S
from bot.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the bot is put together from.

    Args:
        desk: Answers the questions.
        editor: Does what admins ask for.
        records: Keep what readers press and groups choose.
        admins: Ids of the people who may ask for it.
        rules: Where and how often the bot may be asked.
        workers: Answer so many questions at the same moment.
        intake: The places for what waits or is being answered.
        memory: Holds what conversations are about.
        in_hand: Holds the updates until they are handled.
        reach: Notes whether Telegram is reached.
        edit_every_s: The least time between two edits of a message that shows progress.
    """

    desk: Desk
    editor: Editor
    records: Records
    admins: frozenset[int]
    rules: GroupRules = ANYWHERE
    workers: Workers = field(default_factory=lambda: Workers(2))
    intake: Intake = field(default_factory=Intake)
    memory: Memory = field(default_factory=Memory)
    in_hand: InHand = field(default_factory=lambda: InHand(Handled()))
    reach: Reach = field(default_factory=Reach)
    edit_every_s: float = EDIT_EVERY_S
