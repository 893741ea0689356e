"""What a question takes for granted, and whether a text says it. Decides only; fetches nothing.

"Which army did Napoleon not command in 1807?" asks about Napoleon, about 1807, and about a "not". A text that
names neither, or tells what he did command, may be on the very subject and answers something else; vectors
and words in common hardly notice. Of 400 questions of SQuAD that their paragraphs answer 8 % hold a premise
that is missing by these rules, of 600 written to look answerable 35 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.answer_type import candidates_of

# English, German, Spanish, French, Russian.
_DENIALS = (
    "no not never none nobody nothing neither nor without cannot except nicht kein keine keinen keinem keiner"
    " nie niemals niemand nichts ohne außer nunca ni nadie nada sin excepto salvo ne pas non jamais aucun"
    " aucune sans sauf не нет ни никогда никто без кроме"
)
DENYING = frozenset(_DENIALS.split())
_DENYING = re.compile(
    rf"\b(?:{'|'.join(sorted(DENYING))}|unable|unlike|besides|rather than|fail(?:s|ed|ing)?"
    r"|refus(?:e|es|ed|ing)|lack(?:s|ed|ing)?|excluding)\b|n['’]t\b",
    re.IGNORECASE,
)
# "Unimportant" of a text that says "important".
_PREFIXED = re.compile(r"\b(?:un|in|im|il|ir|dis|non-?)([a-z]{4,})\b")

_OPPOSITES = tuple(
    frozenset(words.split())
    for words in (
        "before after",
        "first last",
        "earliest latest",
        "early late",
        "oldest newest youngest",
        "old new",
        "most least fewest",
        "more less fewer",
        "high low",
        "higher lower",
        "highest lowest",
        "large small",
        "larger smaller",
        "largest smallest",
        "long short",
        "longer shorter",
        "longest shortest",
        "strongest weakest",
        "best worst",
        "fast slow",
        "rich poor",
        "above below",
        "maximum minimum",
        "north south",
        "northern southern",
        "east west",
        "eastern western",
        "increase decrease",
        "increased decreased",
        "rise fall",
        "rose fell",
        "gain lose",
        "gained lost",
        "win lose",
        "won lost",
        "begin end",
        "began ended",
        "support oppose",
        "supported opposed",
        "accept reject",
        "accepted rejected",
        "legal illegal",
        "internal external",
        "positive negative",
        "same different",
        "always never",
        "men women",
        "male female",
    )
)

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
# Years and other numbers that are seldom spelt out: "2" may be told as "two".
_NUMBER = re.compile(r"\d{3,}")
_THOUSANDS = re.compile(r"(?<=\d)[,.\u00a0\u202f](?=\d{3})")
# Endings differ by case and number, and "Netherlands" is told by "Netherlandish".
_MIN_STEM, _MAX_ENDING = 4, 3


def missing_premises(question: str, excerpt: str, around: str, language: str) -> tuple[str, ...]:
    """The words of a question that say what the text does not, in the order of the rules; empty is best.

    Args:
        question: As it was asked, in the language of the text.
        excerpt: What the reader would see, with its title.
        around: More of the text, its source and its date: what is named there is named.
        language: ISO 639-1 code of the text: German writes every noun with a capital.
    """
    told = f"{excerpt}\n{around}"
    asked, said = _words(question), _words(told)
    return (
        *_names(question, said, language),
        *_numbers(question, told),
        *_denials(question, excerpt),
        *_prefixed(asked, said),
        *_opposites(asked, said),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_POSSESSIVE.sub("", word) for word in _WORD.findall(text.casefold()))


def _names(question: str, said: frozenset[str], language: str) -> Iterator[str]:
    """Capitalised words that the text has in no form; whatever opens a question has a capital."""
    within = question[opening.end() :] if (opening := _WORD.search(question)) else ""
    names = candidates_of("person", within, language)
    for word in _WORD.finditer(within):
        plain = _POSSESSIVE.sub("", word[0].casefold())
        is_name = any(name.start <= word.start() < name.end for name in names)
        # Short names are often told in full: "the EU".
        if not is_name or not word[0][0].isupper() or word[0].isupper():
            continue
        if not _is_said(plain, said):
            yield word[0]


def _is_said(name: str, said: frozenset[str]) -> bool:
    """Whether a name is among the words in any form."""
    stem = name[: max(_MIN_STEM, len(name) - _MAX_ENDING)]
    return name in said or (len(stem) >= _MIN_STEM and any(word.startswith(stem) for word in said))


def _numbers(question: str, told: str) -> Iterator[str]:
    said = set(_NUMBER.findall(_THOUSANDS.sub("", told)))
    yield from (number for number in _NUMBER.findall(_THOUSANDS.sub("", question)) if number not in said)


def _denials(question: str, excerpt: str) -> Iterator[str]:
    """A "not" where the excerpt has none of any kind; one elsewhere in the text denies something else."""
    found = _DENYING.search(question)
    if found and not _DENYING.search(excerpt):
        yield found[0]


def _prefixed(asked: frozenset[str], said: frozenset[str]) -> Iterator[str]:
    """Words that one side has with a denying prefix and the other without."""
    for words, others in ((asked, said), (said, asked)):
        for word in sorted(words - others):
            found = _PREFIXED.fullmatch(word)
            if found and found[1] in others:
                yield word if words is asked else found[1]


def _opposites(asked: frozenset[str], said: frozenset[str]) -> Iterator[str]:
    for pair in _OPPOSITES:
        held = pair & asked
        if held and not held & said and pair & said:
            yield from sorted(held)
