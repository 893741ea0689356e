"""Measures adding and reindexing many small articles: time, memory, and what the encoder has of both.

    python tests/adding_speed.py [--articles 10000] [--kind jsonl|folder] [--hashing]

Adds them, reindexes, adds them again, changes one in a hundred and does it again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from hashing_encoder import HashingEncoder

from bot.config import load_config
from bot.home_desk import HomeDesk
from corpus.ingest import add
from corpus.library import Library
from retrieval.encoder import load_encoder

WORDS = [f"{onset}{nucleus}{coda}" for onset in "bdfglmprst" for nucleus in "aeiou" for coda in "bdfglmnprst"]


class Timed:
    """An encoder whose time is taken, by the clock and of the processor."""

    def __init__(self, encoder) -> None:
        self._encoder = encoder
        self.fingerprint, self.dims = encoder.fingerprint, encoder.dims
        self.seconds = self.cpu_s = 0.0

    def encode_passages(self, passages):
        """See `Encoder`."""
        started, cpu = time.perf_counter(), time.process_time()
        vectors = self._encoder.encode_passages(passages)
        self.seconds += time.perf_counter() - started
        self.cpu_s += time.process_time() - cpu
        return vectors

    def __getattr__(self, name):
        return getattr(self._encoder, name)


def sentence(chance):
    """Twelve words that look like a sentence."""
    words = " ".join(chance.choices(WORDS, k=12))
    return f"{words.capitalize()}."


def write(folder, n_articles, kind, *, changed=False):
    """The articles as one .jsonl or a file each; of the changed every hundredth has another last sentence."""
    chance, lines = random.Random(1), []
    for n in range(n_articles):
        text = " ".join(sentence(chance) for _ in range(4))
        if changed and n % 100 == 0:
            text += f" Corrected in number {n}."
        if kind == "folder":
            (folder / f"{n:06}.txt").write_text(f"Article {n}\n\n{text}", encoding="utf-8")
        else:
            lines.append(json.dumps({"id": f"a{n:06}", "title": f"Article {n}", "text": text}))
    if kind == "jsonl":
        (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")


def rss_mb():
    """The memory of this process now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def measure(folder, home, encoder):
    """Add the folder and reindex; the figures of both."""
    memory, statuses = [], {}
    started, cpu = time.perf_counter(), time.process_time()
    with Library.open(home / "library.db") as library:
        for n, added in enumerate(add(library, [str(folder)])):
            statuses[added.status] = statuses.get(added.status, 0) + 1
            if n % 1_000 == 999:
                memory.append(round(rss_mb()))
    added_s, added_cpu = time.perf_counter() - started, time.process_time() - cpu
    timed = Timed(encoder)
    desk = HomeDesk(load_config(home=home, environ={}, flags={"cross_encoder": "off"}), timed)
    report = desk.reindex()
    total, total_cpu = time.perf_counter() - started, time.process_time() - cpu
    return {
        "statuses": statuses,
        "rss_mb": memory,
        "add_s": round(added_s, 2),
        "add_cpu_s": round(added_cpu, 2),
        "total_s": round(total, 2),
        "total_cpu_s": round(total_cpu, 2),
        "encoder_share": round(timed.seconds / total, 3),
        "encoder_cpu_share": round(timed.cpu_s / total_cpu, 3),
        "embedded": report.embedded,
        "reused": report.reused,
        "library_mb": round((home / "library.db").stat().st_size / 1e6, 1),
    }


def main(arguments=None):
    """Measure and print a line of JSON for each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--kind", choices=["jsonl", "folder"], default="jsonl")
    parser.add_argument("--hashing", action="store_true", help="a hashing encoder instead of the real one")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary, "in"), Path(temporary, "home")
        folder.mkdir()
        home.mkdir(mode=0o700)
        encoder = HashingEncoder() if asked.hashing else load_encoder(models=home / "models")
        rounds = []
        for name in ("first", "again", "changed"):
            write(folder, asked.articles, asked.kind, changed=name == "changed")
            rounds.append({"round": name, **measure(folder, home, encoder)})
            sys.stdout.write(json.dumps(rounds[-1]) + "\n")
            sys.stdout.flush()
    return rounds


if __name__ == "__main__":
    main()
