"""How fast articles become searchable: the encoder alone, and adding and indexing all of it."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator, Sequence

from tokenizers import Tokenizer

from bench.figure import Figure
from bench.homes import Workshop, config_of, passages_of, put_in
from bench.limits import GEMM
from bench.texts import Texts
from bot.home_desk import HomeDesk
from retrieval.encoder import Encoder
from retrieval.model_folder import DEFAULT_MODEL, find_model

ENCODING = "encoding passages"
INDEXING = "adding and indexing, sentence vectors included"
REBUILDING = "indexing again, vectors known"
FLOPS = "encoder's useful operations"

# What a layer of the default model multiplies with: hidden and feed-forward width, and how many layers.
HIDDEN, FEED_FORWARD, LAYERS = 384, 1536, 6


def ingest(
    workshop: Workshop, texts: Texts, limits: Sequence[Figure] = (), *, rounds: int = 2
) -> Iterator[Figure]:
    """Both, in a home of its own with no vectors known, each round anew; the median."""
    encoder = workshop.encoder()
    path = workshop.folder / "homes" / "ingest"
    adding, indexing, again, encoding = [], [], [], []
    for _ in range(rounds):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True, mode=0o700)
        started = time.perf_counter()
        put_in(path, texts)
        adding.append(time.perf_counter() - started)
        desk = HomeDesk(config_of(path), encoder)
        indexing.append(desk.reindex().seconds)
        shutil.rmtree(path / "snapshots")
        again.append(HomeDesk(config_of(path), encoder).reindex().seconds)
        passages = passages_of(path)
        encoding.append(_seconds_to_encode(encoder, passages))
    n = len(passages)
    note = f"median of {rounds}, {texts.origin}"
    alone = Figure(ENCODING, n / statistics.median(encoding), "passages/s", n, note=note)
    yield alone
    total = statistics.median(a + b for a, b in zip(adding, indexing, strict=True))
    yield Figure(INDEXING, n / total, "passages/s", n, note=note)
    yield Figure("adding", n / statistics.median(adding), "passages/s", n, note=note)
    yield Figure(REBUILDING, n / statistics.median(again), "passages/s", n, note=note)
    yield from _of_gemm(passages, alone, limits)


def _seconds_to_encode(encoder: Encoder, passages: list[str]) -> float:
    encoder.encode(passages[:32], "passage")
    started = time.perf_counter()
    encoder.encode(passages, "passage")
    return time.perf_counter() - started


def _of_gemm(passages: list[str], alone: Figure, limits: Sequence[Figure]) -> Iterator[Figure]:
    """The encoder's rate of useful operations, as a share of each measured matrix product."""
    total = sum(flops(n_tokens) for n_tokens in _token_counts(passages))
    rate = Figure(FLOPS, total / alone.size * alone.value / 1e9, "GFLOP/s", alone.size,
                  note="padding not counted")  # fmt: skip
    for limit in limits:
        if limit.name in GEMM.values() and limit.value:
            yield rate.of(limit)


def flops(n_tokens: int) -> int:
    """Operations to encode a text of so many tokens, a multiplication and an addition being two.

    As counted in appendix F of Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models", for
    one forward pass, without embeddings and the last layer's logits, which an encoder has none of. A layer
    takes 2 n 3 h h for queries, keys and values, 2 n n h for their products, 2 n n h for what is weighted
    by them, 2 n h h for the projection after it and 2 n 2 h f for the feed-forward part.
    """
    attention = 2 * n_tokens * 4 * HIDDEN**2 + 4 * n_tokens**2 * HIDDEN
    return LAYERS * (attention + 2 * n_tokens * 2 * HIDDEN * FEED_FORWARD)


def _token_counts(passages: list[str]) -> list[int]:
    folder = find_model(DEFAULT_MODEL)
    tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.max_tokens)
    return [len(encoding.ids) for encoding in tokenizer.encode_batch(passages)]
