"""The lines that repeat across the articles of an outlet: counted as articles are stored, then left out.

An outlet is the host that articles were published at, or the name they give of it. A line once recognised
stays so: an article does not get it back because others went.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from urllib.parse import urlsplit

from corpus.boilerplate import MIN_ARTICLES, lines_by_key, repeated, without
from corpus.keys import given_id, is_post_key
from corpus.types import CleanArticle, LeftOut, Metadata

# So many versions without a line are made at once; the others wait for the next batch of their outlet.
MAX_SHORTENED = 200


def outlet_of(article: CleanArticle) -> str | None:
    """The outlet that an article may share lines with; None for what is to be stored as it was given.

    That is what comes with an id of its own, what was posted to a chat, and what names no outlet.
    """
    return _outlet((article.key, *article.aliases), article.metadata)


def _outlet(keys: Iterable[str], about: Metadata) -> str | None:
    if any(given_id(key) or is_post_key(key) for key in keys):
        return None
    host = urlsplit(about.url).hostname if about.url else None
    return host or (about.source.casefold() if about.source else None)


@dataclass(frozen=True, slots=True)
class Shortened:
    """An article without the lines that repeat at its outlet.

    Args:
        article: What is stored.
        outlet: Where its lines are counted; None where they are not.
        removed: The lines that were left out, in their order.
        said: The hash of the article with them; None where that is not known.
    """

    article: CleanArticle
    outlet: str | None
    removed: tuple[str, ...] = ()
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Repetitive:
    """A version that readers are shown and that holds lines recognised since it was stored."""

    seq: int
    article_id: str
    shortened: Shortened


@dataclass(slots=True)
class RepeatingLines:
    """The tables of lines; whoever writes has a transaction open.

    Args:
        database: The library's.
    """

    database: sqlite3.Connection
    _noted: set[str] = field(default_factory=set)
    # Of this transaction: what is recognised, and a line of each key that was counted.
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    _counted: dict[str, dict[str, str]] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget what an earlier transaction, which may have been taken back, left in memory."""
        self._known.clear()
        self._counted.clear()

    def shortened(self, article: CleanArticle) -> Shortened:
        """The article without the lines that are recognised by now."""
        outlet, said = outlet_of(article), article.content_hash()
        if outlet is None:
            return Shortened(article, None, said=said)
        text, removed = without(article.text, self._recognised(outlet))
        return Shortened(replace(article, text=text), outlet, removed, said)

    def count(self, seq: int, text: str, outlet: str) -> None:
        """Count the lines of a new version."""
        recognised = self._recognised(outlet)
        lines = {key: line for key, line in lines_by_key(text).items() if key not in recognised}
        self._count(seq, lines, outlet)

    def count_uncounted(self, seq: int) -> None:
        """Count the lines of a version that a footnote stored which did not count them.

        Those that are recognised too: it still holds them, and so it waits for being shortened.
        """
        query = "SELECT article_id, title, url, source, author, published, text, outlet FROM versions"
        row = self.database.execute(f"{query} WHERE seq = ?", (seq,)).fetchone()
        article_id, *about, text, counted_at = row
        keys = self.database.execute("SELECT key FROM sources WHERE article_id = ?", (article_id,))
        outlet = _outlet((str(key) for (key,) in keys), Metadata(*about))
        if outlet is None or counted_at is not None:
            return
        self.database.execute("UPDATE versions SET outlet = ? WHERE seq = ?", (outlet, seq))
        self._count(seq, lines_by_key(text), outlet)

    def _count(self, seq: int, lines: dict[str, str], outlet: str) -> None:
        self._counted.setdefault(outlet, {}).update(lines)
        self.database.executemany(
            "INSERT OR IGNORE INTO lines VALUES (?, ?)", ((_digest(outlet, key), seq) for key in lines)
        )

    def repetitive(self) -> Iterator[Repetitive]:
        """Recognise what repeats by now, and give the versions from which it is still to be left out."""
        for outlet, lines in self._counted.items():
            self._recognise(outlet, lines)
            recognised = self._recognised(outlet)
            for seq in self._waiting(outlet, recognised):
                found = self._repetitive(seq, outlet, recognised)
                if found is not None:
                    yield found

    def note(self, outlet: str) -> None:
        """Remember that lines of an outlet were left out, for `left_out`."""
        self._noted.add(outlet)

    def left_out(self) -> tuple[LeftOut, ...]:
        """What repeats at each outlet of which lines were left out through this object."""
        query = "SELECT line FROM repeating WHERE outlet = ? ORDER BY rowid"
        return tuple(
            LeftOut(outlet, tuple(str(line) for (line,) in self.database.execute(query, (outlet,))))
            for outlet in sorted(self._noted)
        )

    def _recognised(self, outlet: str) -> frozenset[str]:
        if outlet not in self._known:
            rows = self.database.execute("SELECT key FROM repeating WHERE outlet = ?", (outlet,))
            self._known[outlet] = frozenset(str(key) for (key,) in rows)
        return self._known[outlet]

    def _recognise(self, outlet: str, lines: dict[str, str]) -> None:
        """Recognise those of the lines that are in so many of the articles that readers are shown."""
        query = "SELECT count(*) FROM versions AS v JOIN articles AS a ON a.head = v.seq WHERE v.outlet = ?"
        (n_articles,) = self.database.execute(query, (outlet,)).fetchone()
        if n_articles < MIN_ARTICLES:
            return
        query = "SELECT count(*) FROM lines AS l JOIN articles AS a ON a.head = l.seq WHERE l.line = ?"
        counts = {key: self.database.execute(query, (_digest(outlet, key),)).fetchone()[0] for key in lines}
        found = repeated(counts, n_articles)
        if found:
            self.database.executemany(
                "INSERT OR IGNORE INTO repeating VALUES (?, ?, ?)",
                ((outlet, key, line) for key, line in lines.items() if key in found),
            )
            self._known.pop(outlet, None)

    def _waiting(self, outlet: str, recognised: frozenset[str]) -> list[int]:
        """The versions that readers are shown and that were counted for a line before it was recognised."""
        waiting: set[int] = set()
        for key in recognised:
            digest = _digest(outlet, key)
            query = "SELECT l.seq FROM lines AS l JOIN articles AS a ON a.head = l.seq WHERE l.line = ?"
            waiting.update(int(seq) for (seq,) in self.database.execute(query, (digest,)))
        chosen = sorted(waiting)[:MAX_SHORTENED]
        for key in recognised:
            # What was counted has served; what is left of it is what still waits.
            digest = _digest(outlet, key)
            if len(chosen) == len(waiting):
                self.database.execute("DELETE FROM lines WHERE line = ?", (digest,))
            else:
                taken = ((digest, seq) for seq in chosen)
                self.database.executemany("DELETE FROM lines WHERE line = ? AND seq = ?", taken)
        return chosen

    def _repetitive(self, seq: int, outlet: str, recognised: frozenset[str]) -> Repetitive | None:
        query = (
            "SELECT article_id, title, url, source, author, published, text, language, removed"
            " FROM versions WHERE seq = ?"
        )
        article_id, *about, text, language, before = self.database.execute(query, (seq,)).fetchone()
        already = tuple(json.loads(before))
        shorter, removed = without(text, recognised, already)
        if not removed:
            return None
        article = CleanArticle("", "", Metadata(*about), shorter, language)
        return Repetitive(seq, article_id, Shortened(article, outlet, already + removed))


def _digest(outlet: str, key: str) -> int:
    """Equal for the same line of the same outlet, in 64 bits."""
    digest = sha256(f"{outlet}\n{key}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
