"""A home to measure: a library of so many passages, indexed by the ordinary ways."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from bench.figure import Figure
from bench.made_up import MadeUpEncoder, made_up_texts
from bench.texts import Texts, real_texts
from bot.config import Config, load_config
from bot.home_desk import HomeDesk
from bot.hurry import answer_in_turn
from bot.workers import Workers
from corpus.ingest import BATCH_ARTICLES, add
from corpus.keys import given_key
from corpus.library import Library
from corpus.lock import writing
from corpus.split import split
from corpus.types import CleanArticle, Metadata
from retrieval.encoder import Encoder, Vectors, load_encoder
from retrieval.types import Reply

# Beyond, text and vectors are made up: embedding 100,000 real passages takes hours.
REAL_UP_TO = 10_000
BUILDING = "indexing all"


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where everything is made: kept between runs, can be deleted at any time.

    Args:
        folder: Of homes, converted models, and the peers' indexes.
    """

    folder: Path

    def encoder(self) -> Encoder:
        """The default encoder; converting it, once, takes ten seconds."""
        return load_encoder(models=self.folder / "models")


@dataclass(frozen=True, slots=True)
class BenchHome:
    """One indexed home.

    Args:
        path: The home.
        size: Passages in it.
        texts: What it was made of.
        encoder: That it was indexed with, loaded.
        built: How long indexing took, and how much was embedded for it.
    """

    path: Path
    size: int
    texts: Texts
    encoder: Encoder
    built: Figure

    @property
    def is_made_up(self) -> bool:
        """Whether its vectors are not what a model made of real text."""
        return isinstance(self.encoder, MadeUpEncoder)

    def desk(self, **flags: object) -> HomeDesk:
        """A desk on it, opened; it loads the encoder by itself, as it does in `footnote serve`."""
        desk = HomeDesk(config_of(self.path, **flags), self.encoder if self.is_made_up else None)
        desk.info()
        return desk

    def passages(self) -> list[str]:
        """Every passage under its title, as it was embedded."""
        return passages_of(self.path)

    def embedded(self) -> Vectors:
        """The vectors of all passages as the encoder gives them; a model's are kept for the next run."""
        passages = self.passages()
        if self.is_made_up:
            return self.encoder.encode(passages, "passage")
        about = sha256("\n".join([self.encoder.fingerprint, *passages]).encode()).hexdigest()
        path = self.path / f"embedded-{about[:12]}.npy"
        if not path.exists():
            np.save(path, self.encoder.encode(passages, "passage"))
        return np.load(path)


def ask(desk: HomeDesk, text: str, workers: Workers | None = None) -> Reply:
    """The reply to a question, through all that `footnote ask` goes through, or the bot with its workers."""
    query = desk.read(text).query()
    return answer_in_turn(desk, query, workers) if workers else desk.answer(query)


def config_of(home: Path, **flags: object) -> Config:
    """The settings of a home, untouched by this machine's."""
    return load_config(home=home, environ={}, flags=flags)


def texts_for(n_passages: int) -> Texts:
    """What a library of so many passages is made of."""
    return real_texts(n_passages) if n_passages <= REAL_UP_TO else made_up_texts(n_passages)


def new_home(workshop: Workshop, path: Path, texts: Texts) -> Path:
    """A home whose library holds these articles, with no snapshot; vectors known from before are kept."""
    stamp = path / "origin"
    if not stamp.exists() or stamp.read_text("utf-8") != texts.origin:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True, mode=0o700)
        (path / "models").symlink_to(workshop.folder / "models")
        put_in(path, texts)
        stamp.write_text(texts.origin, "utf-8")
    shutil.rmtree(path / "snapshots", ignore_errors=True)
    return path


def put_in(home: Path, texts: Texts) -> None:
    """Add articles as `footnote add` adds JSON lines; those that pass for a language, as one of it."""
    with writing(home), Library.open(home / "library.db") as library:
        if texts.language is None:
            _add(library, home / "articles.jsonl", texts)
            return
        for at in range(0, len(texts.articles), BATCH_ARTICLES):
            with library.batch():
                for each in texts.articles[at : at + BATCH_ARTICLES]:
                    library.put(_clean(each, texts.language))


def _add(library: Library, file: Path, texts: Texts) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(each) + "\n" for each in texts.articles)
    failed = [added.reason for added in add(library, [str(file)]) if added.status == "failed"]
    if failed:
        raise RuntimeError(f"{len(failed)} articles were not added, the first because: {failed[0]}")
    file.unlink()


def _clean(article: dict[str, str], language: str) -> CleanArticle:
    key = given_key(article["id"])
    return CleanArticle(key, article["id"], Metadata(article["title"]), article["text"], language)


def passages_of(home: Path) -> list[str]:
    """Every passage of a library under its title, as it is embedded."""
    with Library.open_to_read(home / "library.db") as library:
        return [
            f"{version.metadata.title}\n{passage.span.of(version.text)}"
            for version in library.current()
            for passage in split(version.text, version.language)
        ]


def indexed_home(workshop: Workshop, n_passages: int, texts: Texts | None = None) -> BenchHome:
    """A home of so many passages, indexed anew, embedding only what was never embedded here."""
    found = texts or texts_for(n_passages)
    encoder: Encoder = workshop.encoder()
    if n_passages > REAL_UP_TO:
        encoder = MadeUpEncoder(encoder)
    path = new_home(workshop, workshop.folder / "homes" / str(n_passages), found)
    report = HomeDesk(config_of(path), encoder).reindex()
    size = report.snapshot.passages
    note = f"{report.embedded} passages embedded, the vectors of {report.reused} known from an earlier run"
    return BenchHome(path, size, found, encoder, Figure(BUILDING, report.seconds, "s", size, note=note))
