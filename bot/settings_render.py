"""How /settings looks, for a reader and for a group (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat_settings import MAX_EXCERPTS, ChatSettings
from bot.keyboards import Button, Row, Rows
from bot.languages import NAMES
from bot.markup import plain
from bot.render import Shown
from bot.settings_buttons import SetExcerpts, SetLanguage, SetQuiet, Setting, write_setting
from bot.words import Words


def readers(say: Words, language: str | None) -> Shown:
    """What a reader can choose.

    Args:
        say: In the language that is spoken now.
        language: The one chosen, None for Telegram's.
    """
    said = say("settings-reader", language=_spoken(language) or say("language-telegram"))
    return Shown(plain(said).html, _languages(language, say("language-telegram")))


def groups(say: Words, chosen: ChatSettings) -> Shown:
    """What a group's admins can choose."""
    said = say(
        "settings-group",
        language=_spoken(chosen.language) or say("language-readers"),
        excerpts=chosen.excerpts,
        quiet="yes" if chosen.quiet_not_found else "no",
    )
    numbers = range(1, MAX_EXCERPTS + 1)
    excerpts = tuple(
        _button(say("set-excerpts", number=n), SetExcerpts(n), is_chosen=n == chosen.excerpts)
        for n in numbers
    )
    quiet = _button(say("set-quiet"), SetQuiet(True), is_chosen=chosen.quiet_not_found)
    loud = _button(say("set-loud"), SetQuiet(False), is_chosen=not chosen.quiet_not_found)
    rows = (*_languages(chosen.language, say("language-readers")), excerpts, (loud,), (quiet,))
    return Shown(plain(said).html, rows)


def _spoken(language: str | None) -> str:
    return NAMES.get(language or "", "")


def _languages(chosen: str | None, unset: str) -> Rows:
    """Two languages a row, and under them what holds where none is chosen."""
    buttons = [_button(name, SetLanguage(code), is_chosen=code == chosen) for code, name in NAMES.items()]
    return (*_pairs(buttons), (_button(unset, SetLanguage(None), is_chosen=chosen is None),))


def _pairs(buttons: list[Button]) -> Iterator[Row]:
    for at in range(0, len(buttons), 2):
        yield tuple(buttons[at : at + 2])


def _button(label: str, setting: Setting, *, is_chosen: bool) -> Button:
    return Button(f"✓ {label}" if is_chosen else label, write_setting(setting))
