r"""Clean an article's text and keep its words: one shape of line end, space and letter, no markup.

What comes out is what excerpts are slices of: NFC, `\n` only, single spaces, paragraphs separated by one
empty line. A single line end is kept where it means something (verse, list entries, a signature); the
splitter takes it for the end of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, pairwise

from corpus.leadin import is_lead_in
from corpus.markup import without_html, without_markdown
from corpus.types import Markup

# Taking something out can join what stood around it into something else to take out, so text is cleaned
# until nothing changes. Ordinary articles need one round and one to see that; the bound is for text made
# to need thousands.
MAX_ROUNDS = 8

# Composing letters takes time that grows with the square of a run of combining marks. Unicode's own
# Stream-Safe Text Format allows 30; no language needs more than a few.
MAX_MARKS = 30

# A hard-wrapped paragraph is one whose lines were all filled up to a width of this size.
WRAP_WIDTHS = range(40, 121)

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Every space that Unicode has. None of them separates words better than the ordinary one, and a search
# for `10 km` should find them all.
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters, soft hyphens, zero-width spaces, direction marks, surrogates without a partner and
# characters that are none or that nobody sees: fillers, and the tags that can hold a text of their own. The
# zero-width joiner and non-joiner stay: Persian spelling and emoji need them; so do tags after a black flag,
# which make it that of a country.
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_LIST_MARK = re.compile(r"[-*•–—·>|]|\d{1,3}[.)]|[a-z]\)")
# Marks are neither word characters nor spaces; few other characters stand in such rows.
_MAYBE_TOWER = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")


def clean(text: str, markup: Markup) -> str:
    """The words of ``text`` as plain text; empty when it has none.

    Cleaning plain text twice gives what cleaning it once gave.

    Args:
        text: As it came from its source.
        markup: ``plain`` (stray HTML is taken out) or ``markdown``.
    """
    if markup == "markdown":
        return _tidy(_letters(without_markdown(_letters(text))))
    for _ in range(MAX_ROUNDS):
        cleaned = _tidy(without_html(_letters(text)))
        if cleaned == text:
            break
        text = cleaned
    return text


def clean_line(text: str) -> str:
    """A title, a name or the like as one line of plain text."""
    for _ in range(MAX_ROUNDS):
        cleaned = " ".join(without_html(_letters(text)).split())
        if cleaned == text:
            break
        text = cleaned
    return text


def _letters(text: str) -> str:
    """One code for each letter, space and line end; nothing unseen."""
    text = _UNSEEN.sub(r"\1", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    return text if text.isascii() else unicodedata.normalize("NFC", _MAYBE_TOWER.sub(_lower_tower, text))


def _lower_tower(run: re.Match[str]) -> str:
    """The characters without the marks beyond the bound."""
    kept = []
    n_marks = 0
    for character in run[0]:
        n_marks = n_marks + 1 if unicodedata.combining(character) else 0
        if n_marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _tidy(text: str) -> str:
    """Single spaces, whole paragraphs, no lead-in lines."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    paragraphs = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    kept = (
        "\n".join(line for line in _unwrapped(paragraph) if not is_lead_in(line)) for paragraph in paragraphs
    )
    return "\n\n".join(paragraph for paragraph in kept if paragraph)


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines of a paragraph, made one where only the width of a page parted them.

    Every line of a wrapped paragraph is so full that the next word did not fit, and most go on in the
    middle of a sentence, that is with a small letter; verse, lists and addresses differ in one or both.
    """
    width = max(map(len, lines))
    if len(lines) == 1 or width not in WRAP_WIDTHS or any(map(_LIST_MARK.match, lines)):
        return lines
    joints = list(pairwise(lines))
    if any(len(line) + 1 + len(after.split(" ", 1)[0]) <= width for line, after in joints):
        return lines
    starts = [after[0] for _, after in joints]
    n_small = sum(map(str.islower, starts))
    has_no_capitals = len(joints) > 1 and not any(start.isupper() or start.islower() for start in starts)
    return [" ".join(lines)] if has_no_capitals or 2 * n_small >= len(joints) else lines
