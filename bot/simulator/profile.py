"""The Bot API methods about the bot itself, its menu, and the chats it is in."""

import re

from telegram.constants import BotCommandLimit, BotDescriptionLimit

from bot.simulator.errors import bad_request, forbidden
from bot.simulator.params import Params
from bot.simulator.parties import Json
from bot.simulator.world import ADMIN, World, scope_key

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"}
_SCOPES |= {"chat_administrators", "chat_member"}


def get_me(world: World, params: Params) -> object:
    """The bot as a User, with what it may do."""
    return world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> object:
    """True; the menu of a scope and language is replaced."""
    commands = params.array("commands")
    if commands is None or len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "can't parse commands JSON object")
    world.commands[_menu(world, params)] = [_command(each) for each in commands]
    world.tell("commands", 0)
    return True


def get_my_commands(world: World, params: Params) -> object:
    """The menu of a scope and language."""
    return world.commands.get(_menu(world, params), [])


def delete_my_commands(world: World, params: Params) -> object:
    """True."""
    world.commands.pop(_menu(world, params), None)
    world.tell("commands", 0)
    return True


def set_my_description(world: World, params: Params) -> object:
    """True, when it is short enough."""
    if len(params.text("description")) > BotDescriptionLimit.MAX_DESCRIPTION_LENGTH:
        raise bad_request("description is too long")
    return True


def set_my_short_description(world: World, params: Params) -> object:
    """True, when it is short enough."""
    if len(params.text("short_description")) > BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH:
        raise bad_request("short description is too long")
    return True


def get_chat(world: World, params: Params) -> object:
    """A ChatFullInfo."""
    chat = world.chat(params.chat_id())
    gifts = dict.fromkeys(
        ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"],
        False,
    )
    return chat.to_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(world: World, params: Params) -> object:
    """A ChatMember: the admin owns the group, everyone else is a member."""
    chat = world.chat(params.chat_id())
    user = world.find_user(params.integer("user_id"))
    if user is None or (chat.user is not None and user not in (chat.user, world.bot)):
        raise bad_request("member not found")
    if user == world.bot and chat.id in world.absent:
        return {"user": user.to_json(), "status": "left"}
    if user == ADMIN and not chat.is_private:
        return {"user": user.to_json(), "status": "creator", "is_anonymous": False}
    return {"user": user.to_json(), "status": "member"}


def leave_chat(world: World, params: Params) -> object:
    """True; the bot can no longer write there."""
    chat = world.chat_to_write(params.chat_id())
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.absent[chat.id] = forbidden(f"bot is not a member of the {chat.kind} chat")
    return True


def _menu(world: World, params: Params) -> tuple[str, str]:
    scope = params.mapping("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in scope:
        world.chat(int(str(scope["chat_id"])))
    return scope_key(scope), params.text("language_code")


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(raw.get("command", "")).removeprefix("/"), str(raw.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
