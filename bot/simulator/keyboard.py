"""Inline keyboards: which ones Telegram takes, and in what words it refuses the others (pure)."""

from collections.abc import Mapping

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.simulator.errors import bad_request
from bot.simulator.links import checked_link
from bot.simulator.types import Button, Keyboard

# tdlib and the constants of python-telegram-bot agree on 100 buttons; 8 a row is the server's rule.
_KINDS = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")


def read_keyboard(markup: Mapping[str, object]) -> Keyboard:
    """The keyboard of a reply_markup; empty when there is none.

    Raises:
        ApiError: A row, button or value that Telegram refuses.
    """
    if not markup:
        return ()
    rows = markup.get("inline_keyboard")
    if rows is None:
        # Reply keyboards and force_reply change the reader's input field, which the page lacks.
        return ()
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    keyboard = tuple(row for row in map(_row, rows) if row)
    if sum(map(len, keyboard)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("reply markup is too long")
    return keyboard


def _row(raw: object) -> tuple[Button, ...]:
    if not isinstance(raw, list):
        raise bad_request("can't parse inline keyboard: expected an Array of rows")
    if len(raw) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW:
        raise bad_request("reply markup is too long")
    return tuple(map(_button, raw))


def _button(raw: object) -> Button:
    if not isinstance(raw, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = raw.get("text")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    kinds = [kind for kind in _KINDS if kind in raw]
    if not kinds:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return Button(text, kinds[0], _value(kinds[0], raw[kinds[0]]))


def _value(kind: str, value: object) -> object:
    if kind == "callback_data":
        n_bytes = len(value.encode()) if isinstance(value, str) else 0
        limits = InlineKeyboardButtonLimit
        if not limits.MIN_CALLBACK_DATA <= n_bytes <= limits.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url" and not checked_link(str(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return value
