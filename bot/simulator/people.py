"""What people do in their chats, and the updates the bot gets from it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.simulator.attachments import Origin
from bot.simulator.entities import add_found, n_units
from bot.simulator.errors import ApiError, forbidden
from bot.simulator.html import sort_entities
from bot.simulator.parties import Chat, Json, User
from bot.simulator.privacy import is_for_bot
from bot.simulator.types import Button, Entity, Message
from bot.simulator.world import ANONYMOUS, Press, World, draft


def say(world: World, message: Message, given: Iterable[Entity] = ()) -> Message:
    """Write a message; commands, mentions and addresses in it are found as Telegram finds them."""
    text = message.text
    entities = sort_entities(add_found(text, given))
    if message.chat.is_private:
        world.started.add(message.chat.id)
        world.absent.pop(message.chat.id, None)
    posted = world.post(replace(message, entities=entities))
    _deliver(world, "message", posted)
    return posted


def write(chat: Chat, user: User, text: str) -> Message:
    """A draft of what somebody writes in a chat; from the anonymous admin it comes as the group."""
    return replace(draft(chat, user, text), anonymous=user is ANONYMOUS)


def sending_file(world: World, message: Message, name: str, content: bytes, media_type: str) -> Message:
    """The draft with a file, whose caption its text becomes."""
    return replace(message, attachment=world.files.document(name, content, media_type))


def forwarding(world: World, message: Message, origin: Origin) -> Message:
    """The draft as a forward of somebody else's message; one without words is a picture."""
    attachment = message.attachment or (None if message.text else world.files.photo())
    return replace(message, attachment=attachment, origin=origin)


def replying(message: Message, to: Message | None) -> Message:
    """The draft as a reply, which stays in the thread of what it replies to."""
    return message if to is None else replace(message, reply_to=to, thread_id=to.thread_id)


def name_bot(world: World, text: str, words: str) -> Entity:
    """A text mention: the first place where these words stand becomes a link to the bot."""
    start = text.index(words)
    return Entity("text_mention", n_units(text[:start]), n_units(words), user=world.bot)


def edit(world: World, message: Message, text: str) -> Message:
    """Change one's own message."""
    changed = replace(message, text=text, entities=sort_entities(add_found(text, ())), edit_date=world.now())
    world.change(changed)
    _deliver(world, "edited_message", changed)
    return changed


def press(world: World, message: Message, button: Button, user: User) -> str:
    """Press an inline button; returns the callback query's id.

    Raises:
        ValueError: The button sends nothing to the bot.
    """
    if not button.callback_data:
        raise ValueError(
            f"button {button.text!r} is a {button.kind} button; only callback_data reaches the bot"
        )
    query_id = world.add_press(Press(message, user))
    query: Json = {
        "id": query_id,
        "from": user.to_json(),
        "message": message.to_json(),
        "chat_instance": str(abs(message.chat.id)),
        "data": button.callback_data,
    }
    world.put_update("callback_query", query)
    return query_id


def block(world: World, user: User) -> None:
    """Block the bot; writing to it again unblocks it."""
    world.absent[user.id] = forbidden("bot was blocked by the user")
    _tell_membership(world, world.chats[user.id], user, "kicked")


def kick(world: World, chat: Chat, by: User) -> None:
    """Throw the bot out of a group."""
    world.absent[chat.id] = forbidden(f"bot was kicked from the {chat.kind} chat")
    _tell_membership(world, chat, by, "kicked")


def upgrade(world: World, chat: Chat, new_id: int) -> Chat:
    """Turn a group into a supergroup, which has another id; the old one only points to it."""
    moved = "Bad Request: group chat was upgraded to a supergroup chat"
    world.absent[chat.id] = ApiError(400, moved, {"migrate_to_chat_id": new_id})
    return world.add_chat(replace(chat, id=new_id, kind="supergroup"))


def _tell_membership(world: World, chat: Chat, by: User, status: str) -> None:
    bot = world.bot.to_json()
    change: Json = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": world.now(),
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": status, "until_date": 0},
    }
    world.put_update("my_chat_member", change)


def _deliver(world: World, kind: str, message: Message) -> None:
    if message.chat.id in world.absent:
        return
    if message.chat.is_private or not world.privacy or is_for_bot(message, world.bot):
        world.put_update(kind, message.to_json())
