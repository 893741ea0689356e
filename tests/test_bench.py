"""Every measure works, on libraries of a few passages; what the figures are worth is no test's business."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import made_up, plots, race
from bench.adding import adding
from bench.asking import asking, latency_name
from bench.figure import OURS, Figure, quantile, spread
from bench.goals import goals
from bench.homes import Workshop, indexed_home
from bench.ingest import ENCODING, INDEXING, flops, ingest
from bench.limits import COPY_ALL, COPY_ONE, MACHINE, gemm, stream_copy
from bench.race import COLD_RACE, ONE_AT_A_TIME, PEERS, Track
from bench.remembering import MEMORY, remembering
from bench.report import Run, page
from bench.scanning import BANDWIDTH, RECALL, scanning
from bench.starting import COLD, OPENING, starting
from bench.texts import real_texts

from corpus.split import split

PEERS_PYTHON = os.environ.get("BENCH_PEERS")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory, models):
    """Where benches make what they need, with the encoder converted already."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "models").symlink_to(models)
    return Workshop(folder)


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """A few passages of the sample library."""
    return real_texts(12, sets=tmp_path_factory.mktemp("nothing"))


@pytest.fixture(scope="module")
def home(workshop, texts):
    """They are indexed."""
    return indexed_home(workshop, 12, texts)


def names(figures):
    """What was measured, each of which is a positive number of ours."""
    found = list(figures)
    assert all(figure.value > 0 and figure.by == OURS for figure in found)
    return {figure.name for figure in found}


def words_of(passage):
    """Its words in small letters."""
    return set(passage.lower().replace(".", "").split())


def test_ingest_is_measured_by_itself_and_whole(workshop, texts):
    """The encoder is measured alone and in a reindex, and given as a share of a matrix product."""
    limit = Figure("GEMM fp32", 10.0, "GFLOP/s", by=MACHINE)

    found = list(ingest(workshop, texts, [limit], rounds=1))

    assert {ENCODING, INDEXING} <= names(found)
    assert [figure.share is not None for figure in found if figure.limit] == [True]


def test_questions_are_measured_alone_and_among_others(home):
    """There are times for each number of askers, asked again, kept busy, and without the cross-encoder."""
    found = names(asking(home, asked=2, at_once=(1, 2)))

    assert {f"{latency_name(askers)}, p95" for askers in (1, 2)} <= found


def test_starting_is_measured_from_the_process_on(home):
    """A process that is started answers, and the snapshot is opened."""
    assert {COLD, OPENING} <= names(starting(home, rounds=1))


def test_scanning_compares_with_every_vector(home):
    """Over few passages, which are all compared, the ten nearest are all found."""
    found = {figure.name: figure for figure in scanning(home, asked=3)}

    assert found[RECALL].value == 1.0
    assert found[BANDWIDTH].share is None


def test_memory_is_that_of_a_process_of_its_own(home):
    """A process that serves says what it holds."""
    assert MEMORY in names(remembering(home, asked=1))


def test_what_is_added_is_found(home):
    """An article that is added is searched, whichever way; else the measure raises."""
    assert len(names(adding(home, rounds=1))) == 2


def test_the_machine_has_limits():
    """Arrays are copied at some rate by one thread and by all, and matrices are multiplied."""
    limits = [stream_copy(1, 1), stream_copy(1, 2), gemm("fp32", 32)]

    assert [limit.name for limit in limits[:2]] == [COPY_ONE, COPY_ALL]
    assert all(limit.value > 0 for limit in limits)


def test_operations_are_counted_as_published():
    """A text of one token takes six layers of 2 (4 h² + 2 h f) operations, and 4 h for attention."""
    assert flops(1) == 6 * (2 * (4 * 384**2 + 2 * 384 * 1536) + 4 * 384)


def test_made_up_articles_have_the_passages_asked_for(encoder):
    """They are split into exactly so many, and to a question in a passage's words that is near."""
    texts = made_up.made_up_texts(100, n_questions=20)
    vectors = made_up.MadeUpEncoder(encoder)
    passages = [
        passage.span.of(article["text"])
        for article in texts.articles
        for passage in split(article["text"], "en")
    ]

    cosines = vectors.encode(texts.questions, "query") @ vectors.encode(passages, "passage").T

    near = [
        any(set(question.rstrip("?").split()) <= words_of(passages[row]) for row in row_of[-10:])
        for question, row_of in zip(texts.questions, cosines.argsort(axis=1), strict=True)
    ]
    assert len(passages) == 100
    assert sum(near) >= 15


def test_quantiles_are_values_that_were_measured():
    """p50, p95 and p99 by nearest rank."""
    times = list(range(1, 101))

    assert [figure.value for figure in spread("a question", times, 1)] == [50, 95, 99]
    assert quantile([7.0], 0.99) == 7.0


def test_losses_stand_in_the_page_in_bold(tmp_path):
    """What is slower than set out is in bold; a run that was written is read as it was."""
    figures = [
        Figure(f"{ONE_AT_A_TIME}, p50", 30.0, "ms", 10_000),
        Figure(f"{ONE_AT_A_TIME}, p50", 20.0, "ms", 10_000, PEERS["chroma_store"]),
        Figure(COLD_RACE, 1.0, "s", 10_000),
        Figure(COLD_RACE, 9.0, "s", 10_000, PEERS["chroma_store"]),
        *(Figure(MEMORY, 400.0, "MB", size) for size in (1_000, 10_000)),
    ]
    run = Run.of(figures, "make bench", {})

    written = page(run)

    assert [goal.holds for goal in goals(figures)] == [False, True]
    assert "**1.5 x**" in written
    assert "| footnote |" in written
    assert Run.read(run.write(tmp_path)) == run


def test_plots_are_drawn(tmp_path):
    """The race and the sizes become a drawing each, where they were measured."""
    pytest.importorskip("matplotlib", reason="plots need matplotlib: footnote[plot]")
    figures = [
        *(Figure(COLD_RACE, 2.0, "s", 1_000, by) for by in (OURS, *PEERS.values())),
        *(Figure(MEMORY, size / 10, "MB", size) for size in (1_000, 10_000)),
        *(Figure(COLD, 2.0, "s", size) for size in (1_000, 10_000)),
    ]

    drawn = plots.draw(figures, tmp_path)

    assert [path.name for path in drawn] == ["race.svg", "sizes.svg"]
    assert plots.draw([], tmp_path) == []


@pytest.mark.skipif(not PEERS_PYTHON, reason="BENCH_PEERS names the Python of make bench-peers")
def test_peers_race(home, workshop):
    """Every peer embeds, answers and starts, and is measured beside us."""
    figures = list(race.race(Track(Path(PEERS_PYTHON), home, workshop), few=4, asked=2, rounds=1))

    assert {figure.by for figure in figures} == {OURS, *PEERS.values()}
