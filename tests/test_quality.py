"""Quality as a gate: the real encoder on the sample library, its labelled questions, and pinned floors.

Floors only rise. Whoever changes the questions or the articles measures anew and pins the new digest
with floors just under what was measured; the figures are in the message of a test that fails.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from home import Home

from corpus.ingest import add
from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds
from retrieval.measures import normalised
from retrieval.search import SearchOptions
from retrieval.types import Answer, NotFound

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "sample"
QUESTIONS = ROOT / "tests" / "data" / "sample_questions.jsonl"
SEED = ROOT.parent / "shared" / "seed"

# SHA-256 of the questions and the articles that the floors were measured on.
DIGEST = "40f566f4196c343c9fa12dae8dc7f3cd4b185b445e74c430b0724f04bb60c512"

# Measured with all-MiniLM-L6-v2 by OpenVINO in bf16: 73, 51 and 66 of 80 answerable questions. Two fewer
# are let pass, for processors that round otherwise.
AT_LEAST = {"right article first": 71, "right excerpt first": 49, "answered": 64}
# Measured: 7 of 80 answerable questions, 0 of 25 about things the library does not tell of.
AT_MOST = {"refused though answerable": 9, "answered though not there": 1}


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question with what came of it: the verdict, and the first excerpt whatever the verdict."""

    label: dict
    verdict: str
    article: str
    text: str

    @property
    def is_right_article(self):
        """Whether the first excerpt is of an article that holds the answer."""
        return self.article in self.label["gold"]

    @property
    def is_right_excerpt(self):
        """Whether the first excerpt holds an answer, compared as SQuAD does."""
        return any(normalised(answer) in normalised(self.text) for answer in self.label["answers"])


@pytest.fixture(scope="module")
def asked(encoder, tmp_path_factory):
    """Every question of the sample library that stands alone, asked."""
    home = Home(tmp_path_factory.mktemp("sample"), encoder)
    with home.library() as library:
        assert {added.status for added in add(library, [str(SAMPLE)])} == {"added"}
        names = {library.find(str(path)): path.stem for path in SAMPLE.glob("*.md")}
    home.reindex()
    always = Thresholds(answer=DEFAULT_THRESHOLDS.answer, related=0.0)
    searcher = home.searcher(SearchOptions(thresholds=always))
    return [ask(searcher, label, names) for label in map(json.loads, lines()) if "history" not in label]


def lines():
    """The lines of the labelled questions."""
    return QUESTIONS.read_text("utf-8").splitlines()


def ask(searcher, label, names):
    """Ask one labelled question."""
    reply = searcher.answer(label["question"])
    first = reply.excerpts[0]
    shown = "related" if reply.confidence >= DEFAULT_THRESHOLDS.related else "not_found"
    verdict = "answer" if isinstance(reply, Answer) else shown
    return Asked(label, verdict, names[first.article.id], first.text)


@pytest.fixture(scope="module")
def figures(asked):
    """What the floors are compared with."""
    answerable = [each for each in asked if each.label["answerable"]]
    elsewhere = [each for each in asked if each.label["verdict"] == "not_found"]
    near = [each for each in asked if each.label["verdict"] == "related"]
    return {
        "answerable": len(answerable),
        "right article first": sum(each.is_right_article for each in answerable),
        "right excerpt first": sum(each.is_right_excerpt for each in answerable),
        "answered": sum(each.verdict == "answer" for each in answerable),
        "answered with the right excerpt": sum(
            each.verdict == "answer" and each.is_right_excerpt for each in answerable
        ),
        "refused though answerable": sum(each.verdict == "not_found" for each in answerable),
        "not there": len(elsewhere),
        "answered though not there": sum(each.verdict == "answer" for each in elsewhere),
        "near misses": len(near),
        "answered though a near miss": sum(each.verdict == "answer" for each in near),
    }


def test_the_floors_belong_to_these_questions():
    """The questions and articles are those that the floors were measured on."""
    digest = hashlib.sha256()
    for path in [QUESTIONS, *sorted(SAMPLE.glob("*.md"))]:
        digest.update(path.read_bytes())

    assert digest.hexdigest() == DIGEST, "measure anew, then pin this digest and floors that are not lower"


@pytest.mark.parametrize("name", AT_LEAST)
def test_no_fewer_are_right(figures, name):
    """Of the answerable questions at least so many are found, quoted and answered."""
    assert figures[name] >= AT_LEAST[name], figures


@pytest.mark.parametrize("name", AT_MOST)
def test_no_more_are_wrong(figures, name):
    """At most so many questions get the wrong verdict."""
    assert figures[name] <= AT_MOST[name], figures


@pytest.fixture(scope="module")
def seed(encoder, tmp_path_factory):
    """Searches one real article as it came off the web."""
    if not SEED.is_dir():
        pytest.skip(f"the article these questions are about is not on this machine: {SEED}")
    home = Home(tmp_path_factory.mktemp("seed"), encoder)
    with home.library() as library:
        assert [added.status for added in add(library, [str(SEED)])] == ["added"]
    home.reindex()
    return home.searcher()


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
    reply = seed.answer(question)

    assert isinstance(reply, Answer), reply
    assert quoted in reply.excerpts[0].text


def test_a_real_article_is_not_asked_too_much(seed):
    """What the article does not tell of is not found in it."""
    reply = seed.answer("Who won the 2018 World Cup final?")

    assert isinstance(reply, NotFound), reply
