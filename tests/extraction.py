"""How well articles are found in pages, by the article-extraction-benchmark's own definition.

`make extraction` reads all 181 pages of the benchmark beside the checkout, prints the figures and the worst
pages, and fails where F1 is below the floor. The suite reads a part of them.

The measure is that of the benchmark: of all runs of four words, how many are in both texts, weighed so that
every page counts the same.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import click

from corpus.clean import clean
from corpus.errors import UnreadableSource
from corpus.keys import url_key
from corpus.kinds.html import load_html
from corpus.source_file import SourceFile
from corpus.types import Metadata

PAGES = Path(__file__).parents[2] / "shared" / "eval" / "extraction" / "article_extraction_benchmark"
FLOOR = 0.965

_WORDS_PER_RUN = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """What became of a page of the benchmark."""

    url: str
    precision: float
    recall: float
    metadata: Metadata | None


def pages(every: int = 1) -> Iterator[Page]:
    """What becomes of the benchmark's pages, or of one in ``every``."""
    truth = json.loads((PAGES / "ground-truth.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        for name in sorted(truth)[::every]:
            path.write_bytes(gzip.decompress((PAGES / "html" / f"{name}.html.gz").read_bytes()))
            yield _read(path, truth[name]["url"], truth[name]["articleBody"])


def _read(path: Path, url: str, body: str) -> Page:
    source = SourceFile(path, url, url_key(url), path.name, "text/html", url)
    try:
        [article] = load_html(source)
    except UnreadableSource:
        return Page(url, 0.0, 0.0, None)
    return Page(url, *agreement(body, clean(article.text, article.markup)), article.metadata)


def agreement(truth: str, found: str) -> tuple[float, float]:
    """Precision and recall of the runs of words of a text."""
    true, of_found = _runs(truth), _runs(found)
    n_both = (true & of_found).total()
    precision = n_both / of_found.total() if of_found else float(not true)
    return precision, n_both / true.total() if true else float(not of_found)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    n_runs = max(1, len(words) - _WORDS_PER_RUN + 1) if words else 0
    return Counter(tuple(words[start : start + _WORDS_PER_RUN]) for start in range(n_runs))


def f1(read: list[Page]) -> float:
    """The harmonic mean of the mean precision and the mean recall, as the benchmark has it."""
    precision, recall = mean(page.precision for page in read), mean(page.recall for page in read)
    return 2 * precision * recall / (precision + recall)


def main() -> int:
    """Print the figures; 1 when they are too low."""
    read = list(pages())
    for page in sorted(read, key=lambda page: min(page.precision, page.recall))[:10]:
        click.echo(f"{page.precision:.2f} {page.recall:.2f} {page.url}")
    found = [page.metadata for page in read if page.metadata is not None]
    for field in ("title", "author", "source", "published"):
        click.echo(f"{field}: {sum(bool(getattr(one, field)) for one in found)} of {len(read)}")
    precision, recall = mean(page.precision for page in read), mean(page.recall for page in read)
    click.echo(f"precision {precision:.4f}  recall {recall:.4f}  F1 {f1(read):.4f}  floor {FLOOR}")
    return int(f1(read) < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
