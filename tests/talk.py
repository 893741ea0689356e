"""The real application beside the simulator, for tests that hold a conversation with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lawful import unlawful
from secrets_kept import files_with, hear
from shelf_desk import ShelfDesk
from shelf_editor import ShelfEditor
from tornado.netutil import bind_sockets

from bot.app import at_work, build_application
from bot.decisions import Decisions
from bot.desk import Desk
from bot.editor import Editor
from bot.group_rules import GroupRules
from bot.intake import Intake
from bot.memory import Memory
from bot.parts import Parts
from bot.records import records_of
from bot.simulator import ADMIN, Simulator
from bot.simulator.types import Message, RecordedRequest
from bot.simulator.watching import WAIT_S
from bot.webhook import Webhook
from bot.workers import Workers

# As good as none.
GROUP_RULES = GroupRules(per_minute=100, group_per_minute=100, private_per_minute=1_000)
ADMINS = frozenset({ADMIN.id})


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    [socket] = bind_sockets(0, "127.0.0.1")
    port = socket.getsockname()[1]
    socket.close()
    return port


def webhook_here() -> Webhook:
    """A webhook that the simulator can call."""
    port = free_port()
    return Webhook(f"http://127.0.0.1:{port}/hook/footnote", "127.0.0.1", port)


@asynccontextmanager
async def talking(
    desk: Desk,
    *,
    editor: Editor | None = None,
    admins: frozenset[int] = ADMINS,
    by: str = "polling",
    edit_every_s: float = 0.0,
    memory: Memory | None = None,
    home: Path | None = None,
    rules: GroupRules | None = None,
    intake: Intake | None = None,
    workers: Workers | None = None,
    menus: bool = False,
    **simulated: object,
) -> AsyncIterator[Simulator]:
    """A simulated Telegram in which the bot is at work; the bot is stopped cleanly at the end.

    Every call that it made is then held against the Bot API. Its menus in all languages, dozens of calls, are
    published where ``menus`` says so.
    """
    async with Simulator(**simulated) as telegram, AsyncExitStack() as stack:
        parts = Parts(
            desk=desk,
            editor=editor or ShelfEditor(desk),
            records=records_of(home or Path(stack.enter_context(TemporaryDirectory()))),
            admins=admins,
            memory=Memory() if memory is None else memory,
            edit_every_s=edit_every_s,
            rules=rules or GROUP_RULES,
            intake=intake or Intake(),
            workers=workers or Workers(2),
        )
        application = build_application(parts, token=telegram.token, api_url=telegram.url)
        if not menus:
            decisions = Decisions(desk, parts.records.reports)
            application.post_init = lambda begun: decisions.tell(begun.bot)
        async with at_work(application, webhook_here() if by == "webhook" else None):
            try:
                yield telegram
            finally:
                if isinstance(desk, ShelfDesk):
                    desk.go_on.set()
        assert unlawful(telegram.requests) == []
        hear(*telegram.requests, *files_with(parts.records.file.path.parent))


async def ask(telegram: Simulator, text: str, **where: object) -> Message:
    """Say it, and return the bot's next message in that chat."""
    said = await telegram.say(text, **where)
    return await telegram.next_reply(said.chat, after=said)


async def calls(telegram: Simulator, method: str, count: int = 1) -> list[RecordedRequest]:
    """The calls of a method, once there are so many."""
    await telegram.wait_for(lambda: len(telegram.sent(method)) >= count)
    return telegram.sent(method)


async def answered(telegram: Simulator, query_id: str) -> str | None:
    """What a press was answered, once it is; None where only its waiting sign was stopped."""

    def find() -> list[object]:
        answers = [each.params for each in telegram.sent("answerCallbackQuery")]
        return [each.get("text") for each in answers if each["callback_query_id"] == query_id]

    [word] = await telegram.wait_for(find)
    return None if word is None else str(word)


def quotations(message: Message) -> list[str]:
    """What is quoted in a message."""
    return [message.slice(each) for each in message.entities if "blockquote" in each.kind]


def bolds(message: Message) -> list[str]:
    """What is bold in a message."""
    return [message.slice(each) for each in message.entities if each.kind == "bold"]


async def text_of(
    telegram: Simulator, message: Message, wanted: str, *, timeout_s: float = WAIT_S
) -> Message:
    """The message once it says what is wanted."""

    def find() -> Message | None:
        current = telegram.world.message(message.chat.id, message.message_id)
        return current if current and wanted in current.text else None

    return await telegram.wait_for(find, timeout_s=timeout_s)
