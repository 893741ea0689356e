"""The Bot API methods that write, change and delete messages."""

from collections.abc import Mapping
from dataclasses import replace

from telegram.constants import CallbackQueryLimit, ChatAction, ReactionEmoji

from bot.simulator import people
from bot.simulator.errors import bad_request
from bot.simulator.keyboard import read_keyboard
from bot.simulator.links import start_payload
from bot.simulator.params import Params
from bot.simulator.parties import Chat, Json
from bot.simulator.types import Entity, Message
from bot.simulator.wording import word_caption, word_message
from bot.simulator.world import World, draft

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_PREVIEW_FIELDS = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}


def send_message(world: World, params: Params) -> object:
    """The sent Message."""
    chat = _chat_to_write(world, params)
    text, entities = _worded(world, params)
    check_preview(params)
    return _send(world, replace(draft(chat, world.bot, text), entities=entities), params)


def edit_message_text(world: World, params: Params) -> object:
    """The edited Message, or True for one sent through the inline mode."""
    message = _own_message(world, params)
    if message.attachment is not None:
        raise bad_request("there is no text in the message to edit")
    text, entities = _worded(world, params)
    check_preview(params)
    keyboard = read_keyboard(params.mapping("reply_markup"))
    return _change(world, message, replace(message, text=text, entities=entities, keyboard=keyboard))


def edit_message_reply_markup(world: World, params: Params) -> object:
    """The edited Message, or True for one sent through the inline mode."""
    message = _own_message(world, params)
    keyboard = read_keyboard(params.mapping("reply_markup"))
    return _change(world, message, replace(message, keyboard=keyboard))


def delete_message(world: World, params: Params) -> object:
    """True."""
    chat = _chat_to_write(world, params)
    message = world.message(chat.id, _message_id(params))
    if message is None:
        raise bad_request("message to delete not found")
    if message.sender != world.bot and not chat.is_private:
        raise bad_request("message can't be deleted")
    world.forget(message)
    return True


def answer_callback_query(world: World, params: Params) -> object:
    """True; the pressed button stops spinning, its notice is shown, and its deep link followed, if any."""
    text, address = params.text("text"), params.text("url")
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    if address and start_payload(address, world.bot.username) is None:
        raise bad_request("URL_INVALID")
    press = world.presses.pop(params.text("callback_query_id"), None)
    if press is None:
        raise bad_request(QUERY_TOO_OLD)
    notice = {"user_id": press.user.id, "text": text, "alert": params.flag("show_alert"), "url": address}
    world.tell("answered", press.message.chat.id, notice | {"message_id": press.message.message_id})
    if address:
        people.follow(world, address, press.user)
    return True


def send_document(world: World, params: Params) -> object:
    """The sent Message with its file."""
    chat = _chat_to_write(world, params)
    document = world.files.sent_document(params)
    mode, given = params.text("parse_mode"), params.structure("caption_entities")
    caption, entities = word_caption(params.text("caption"), mode, given, world.find_user)
    message = replace(draft(chat, world.bot, caption), entities=entities, attachment=document)
    return _send(world, message, params)


def send_chat_action(world: World, params: Params) -> object:
    """True; the chat shows what the bot is doing."""
    chat = _chat_to_write(world, params)
    action = params.text("action")
    if action not in set(ChatAction):
        raise bad_request("wrong parameter action in request")
    world.tell("action", chat.id, {"action": action})
    return True


def set_message_reaction(world: World, params: Params) -> object:
    """True; the message carries the bot's reaction, or none."""
    chat = _chat_to_write(world, params)
    message = world.message(chat.id, _message_id(params))
    if message is None:
        raise bad_request("message to react not found")
    reactions = params.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [each.get("emoji") if isinstance(each, dict) else None for each in reactions]
    if not set(emoji) <= set(ReactionEmoji):
        raise bad_request("REACTION_INVALID")
    world.change(replace(message, reaction=str(emoji[0]) if emoji else ""))
    return True


def _chat_to_write(world: World, params: Params) -> Chat:
    return world.chat_to_write(params.chat_id())


def _send(world: World, message: Message, params: Params) -> Json:
    keyboard = read_keyboard(params.mapping("reply_markup"))
    reply_to = _reply_to(world, message.chat, params)
    thread_id = _thread(message.chat, params, reply_to)
    world.count_send(message.chat)
    return world.post(replace(message, keyboard=keyboard, reply_to=reply_to, thread_id=thread_id)).to_json()


def _message_id(params: Params) -> int:
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    return message_id


def _own_message(world: World, params: Params) -> Message:
    if inline_id := params.text("inline_message_id"):
        return _inline_message(world, inline_id)
    chat = _chat_to_write(world, params)
    message = world.message(chat.id, _message_id(params))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return message


def _inline_message(world: World, inline_id: str) -> Message:
    found = world.message(*world.inline.posted.get(inline_id, (0, 0)))
    if found is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return found


def _change(world: World, before: Message, after: Message) -> object:
    if before == after:
        raise bad_request(NOT_MODIFIED)
    world.count_send(after.chat)
    changed = world.change(replace(after, edit_date=world.now()))
    # The bot sees nothing of a chat in which people use it inline.
    return True if changed.inline_id else changed.to_json()


def _worded(world: World, params: Params) -> tuple[str, tuple[Entity, ...]]:
    mode, given = params.text("parse_mode"), params.structure("entities")
    return word_message(params.text("text"), mode, given, world.find_user)


def check_preview(params: Params) -> None:
    """Refuse link preview options that there are none of."""
    options: Mapping[str, object] = params.mapping("link_preview_options")
    strange = sorted(set(options) - _PREVIEW_FIELDS)
    if strange:
        raise bad_request(f"can't parse link preview options: unknown field {strange[0]}")


def _reply_to(world: World, chat: Chat, params: Params) -> Message | None:
    reply = params.mapping("reply_parameters")
    if not reply:
        return None
    message_id = reply.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request('can\'t parse reply parameters: field "message_id" must be of type Number')
    if reply.get("chat_id") not in (None, chat.id):
        raise bad_request("replies to other chats are not simulated")
    found = world.message(chat.id, message_id)
    if found is None and reply.get("allow_sending_without_reply") is not True:
        raise bad_request("message to be replied not found")
    return found


def _thread(chat: Chat, params: Params, reply_to: Message | None) -> int | None:
    thread_id = params.integer("message_thread_id") or None
    if thread_id is not None and thread_id not in (chat.topics or {}):
        raise bad_request("message thread not found")
    return reply_to.thread_id if thread_id is None and reply_to is not None else thread_id
