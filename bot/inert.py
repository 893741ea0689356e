"""Others' words, of which Telegram makes nothing that anybody could tap (pure).

Telegram finds names, commands and addresses in any text by itself. In an answer that would call people into
the chat whom an article mentions, and a tap on `/reindex` there would send it. Set as code, the words stay
what they are, letter by letter; a tap copies them.
"""

from __future__ import annotations

import re

from bot.alphabets import mixes_alphabets
from bot.markup import Rich, code, plain
from corpus.types import Span

# Of so many in one text each is set as code; where there are more, the text is as a whole.
MAX_TAPPABLE = 8

# A little more than what Telegram finds.
_NAME_OR_COMMAND = re.compile(r"(?<![\w/@])@\w{2,}|(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{2,})?", re.ASCII)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def tappable(text: str) -> tuple[Span, ...]:
    """Where a name, a command, or a host stands that mixes letters which look alike."""
    found = [Span(*each.span()) for each in _NAME_OR_COMMAND.finditer(text)]
    if not text.isascii():
        found += [Span(*each.span()) for each in _HOST.finditer(text) if mixes_alphabets(each[0])]
    apart: list[Span] = []
    for span in sorted(found):
        if not apart or apart[-1].end <= span.start:
            apart.append(span)
    return tuple(apart) if len(apart) <= MAX_TAPPABLE else (Span(0, len(text)),)


def inert(text: str) -> Rich:
    """The words as they are, with nothing to tap in them."""
    pieces, at = Rich(), 0
    for span in tappable(text):
        pieces += plain(text[at : span.start]) + code(plain(span.of(text)))
        at = span.end
    return pieces + plain(text[at:])
