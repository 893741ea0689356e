"""Quality as a gate: the real encoder, labelled questions, and floors that only fall for a reason."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from floors import FLOORS, read_floors, too_low, unexplained
from home import Home
from quality import ROOT, SUITE, WHOLE, measure

from corpus.ingest import add
from retrieval.types import Answer, NotFound, Query

SEED = ROOT.parent / "shared" / "seed"


@pytest.fixture(scope="module")
def lender(tmp_path_factory, models):
    """A home that lends the encoder of the suite."""
    home = tmp_path_factory.mktemp("quality")
    (home / "models").symlink_to(models)
    return home


@pytest.mark.timeout(600)  # a quarter of a minute each, and much more where the machine is busy
@pytest.mark.parametrize("gate", SUITE, ids=lambda gate: gate.name)
def test_no_figure_is_below_its_floor(gate, lender):
    """Labelled questions, of every verdict and language, are answered no worse than was pinned."""
    if gate.missing:
        pytest.skip(f"not on this machine: {', '.join(gate.missing)}")

    measured = measure(gate, lender)

    assert too_low(read_floors(FLOORS.read_text("utf-8")), measured) == [], measured


def test_every_gate_has_floors():
    """The floors are those of the gates there are, so that none is dropped in silence."""
    pinned = read_floors(FLOORS.read_text("utf-8"))["gates"]

    assert pinned.keys() == {gate.name for gate in (*SUITE, *WHOLE)}


def test_no_floor_was_lowered_in_silence():
    """From each version of the floors to the next, up to the one here, what is lower has a reason."""
    versions = [read_floors(text) for text in [*committed(FLOORS), FLOORS.read_text("utf-8")]]

    for before, after in pairwise(versions):
        assert unexplained(before, after) == []


def committed(path: Path):
    """The file at every commit that changed it, oldest first; none outside a checkout."""
    git = ["git", "-C", str(ROOT)]
    name = path.relative_to(ROOT).as_posix()
    log = subprocess.run(
        [*git, "log", "--reverse", "--format=%H", "--", name], capture_output=True, text=True
    )
    for commit in log.stdout.split():
        yield subprocess.run([*git, "show", f"{commit}:{name}"], capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def seed(encoder, cross_encoder, tmp_path_factory):
    """Searches one real article as it came off the web, with all that `make install` brings."""
    if not SEED.is_dir():
        pytest.skip(f"the article these questions are about is not on this machine: {SEED}")
    home = Home(tmp_path_factory.mktemp("seed"), encoder)
    with home.library() as library:
        assert [added.status for added in add(library, [str(SEED)])] == ["added"]
    home.reindex()
    return home.searcher(None, cross_encoder)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What weapons did Masoud ask for?", "artillery, helicopters, American-made tanks"),
        ("Which magazine published the interview?", "Paris Match"),
        ("Who is Masoud's father?", "Ahmad Shah Masoud"),
        ("What is Punjir like?", "remote, largely inaccessible mountain area"),
    ],
)
def test_a_real_article_is_quoted_right(seed, question, quoted):
    """A question about a real, badly translated article is answered by the right sentence, first."""
    reply = seed.answer(Query(question))

    assert isinstance(reply, Answer), reply
    assert quoted in reply.excerpts[0].text


def test_a_real_article_is_not_asked_too_much(seed):
    """What the article does not tell of is not found in it."""
    reply = seed.answer(Query("Who won the 2018 World Cup final?"))

    assert isinstance(reply, NotFound), reply
