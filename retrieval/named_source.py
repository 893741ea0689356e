"""Whether a question names the outlet an article is from. Decides only; fetches nothing.

"According to The Verge" names one, "on the verge of war" does not, and many outlets are called by ordinary
words: Time, People, World, The Guardian. So a name of one word has to look like a name, or to be introduced
as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# "Fox News - Health" and "Cnbc | World Business News Leader" are called by what comes first.
_SECTION = re.compile(r"\s+[-–—|:]\s+|\s*[|:]\s+")
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?|/.*$")
_DOMAIN = re.compile(
    r"\.(?:com|org|net|info|io|eu|at|ch|de|es|fr|it|nl|ru|co\.uk|com\.au|uk|ca)$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "der", "die", "das", "el", "la", "le", "les"})
_NEWS = "news"
# TechCrunch, CBSSports: no ordinary word is written so.
_COINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")

# What comes right before the name of an outlet, in English, German, Spanish, French and Russian.
_INTRODUCTION = re.compile(
    r"\b(?:according to|laut|según|selon|d['’]après|по данным|по сообщению"
    r"|(?:article|report|story|piece|interview|coverage|artikel|bericht|artículo|informe|reportage)s?"
    r" (?:in|by|from|of|im|von|vom|aus|de|del|dans|du)"
    r"|schreibt|schrieb|berichtet|berichtete|meldet|meldete)\s+"
    r"(?:(?:the|der|die|das|dem|den|el|la|le|les)\s+)?$"
)
# German writes every noun with a capital.
_CAPITALS_SAY_NOTHING = frozenset({"de"})


def names_source(question: str, source: str | None, language: str) -> bool:
    """Whether ``question`` names ``source``, as people call it.

    A leading article and a trailing "News" may be left out: "BBC" is BBC News, "Spiegel" is Der Spiegel.

    Args:
        question: As it was asked.
        source: What the article says of its outlet; None where it says nothing.
        language: ISO 639-1 code of the article.
    """
    name = _called(source or "")
    if not name:
        return False
    words = list(_WORD.finditer(question))
    folded = [word[0].casefold() for word in words]
    wanted = [word.casefold() for word in name]
    if (len(wanted) > 1 or _COINED.search(name[0])) and _found(folded, wanted):
        return True
    if len(wanted) > 1 and wanted[-1] == _NEWS:
        wanted = wanted[:-1]
    if len(wanted) > 1:
        return bool(_found(folded, wanted))
    capitals_say = language not in _CAPITALS_SAY_NOTHING and not question.isupper()
    return any(
        _is_introduced(question, words[at]) or (capitals_say and _is_name(question, words, at))
        for at in _found(folded, wanted)
    )


@lru_cache(maxsize=10_000)
def _called(source: str) -> tuple[str, ...]:
    """The words of a name that people say: without section, address and leading article."""
    first = _SECTION.split(source.strip())[0]
    words = _WORD.findall(_DOMAIN.sub("", _ADDRESS.sub("", first)))
    return tuple(words[1:] if len(words) > 1 and words[0].casefold() in _ARTICLES else words)


def _found(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where the wanted words begin, in order and side by side."""
    length = len(wanted)
    return [at for at in range(len(words) - length + 1) if words[at : at + length] == wanted]


def _is_introduced(question: str, word: re.Match[str]) -> bool:
    return _INTRODUCTION.search(question[: word.start()].casefold()) is not None


def _is_name(question: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word is written as a name of its own: not the first word, nor part of a longer name."""
    word = words[at]
    if len(word[0]) > 1 and word[0].isupper():
        return True
    if at == 0 or not word[0][0].isupper():
        return False
    # The first word of a question has a capital whatever it is.
    beside = [*words[max(1, at - 1) : at], *words[at + 1 : at + 2]]
    return not any(_is_capitalised(other) and _are_joined(question, word, other) for other in beside)


def _is_capitalised(word: re.Match[str]) -> bool:
    return word[0][0].isupper() and word[0].casefold() not in _ARTICLES


def _are_joined(question: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one.span(), other.span()))
    return question[first[1] : second[0]] == " "
