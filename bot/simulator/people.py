"""What people do in their chats, and the updates the bot gets from it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.simulator import membership
from bot.simulator.attachments import Origin
from bot.simulator.entities import add_found, n_units
from bot.simulator.html import sort_entities
from bot.simulator.links import start_payload
from bot.simulator.parties import Chat, Json, User
from bot.simulator.privacy import is_for_bot
from bot.simulator.types import Button, Entity, Message
from bot.simulator.world import ANONYMOUS, Press, World, draft


def say(world: World, message: Message, given: Iterable[Entity] = ()) -> Message:
    """Write a message; commands, mentions and addresses in it are found as Telegram finds them."""
    return send(world, replace(message, entities=sort_entities(add_found(message.text, given))))


def send(world: World, message: Message) -> Message:
    """Post a message as it is; writing to the bot lets it write back."""
    if message.chat.user is not None:
        world.started.add(message.chat.id)
        membership.unblock(world, message.chat.user)
    posted = world.post(replace(message, sender=world.known(message.sender)))
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
    query: Json = {"id": query_id, "from": world.known(user).to_json()}
    # Of a message sent through its inline mode the bot learns only the id by which to change it.
    if message.inline_id:
        query["inline_message_id"] = message.inline_id
    else:
        query["message"] = message.to_json()
    query |= {"chat_instance": str(abs(message.chat.id)), "data": button.callback_data}
    world.put_update("callback_query", query)
    return query_id


def follow(world: World, address: str, user: User) -> Message:
    """Click a deep link to the bot: its private chat opens, and Start hands over the payload.

    Raises:
        ValueError: It is no deep link that Telegram would follow.
    """
    payload = start_payload(address, world.bot.username)
    if payload is None:
        raise ValueError(f"{address!r} does not start @{world.bot.username} with a payload")
    return start(world, payload, user)


def start(world: World, payload: str, user: User) -> Message:
    """Press Start in the bot's private chat, which hands over a payload."""
    return say(world, write(world.chats[user.id], user, f"/start {payload}"))


def _deliver(world: World, kind: str, message: Message) -> None:
    if message.chat.id in world.absent:
        return
    hears_all = not world.privacy or world.member(message.chat, world.bot).is_admin
    if message.chat.is_private or hears_all or is_for_bot(message, world.bot):
        world.put_update(kind, message.to_json())
