"""A strict Bot API server on loopback and a chat page: Telegram without Telegram."""

from bot.simulator.attachments import ChannelPost, PersonsMessage
from bot.simulator.errors import ApiError
from bot.simulator.floods import FloodLimits
from bot.simulator.inline_desk import InlineArticle, Offers
from bot.simulator.parties import Chat, User
from bot.simulator.server import Simulator
from bot.simulator.types import Button, Entity, Message, RecordedRequest
from bot.simulator.world import ADMIN, ANONYMOUS, BOT, CHANNEL, GROUP, READER, SECOND_READER

__all__ = [
    "ADMIN",
    "ANONYMOUS",
    "BOT",
    "CHANNEL",
    "GROUP",
    "READER",
    "SECOND_READER",
    "ApiError",
    "Button",
    "ChannelPost",
    "Chat",
    "Entity",
    "FloodLimits",
    "InlineArticle",
    "Message",
    "Offers",
    "PersonsMessage",
    "RecordedRequest",
    "Simulator",
    "User",
]
