"""What an admin sent, brought to the editor: the file is downloaded, the post is read from the message."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from telegram import Document, Message, MessageOriginChannel, MessageOriginChat, MessageOriginUser
from telegram.error import TelegramError

from bot.addressed import web_address_in
from bot.editor import Editor, SentPreview
from bot.question import tidy
from bot.words import Words
from bot.workers import Workers
from corpus.errors import UnreadableSource
from corpus.telegram_post import Post

# A Bot API server of one's own may give larger files than Telegram's; they are read into memory.
MAX_FILE_BYTES = 100_000_000
_MAX_NAME_CHARS = 120
_SUPERGROUP = "-100"


async def receive(say: Words, message: Message, editor: Editor, workers: Workers) -> SentPreview:
    """What the message holds to be added.

    Raises:
        UnreadableSource: It holds nothing that can be.
    """
    if message.document is not None:
        name = file_name(message.document.file_name or "")
        content = await _download(say, message.document, name)
        return await workers.run(editor.receive_file, name, content, message.document.mime_type)
    address = web_address_in(message)
    if address is not None:
        return await workers.run(editor.receive_link, address)
    return await workers.run(editor.receive_post, post_of(say, message))


def file_name(given: str) -> str:
    """The name a file was sent under as one short line, without folders; its ending is kept."""
    name = tidy(re.split(r"[/\\]", given)[-1])
    suffix = PurePosixPath(name).suffix[-16:]
    stem = name.removesuffix(suffix)
    return f"{stem[: _MAX_NAME_CHARS - len(suffix)]}{suffix}".strip()


def post_of(say: Words, message: Message) -> Post:
    """The post that a forwarded message is.

    Raises:
        UnreadableSource: It has no words.
    """
    origin, text = message.forward_origin, message.text or message.caption or ""
    if origin is None or not text.strip():
        raise UnreadableSource(say("no-words-forwarded"), say("no-words-remedy"), source="post")
    moment = str(int(origin.date.timestamp()))
    match origin:
        case MessageOriginChannel(chat=chat):
            return Post(
                text,
                origin.date.isoformat(),
                channel=chat.title or "",
                name=f"telegram/{str(chat.id).removeprefix(_SUPERGROUP)}",
                number=str(origin.message_id),
                username=chat.username or "",
                author=origin.author_signature or "",
            )
        case MessageOriginChat(sender_chat=chat):
            author, name = chat.title or "", f"telegram/{str(chat.id).removeprefix(_SUPERGROUP)}"
        case MessageOriginUser(sender_user=user):
            author, name = user.full_name, f"telegram/user/{user.id}"
        case _:
            author = getattr(origin, "sender_user_name", "")
            name = f"telegram/name/{author}"
    # Telegram does not say which message it was, but who wrote it and to the second when.
    return Post(text, origin.date.isoformat(), channel=author, name=name, number=moment)


async def _download(say: Words, document: Document, name: str) -> bytes:
    if (document.file_size or 0) > MAX_FILE_BYTES:
        raise _too_big(say, name)
    try:
        file = await document.get_file()
        return bytes(await file.download_as_bytearray())
    except TelegramError as refused:
        if "too big" in refused.message.lower():
            raise _too_big(say, name) from refused
        raise UnreadableSource(say("not-given"), say("not-given-remedy"), source=name) from refused


def _too_big(say: Words, name: str) -> UnreadableSource:
    return UnreadableSource(say("too-big"), say("too-big-remedy"), source=name)
