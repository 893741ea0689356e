"""The messages of every language, from the catalogues beside this module."""

from __future__ import annotations

import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

FALLBACK = "en"
# By language, the locale whose numbers and dates its readers expect.
LOCALES = {"en": "en_GB", "ru": "ru_RU", "de": "de_DE", "es": "es_ES", "fa": "fa_IR", "uk": "uk_UA"}
RIGHT_TO_LEFT = frozenset({"fa"})
# Where numbers are written in other digits than these.
_DIGITS = {"fa": str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")}
# A number that was put in stands alone between the marks that isolate it.
_NUMBER = re.compile(r"\u2068\d{1,3}(?:,\d{3})*(?:\.\d+)?\u2069")
_FOLDER = Path(__file__).with_name("catalogues")

Value = str | int | float


def nearest(language_code: str | None) -> str:
    """The language we speak that Telegram's ``language_code`` is, such as ``pt-br``; English for others."""
    language = (language_code or "").lower().replace("_", "-").partition("-")[0]
    return language if language in LOCALES else FALLBACK


def in_own_digits(language: str, number: str) -> str:
    """A number or a date as the readers of a language write it."""
    return number.translate(_DIGITS.get(language, {}))


def formatted(language: str, message: str, values: dict[str, Value]) -> str:
    """A message with its values put in; in English where the language lacks it.

    Raises:
        KeyError: There is no such message.
        ValueError: It needs a value that is not given.
    """
    bundle = _bundle(language)
    if not bundle.has_message(message):
        bundle = _bundle(FALLBACK)
    pattern = bundle.get_message(message).value if bundle.has_message(message) else None
    if pattern is None:
        raise KeyError(f"no message {message!r} in the catalogue")
    said, problems = bundle.format_pattern(pattern, values)
    if problems:
        raise ValueError(f"message {message!r} in {language}: {problems[0]}")
    return _NUMBER.sub(lambda number: in_own_digits(language, number[0]), str(said))


@cache
def _bundle(language: str) -> FluentBundle:
    # Reading its number and date formats takes a tenth of a second, which only what speaks has to spend.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from fluent.runtime import FluentBundle, FluentResource

    # In right-to-left text a title or number of the other direction would rearrange what stands around it.
    bundle = FluentBundle([LOCALES[language]], use_isolating=language in RIGHT_TO_LEFT)
    for text in _texts(language):
        bundle.add_resource(FluentResource(text))
    return bundle


def _texts(language: str) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((_FOLDER / language).glob("*.ftl"))]
