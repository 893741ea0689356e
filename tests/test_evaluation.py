"""`footnote eval` on a small set, with the real encoder."""

import json

import pytest

from retrieval.evaluate import measure
from retrieval.measures import Prediction
from retrieval.questions import Question

pytestmark = pytest.mark.usefixtures("undisturbed")

ARTICLES = [
    {"id": "ferry", "title": "Ferry", "text": "The ferry to Orrey takes 50 minutes. It leaves at noon."},
    {"id": "bakery", "title": "Bakery", "text": "The bakery on Fore Street is owned by its 31 bakers."},
    {"id": "tower", "title": "Tower", "text": "The lighthouse is 43 metres high and was built in 1871."},
]
QUESTIONS = [
    {"id": 1, "question": "How long does the ferry take?", "gold": ["ferry"], "answers": ["50 minutes"]},
    {"id": 2, "question": "Who owns the bakery?", "gold": ["bakery"], "answers": ["its 31 bakers"]},
    {"id": 3, "question": "How high is the lighthouse?", "gold": ["tower"], "answers": ["43 metres"]},
    {"id": 4, "question": "Who won the 2018 World Cup final?", "gold": [], "answerable": False},
]


@pytest.fixture
def labelled(tmp_path):
    """A folder with the articles and the questions."""
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    questions = [{"answerable": True, **question} for question in QUESTIONS]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)))
    return folder


def test_eval(sampled, labelled, tmp_path):
    """The measures are those of the replies, and every reply is written for a scorer that is not ours."""
    ran = sampled("eval", labelled, "--json", "--predictions", tmp_path / "replies.jsonl")

    assert ran.code == 0
    assert (ran.json["set"], ran.json["questions"], ran.json["answerable"]) == ("set", 4, 3)
    measures = {name: each["value"] for name, each in ran.json["measures"].items()}
    assert {"hit@1": 1, "mrr@10": 1, "excerpt hit@1": 1, "auroc": 1}.items() <= measures.items()
    assert measures["false answers"] == 0
    replies = [json.loads(line) for line in (tmp_path / "replies.jsonl").read_text().splitlines()]
    assert [reply["ranked"][0] for reply in replies[:3]] == ["ferry", "bakery", "tower"]
    assert replies[0]["verdict"] == "answer"
    assert replies[0]["excerpts"][0] == {"article_id": "ferry", "text": ARTICLES[0]["text"]}
    assert replies[3]["verdict"] == "not_found"


def test_compare(sampled, labelled, tmp_path):
    """A result compared with itself differs in nothing; a part of the questions can be asked."""
    (tmp_path / "a.json").write_text(sampled("eval", labelled, "--json", "--limit", 2).out)

    ran = sampled("eval", "--compare", tmp_path / "a.json", tmp_path / "a.json")

    assert ran.code == 0
    assert "hit@1" in ran.out
    assert "+0.000" in ran.out
    assert "  *" not in ran.out


@pytest.mark.parametrize(
    "arguments", [["eval"], ["eval", "nowhere"], ["eval", "--compare", "a.json", "b.json"]], ids=" ".join
)
def test_what_cannot_be_measured(sampled, arguments):
    """Without a set, or without results to compare, the command says what it wants."""
    ran = sampled(*arguments)

    assert ran.code == 2
    assert "corpus.jsonl" in ran.err or "footnote eval DIR --json" in ran.err


def test_what_was_not_asked_is_not_measured():
    """A set without answer strings or unanswerable questions has no measures of them."""
    asked = [Question("a", "Who?", frozenset({"x"}))]

    found = measure(asked, [Prediction("a", ("x",), (("x", "It was she."),), 0.9, "answer", 3.0)]).measures

    assert found["hit@1"].value == 1
    assert found["excerpt chars"].value == 11
    assert not {"excerpt hit@1", "auroc", "false answers"} & found.keys()
