"""What every handler is given beside the update: the words of whoever it is from."""

from __future__ import annotations

from typing import Any, TypeVar

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.catalogue import nearest
from bot.words import ENGLISH, Words

_Bot = ExtBot[int]
_Data = dict[Any, Any]
_App = TypeVar("_App", bound="Application[Any, Any, Any, Any, Any, Any]")


class BotContext(CallbackContext[_Bot, _Data, _Data, _Data]):
    """A handler's context that speaks the reader's language.

    Attributes:
        say: The words, in the language that Telegram says the reader's app is in.
    """

    say: Words = ENGLISH

    @classmethod
    def from_update(cls, update: object, application: _App) -> BotContext:
        """See python-telegram-bot."""
        context = super().from_update(update, application)
        context.say = words_for(update)
        return context


def words_for(update: object) -> Words:
    """The words for whoever an update is from; English where Telegram does not say."""
    reader = update.effective_user if isinstance(update, Update) else None
    return Words(nearest(reader.language_code)) if reader else ENGLISH
