"""Who is in a chat and what they may do there: what changes it, what the bot is told, what it may ask."""

from dataclasses import replace

from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.params import Params
from bot.simulator.parties import Chat, Json, Member, User
from bot.simulator.world import World, draft


def add_bot(world: World, chat: Chat, by: User) -> Chat:
    """Take the bot into a group, which need not exist yet."""
    before = _bot_in(world, chat)
    chat = world.chats.get(chat.id) or world.add_chat(chat)
    world.absent.pop(chat.id, None)
    _become(world, chat, by, before, Member())
    joined = replace(draft(chat, by, ""), service={"new_chat_members": [world.bot.to_json()]})
    world.put_update("message", world.post(joined).to_json())
    return chat


def kick(world: World, chat: Chat, by: User) -> None:
    """Throw the bot out of a group."""
    before = _bot_in(world, chat)
    world.absent[chat.id] = forbidden(f"bot was kicked from the {chat.kind} chat")
    _become(world, chat, by, before, Member("kicked"))


def promote(world: World, chat: Chat, user: User, by: User, *, anonymous: bool = False) -> None:
    """Make somebody, or the bot, an admin of a group."""
    _change(world, chat, user, by, Member("administrator", anonymous))


def demote(world: World, chat: Chat, user: User, by: User) -> None:
    """Make an admin a mere member again."""
    _change(world, chat, user, by, Member())


def block(world: World, user: User) -> None:
    """Block the bot, or stop it, which is the same; writing to it again unblocks it."""
    chat = world.chats[user.id]
    before = _bot_in(world, chat)
    world.absent[user.id] = forbidden("bot was blocked by the user")
    _become(world, chat, user, before, Member("kicked"))


def unblock(world: World, user: User) -> None:
    """Let the bot write again; nothing happens where it may."""
    chat = world.chats[user.id]
    if world.absent.pop(user.id, None) is not None:
        _become(world, chat, user, Member("kicked"), Member())


def deactivate(world: World, user: User) -> None:
    """Let a person delete their account, of which a bot is told only when it writes to them."""
    world.absent[user.id] = forbidden("user is deactivated")


def upgrade(world: World, chat: Chat, new_id: int, by: User) -> Chat:
    """Turn a group into a supergroup, which has another id; the old one only points to it."""
    new = world.add_chat(replace(chat, id=new_id, kind="supergroup"))
    world.members[new_id] = dict(world.members[chat.id])
    _tell_moved(world, chat, by, {"migrate_to_chat_id": new_id})
    moved = "Bad Request: group chat was upgraded to a supergroup chat"
    world.absent[chat.id] = ApiError(400, moved, {"migrate_to_chat_id": new_id})
    _tell_moved(world, new, by, {"migrate_from_chat_id": chat.id})
    return new


def get_chat(world: World, params: Params) -> object:
    """A ChatFullInfo."""
    chat = world.chat(params.chat_id())
    gifts = dict.fromkeys(
        ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"],
        False,
    )
    return chat.to_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(world: World, params: Params) -> object:
    """A ChatMember."""
    chat = world.chat(params.chat_id())
    user = world.find_user(params.integer("user_id"))
    if user is None or (chat.user is not None and user not in (chat.user, world.bot)):
        raise bad_request("member not found")
    member = _bot_in(world, chat) if user == world.bot else world.member(chat, user)
    return member.to_json(user)


def get_chat_administrators(world: World, params: Params) -> object:
    """An Array of ChatMember: who runs the group, other bots left out."""
    chat = world.chat_to_write(params.chat_id())
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    people = (*world.users.values(), world.bot)
    found = ((user, world.member(chat, user)) for user in people)
    return [member.to_json(user) for user, member in found if member.is_admin]


def leave_chat(world: World, params: Params) -> object:
    """True; the bot can no longer write there."""
    chat = world.chat_to_write(params.chat_id())
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    before = _bot_in(world, chat)
    world.absent[chat.id] = forbidden(f"bot is not a member of the {chat.kind} chat")
    _become(world, chat, world.bot, before, Member("left"))
    return True


def _bot_in(world: World, chat: Chat) -> Member:
    if chat.is_private:
        return Member("kicked" if chat.id in world.absent else "member")
    known = chat.id in world.chats and chat.id not in world.absent
    recorded = world.members[chat.id].get(world.bot.id)
    return recorded or Member("member" if known else "left")


def _change(world: World, chat: Chat, user: User, by: User, after: Member) -> None:
    if user == world.bot:
        _become(world, chat, by, _bot_in(world, chat), after)
    else:
        world.members[chat.id][user.id] = after


def _become(world: World, chat: Chat, by: User, before: Member, after: Member) -> None:
    """The bot itself becomes something else in a chat, and is told."""
    bot = world.bot
    world.members[chat.id][bot.id] = after
    change: Json = {
        "chat": chat.to_json(),
        "from": world.known(by).to_json(),
        "date": world.now(),
        "old_chat_member": before.to_json(bot),
        "new_chat_member": after.to_json(bot),
    }
    world.put_update("my_chat_member", change)


def _tell_moved(world: World, chat: Chat, by: User, service: Json) -> None:
    told = world.post(replace(draft(chat, world.known(by), ""), service=service))
    world.put_update("message", told.to_json())
