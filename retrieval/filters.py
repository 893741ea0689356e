"""Which articles a question is asked of: by outlet, author and date. Decides only; fetches nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Literal, get_args

from retrieval.unspaced import spaced

NameKind = Literal["source", "author"]
DayKind = Literal["after", "before"]
Kind = Literal["source", "author", "after", "before"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# More than anybody would choose among; it bounds what one message can ask for.
MAX_NAMES = 8
MAX_NAME_CHARS = 100

_WORD = re.compile(r"[^\W_]+")
_CLOSE_NAMES = 3


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that is asked of an article, as a front end shows it and takes it away.

    Args:
        kind: Which it is.
        value: A part of a name, or an ISO 8601 day.
        worded: Whether it was read from ordinary words ("since March"), and gives way where nothing is left.
    """

    kind: Kind
    value: str
    worded: bool = False

    def written(self) -> str:
        """As it is typed: ``source:"Harbour Line"``, ``after:2024-01-01``."""
        if self.kind in get_args(DayKind):
            return f"{self.kind}:{self.value}"
        doubled = self.value.replace('"', '""')
        return f'{self.kind}:"{doubled}"'


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be to be searched; empty lets every article through.

    Names match a part of what an article says, from the beginning of a word, whatever the case and the
    accents. Of several names of a kind one is enough; of the kinds all must be met. An article that does not
    say its date, outlet or author is out where that is asked for.

    Args:
        source: Names of outlets.
        author: Names of authors.
        after: The first day that is let through.
        before: The day after the last that is let through.
        worded: Which of the days were read from ordinary words.

    Raises:
        ValueError: A name is empty, too long or not on one line, or there are too many.
    """

    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    worded: frozenset[DayKind] = frozenset()

    def __post_init__(self) -> None:
        for names in (self.source, self.author):
            if len(names) > MAX_NAMES or len(set(names)) < len(names):
                raise ValueError(f"at most {MAX_NAMES} different names, got {len(names)}")
            for name in names:
                if name != one_line(name) or not folded(name) or len(name) > MAX_NAME_CHARS:
                    raise ValueError(f"a name is one line of 1 to {MAX_NAME_CHARS} characters, got {name!r}")
        if not self.worded <= set(self.kinds):
            raise ValueError(f"{sorted(self.worded)} are worded, but there are only {self.kinds}")

    def __bool__(self) -> bool:
        """Whether anything is asked of an article."""
        return bool(self.kinds)

    def __iter__(self) -> Iterator[Filter]:
        """Each of them, in the order of `KINDS`."""
        for kind in KINDS:
            for value in self._values(kind):
                yield Filter(kind, value, kind in self.worded)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that are asked for, in the order of `KINDS`."""
        return tuple(kind for kind in KINDS if self._values(kind))

    def without(self, *kinds: Kind) -> Filters:
        """The same but for these kinds."""
        left = {kind: getattr(self, kind) for kind in self.kinds if kind not in kinds}
        return Filters(**left, worded=self.worded - set(kinds))

    def without_one(self, gone: Filter) -> Filters:
        """The same but for one of them, as taking its chip away leaves it."""
        if gone.kind in get_args(DayKind):
            return self.without(gone.kind) if gone in self else self
        source = _without(self.source, gone, "source")
        author = _without(self.author, gone, "author")
        return replace(self, source=source, author=author)

    def only(self, kinds: Iterable[Kind]) -> Filters:
        """Those of these kinds."""
        return self.without(*(set(KINDS) - set(kinds)))

    def written(self, question: str = "") -> str:
        """All of them as they are typed, behind the question.

        They stand before one with a colon: `before: "9` is words there, and would take in what came behind.
        """
        parts = [question, *(each.written() for each in self)]
        if any(colon in question for colon in ":："):
            parts.append(parts.pop(0))
        return " ".join(filter(None, parts))

    def _values(self, kind: Kind) -> tuple[str, ...]:
        value = getattr(self, kind)
        if isinstance(value, date):
            return (value.isoformat(),)
        return value or ()


NO_FILTERS = Filters()


def _without(names: tuple[str, ...], gone: Filter, kind: NameKind) -> tuple[str, ...]:
    return tuple(name for name in names if (kind, name) != (gone.kind, gone.value))


def folded(name: str) -> str:
    """The words of a name, to compare it by: lower case, without accents and punctuation."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.category(letter).startswith("M")
    )
    return " ".join(_WORD.findall(spaced(unicodedata.normalize("NFC", bare))))


def one_line(name: str) -> str:
    """A name with single spaces and without what cannot be seen."""
    seen = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    return " ".join("".join(seen).split())


def is_part(wanted: str, name: str) -> bool:
    """Whether a name begins with what is wanted, or a word in it does; both `folded`."""
    return bool(wanted) and f" {wanted}" in f" {name}"


def close_names(wanted: str, known: Sequence[str]) -> tuple[str, ...]:
    """Up to three known names that are spelt nearly so, or of which a word is; nearest first."""
    wanted = folded(wanted)
    spelt: dict[str, list[str]] = {}
    for name in known:
        for part in [folded(name)] if " " in wanted else folded(name).split():
            spelt.setdefault(part, []).append(name)
    nearest = get_close_matches(wanted, spelt, n=_CLOSE_NAMES, cutoff=0.6)
    return tuple(dict.fromkeys(name for part in nearest for name in spelt[part]))[:_CLOSE_NAMES]
