"""What is indexed and asked: real text where it can be embedded in minutes, made-up text beyond."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.split import split

ROOT = Path(__file__).parents[2]
SETS = ROOT.parent / "shared" / "eval"
SAMPLE = ROOT / "corpus" / "sample"
# In English, whose articles together are some 11,000 passages.
USED = ("squad2_dev", "mtragun_dev", "clapnq_dev", "covidqa_partial", "multihoprag_facts500", "xquad_en")
_SEED = 6
_SAMPLE_QUESTIONS = 1_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles and questions about them.

    Args:
        origin: Where they are from, to be said beside every figure.
        articles: Each with ``id``, ``title`` and ``text``, as the lines of a ``.jsonl``.
        questions: No two are the same.
        language: What the articles pass for; None to have it told by their words.
    """

    origin: str
    articles: tuple[dict[str, str], ...]
    questions: tuple[str, ...]
    language: str | None = None


def real_texts(n_passages: int, sets: Path = SETS) -> Texts:
    """So many passages, or a few more, of the public sets; of the sample library where those are not here."""
    if not all((sets / name / "corpus.jsonl").exists() for name in USED):
        return _sample_texts(n_passages)
    articles = (
        {"id": f"{name}-{line['id']}", "title": line.get("title", ""), "text": line["text"]}
        for name in USED
        for line in _lines(sets / name / "corpus.jsonl")
    )
    taken = tuple(_first(articles, n_passages))
    names = [name for name in USED if any(each["id"].startswith(f"{name}-") for each in taken)]
    ids = {each["id"] for each in taken}
    asked = {
        line["question"]
        for name in names
        for line in _lines(sets / name / "queries.jsonl")
        if not line.get("history") and any(f"{name}-{gold}" in ids for gold in line["gold"])
    }
    questions = sorted(asked)
    random.Random(_SEED).shuffle(questions)
    return Texts(f"public sets: {', '.join(names)}", taken, tuple(questions))


def _sample_texts(n_passages: int) -> Texts:
    """Paragraphs of the sample library drawn by chance, with other numbers in them."""
    chance = random.Random(_SEED)
    paragraphs = [
        paragraph
        for path in sorted(SAMPLE.glob("*.md"))
        for paragraph in path.read_text("utf-8").split("\n---\n", 1)[1].strip().split("\n\n")
    ]

    def drawn() -> Iterator[dict[str, str]]:
        for number in range(n_passages):
            chosen = [_renumbered(each, chance) for each in chance.sample(paragraphs, 4)]
            yield {"id": f"sample-{number}", "title": f"Report {number}", "text": "\n\n".join(chosen)}

    articles = tuple(_first(drawn(), n_passages))
    asked = (_asking(chance.choice(articles)["text"], chance) for _ in range(2 * _SAMPLE_QUESTIONS))
    questions = tuple(dict.fromkeys(asked))[:_SAMPLE_QUESTIONS]
    return Texts("the sample library's paragraphs, drawn by chance with other numbers", articles, questions)


def _renumbered(paragraph: str, chance: random.Random) -> str:
    return re.sub(r"\d+", lambda found: str(chance.randrange(1, 10 ** len(found.group()))), paragraph)


def _asking(text: str, chance: random.Random) -> str:
    """A question in the words of a text."""
    words = text.split()
    start = chance.randrange(max(1, len(words) - 7))
    return f"What is said about {' '.join(words[start : start + 7]).strip('.,“”')}?"


def _first(articles: Iterator[dict[str, str]], n_passages: int) -> Iterator[dict[str, str]]:
    """As many articles as so many passages need."""
    n_found = 0
    for article in articles:
        if n_found >= n_passages:
            return
        n_found += len(split(article["text"], "en"))
        yield article


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
