"""Articles and vectors for sizes that no encoder embeds in minutes: made up, and said so wherever shown.

Half of the words follow Zipf's law, the other half are those of the article's subject, one of some thousand.
A text's vector is the sum of its words' directions, which lie in 64 of the 384 dimensions: so vectors cluster
by subject, texts that share words are near, and a question in words of a passage is near to it. How well a
search by lists recalls them says little of other vectors.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from bench.texts import SAMPLE, Texts
from retrieval.cosine_scale import CosineScale
from retrieval.encoder import Encoder, PassageText, Role, Vectors

DIMS = 384
_INTRINSIC = 64
_SEED = 6
N_WORDS = 50_000
N_SUBJECTS, SUBJECT_WORDS = 4_000, 200
# Three sentences of 24 words, 400 to 510 letters: no passage can hold two such paragraphs.
SENTENCE_WORDS, PASSAGE_SENTENCES, ARTICLE_PASSAGES = 24, 3, 10
_SYLLABLES = [onset + nucleus for onset in "bdfghklmnprstvwz" for nucleus in "aeiou"]


class MadeUpEncoder:
    """See the module. It passes for the encoder whose fingerprint and scale it is given.

    So the command line, which loads that one, opens what was indexed with this one; only vectors differ.

    Args:
        like: The encoder that it passes for.
    """

    backend = "made up"
    dims = DIMS

    def __init__(self, like: Encoder) -> None:
        self.fingerprint: str = like.fingerprint
        self.scale: CosineScale = like.scale
        chance = np.random.default_rng(_SEED)
        plane = np.linalg.qr(chance.standard_normal((DIMS, _INTRINSIC)))[0].T
        self._directions = (chance.standard_normal((N_WORDS, _INTRINSIC)) @ plane).astype(np.float32)
        self._rows = {word: row for row, word in enumerate(vocabulary())}

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See `Encoder`; questions and passages are read alike."""
        vectors = np.zeros((len(texts), DIMS), dtype=np.float32)
        for row, text in enumerate(texts):
            words = re.findall(r"\w+", text.lower()) or [text]
            rows = [self._rows.get(word, crc32(word.encode()) % N_WORDS) for word in words]
            total = self._directions[rows].sum(axis=0)
            vectors[row] = total / np.linalg.norm(total)
        return vectors

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """See `Encoder`."""
        return [
            self.encode([each.text, *(span.of(each.text) for span in each.sentences)], "passage")
            for each in passages
        ]


def vocabulary() -> list[str]:
    """The words of the sample library, the most frequent first, and then others of three syllables."""
    chance = random.Random(_SEED)
    sample = (path.read_text("utf-8").lower() for path in sorted(SAMPLE.glob("*.md")))
    counted = Counter(word for text in sample for word in re.findall(r"\b[a-z]+\b", text))
    words = dict.fromkeys(word for word, _ in counted.most_common())
    while len(words) < N_WORDS:
        words["".join(chance.choices(_SYLLABLES, k=3))] = None
    return list(words)


def made_up_articles(n_passages: int) -> Iterator[dict[str, str]]:
    """Articles that are split into so many passages, at most."""
    words = vocabulary()
    chance = np.random.default_rng(_SEED)
    common = 1 / np.arange(1, N_WORDS + 1)
    cumulated = np.cumsum(common / common.sum())
    subjects = chance.integers(0, N_WORDS, (N_SUBJECTS, SUBJECT_WORDS))
    n_words = SENTENCE_WORDS * PASSAGE_SENTENCES * ARTICLE_PASSAGES
    for number in range(n_passages // ARTICLE_PASSAGES):
        subject = subjects[chance.integers(N_SUBJECTS)]
        drawn = np.minimum(np.searchsorted(cumulated, chance.random(n_words)), N_WORDS - 1)
        own = subject[chance.integers(0, SUBJECT_WORDS, n_words)]
        rows = np.where(chance.random(n_words) < 0.5, own, drawn).reshape(ARTICLE_PASSAGES, -1)
        passages = [_passage([words[row] for row in each]) for each in rows.tolist()]
        yield {"id": f"made-up-{number}", "title": words[int(subject[0])].title(),
               "text": "\n\n".join(passages)}  # fmt: skip


def made_up_texts(n_passages: int, n_questions: int = 1_000) -> Texts:
    """Such articles, and questions in eight words of one sentence each."""
    articles = tuple(made_up_articles(n_passages))
    chance = random.Random(_SEED)
    questions: dict[str, None] = {}
    while len(questions) < n_questions:
        sentence = chance.choice(re.split(r"\.\s*", chance.choice(articles)["text"].rstrip(".")))
        chosen = chance.sample(sentence.split(), 8)
        questions[f"{' '.join(chosen).lower()}?"] = None
    return Texts("made-up articles and vectors", articles, tuple(questions), language="en")


def _passage(words: list[str]) -> str:
    sentences = (words[at : at + SENTENCE_WORDS] for at in range(0, len(words), SENTENCE_WORDS))
    return " ".join(f"{' '.join(each).capitalize()}." for each in sentences)
