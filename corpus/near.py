"""Articles that say nearly the same: signatures of the versions readers are shown, found by their bands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from corpus.resemblance import bands, method, same_words, signature, similarity

# A half of the runs of four words in common: a reprint with paragraphs cut or put in. Two reports of the
# same event share a tenth at most.
MIN_SIMILARITY = 0.5

# Of thousands of pages made from one template, so many are enough.
MAX_COMPARED = 1_000


@dataclass(frozen=True, slots=True)
class Near:
    """An article that says nearly the same as another.

    Args:
        article_id: Which.
        similarity: The share of their runs of four words that the two have in common, as estimated.
    """

    article_id: str
    similarity: float


class SignatureTable:
    """The signatures of versions, and the bands of those readers are shown.

    Args:
        database: The library's; whoever writes has a transaction open.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def show(self, seq: int, title: str, text: str) -> None:
        """Let version ``seq`` be found from now on."""
        signed = self._of(seq)
        if signed is None:
            signed = signature(text)
            self._db.execute(
                "INSERT INTO signatures VALUES (?, ?, ?)", (seq, same_words(title, text), signed)
            )
        self._db.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", ((band, seq) for band in bands(signed))
        )

    def hide(self, seq: int) -> None:
        """Let version ``seq`` be found no longer; its signature stays."""
        self._db.executemany(
            "DELETE FROM bands WHERE band = ? AND seq = ?",
            ((band, seq) for band in bands(self._of(seq) or b"")),
        )

    def has_words(self, seq: int, title: str, text: str) -> bool:
        """Whether version ``seq`` has these words."""
        row = self._db.execute("SELECT title, text FROM versions WHERE seq = ?", (seq,)).fetchone()
        return row is not None and same_words(*row) == same_words(title, text)

    def twin(self, title: str, text: str) -> str | None:
        """A current article with these words."""
        row = self._db.execute(
            "SELECT a.id FROM signatures AS w JOIN articles AS a ON a.head = w.seq WHERE w.words = ?"
            " ORDER BY a.id LIMIT 1",
            (same_words(title, text),),
        ).fetchone()
        return None if row is None else str(row[0])

    def near(self, text: str) -> list[Near]:
        """The current articles that say nearly the same as ``text``, the most alike first."""
        return self._alike(signature(text))

    def near_version(self, seq: int) -> list[Near]:
        """The same for a version readers are or were shown; its article may be among them."""
        return self._alike(self._of(seq) or b"")

    def is_complete(self) -> bool:
        """Whether every version that readers are shown was signed as this footnote does it."""
        (signed_by,) = self._db.execute("SELECT signed_by FROM state").fetchone()
        return bool(signed_by == method())

    def begin_anew(self) -> None:
        """Drop the signatures of another method, which cannot be compared with ours."""
        (signed_by,) = self._db.execute("SELECT signed_by FROM state").fetchone()
        if signed_by is not None:
            self._db.execute("DELETE FROM bands")
            self._db.execute("DELETE FROM signatures")
            self._db.execute("UPDATE state SET signed_by = NULL")

    def sign_some(self, n_versions: int, *, after: int) -> tuple[int, ...]:
        """Sign so many of the versions that are shown and not signed, from beyond number ``after``.

        Returns:
            Their numbers, in order; none once all are signed.
        """
        rows = self._db.execute(
            "SELECT v.seq, v.title, v.text FROM articles AS a JOIN versions AS v ON v.seq = a.head"
            " WHERE a.head > ? AND NOT EXISTS (SELECT 1 FROM signatures AS w WHERE w.seq = a.head)"
            " ORDER BY a.head LIMIT ?",
            (after, n_versions),
        ).fetchall()
        for seq, title, text in rows:
            self.show(int(seq), str(title), str(text))
        if not rows:
            self._db.execute("UPDATE state SET signed_by = ?", (method(),))
        return tuple(int(seq) for seq, *_ in rows)

    def _of(self, seq: int) -> bytes | None:
        row = self._db.execute("SELECT minhash FROM signatures WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else bytes(row[0])

    def _alike(self, signed: bytes) -> list[Near]:
        found: dict[int, int] = {}  # in how many bands each version agrees
        for band in bands(signed):
            query = "SELECT seq FROM bands WHERE band = ? LIMIT ?"
            for (seq,) in self._db.execute(query, (band, MAX_COMPARED)):
                found[seq] = found.get(seq, 0) + 1
        likely = sorted(found, key=lambda seq: (-found[seq], seq))[:MAX_COMPARED]
        compared = (self._near(seq, signed) for seq in likely)
        alike = [near for near in compared if near is not None and near.similarity >= MIN_SIMILARITY]
        return sorted(alike, key=lambda near: (-near.similarity, near.article_id))

    def _near(self, seq: int, signed: bytes) -> Near | None:
        row = self._db.execute(
            "SELECT a.id, w.minhash FROM signatures AS w JOIN articles AS a ON a.head = w.seq"
            " WHERE w.seq = ?",
            (seq,),
        ).fetchone()
        return None if row is None else Near(str(row[0]), similarity(signed, bytes(row[1])))
