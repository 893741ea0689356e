"""The Bot API methods about the bot itself: its menus, its name, and what it says of itself."""

import re

from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from bot.simulator.errors import bad_request
from bot.simulator.menus import scope_key
from bot.simulator.params import Params
from bot.simulator.parties import Json
from bot.simulator.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_CODE = re.compile(r"[a-z]{2}")
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"}
_SCOPES |= {"chat_administrators", "chat_member"}


def get_me(world: World, params: Params) -> object:
    """The bot as a User, with what it may do."""
    return world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline.enabled,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> object:
    """True; the menu of a scope and language is replaced."""
    commands = params.array("commands")
    if commands is None or len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "can't parse commands JSON object")
    world.menus.commands[_menu(world, params)] = [_command(each) for each in commands]
    world.tell("profile", 0)
    return True


def get_my_commands(world: World, params: Params) -> object:
    """The menu of a scope and language."""
    return world.menus.commands.get(_menu(world, params), [])


def delete_my_commands(world: World, params: Params) -> object:
    """True."""
    world.menus.commands.pop(_menu(world, params), None)
    world.tell("profile", 0)
    return True


def set_my_name(world: World, params: Params) -> object:
    """True; the name of a language is replaced, or forgotten when it is empty."""
    return _set_text(world, params, "name", BotNameLimit.MAX_NAME_LENGTH)


def get_my_name(world: World, params: Params) -> object:
    """A BotName; where none was set for a language, the bot's own."""
    code = _language(params)
    return {"name": world.menus.text("name", code) or world.bot.first_name}


def set_my_description(world: World, params: Params) -> object:
    """True; what an empty chat shows in a language is replaced."""
    return _set_text(world, params, "description", BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)


def get_my_description(world: World, params: Params) -> object:
    """A BotDescription; empty where none was set for the language."""
    return _get_text(world, params, "description")


def set_my_short_description(world: World, params: Params) -> object:
    """True; what the bot's profile shows in a language is replaced."""
    return _set_text(world, params, "short_description", BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)


def get_my_short_description(world: World, params: Params) -> object:
    """A BotShortDescription; empty where none was set for the language."""
    return _get_text(world, params, "short_description")


def _set_text(world: World, params: Params, kind: str, longest: int) -> bool:
    text, code = params.text(kind), _language(params)
    if len(text) > longest:
        raise bad_request(f"{kind.replace('_', ' ')} is too long")
    world.menus.texts[kind, code] = text
    world.tell("profile", 0)
    return True


def _get_text(world: World, params: Params, kind: str) -> Json:
    return {kind: world.menus.texts.get((kind, _language(params)), "")}


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not _CODE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _menu(world: World, params: Params) -> tuple[str, str]:
    scope = params.mapping("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in scope:
        world.chat(int(str(scope["chat_id"])))
    return scope_key(scope), _language(params)


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(raw.get("command", "")).removeprefix("/"), str(raw.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
