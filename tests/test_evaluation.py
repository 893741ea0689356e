"""`footnote eval` on a small set, with the real encoder."""

import hashlib
import json
import re
import sys
from datetime import datetime

import pytest
from command import spawned

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


def test_questions_of_another_set(sampled, labelled, tmp_path):
    """Questions about other articles are asked too, an answer to one of them is false, and all is drawn."""
    other = tmp_path / "other"
    other.mkdir()
    abroad = [{**each, "answerable": True, "gold": ["x"]} for each in (QUESTIONS[3], QUESTIONS[0])]
    (other / "queries.jsonl").write_text("\n".join(map(json.dumps, abroad)))

    replies, plot = tmp_path / "replies.jsonl", tmp_path / "trust.png"
    ran = sampled("eval", labelled, "--json", "--outside", other, "--predictions", replies, "--plot", plot)

    assert (ran.json["questions"], ran.json["outside"]) == (4, 2)
    measures = {name: each["value"] for name, each in ran.json["measures"].items()}
    assert measures["outside false answers"] == 0.5  # the ferry is in the articles after all
    assert measures["outside auroc"] < 1
    assert measures["hit@1"] == 1
    assert len(replies.read_text().splitlines()) == 4
    drawn = plot.read_bytes()
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) == 1080  # pixels wide
    assert "matplotlib.pyplot" not in sys.modules  # which would keep every figure


def test_what_was_measured_is_stamped(sampled, labelled):
    """A result says what was asked of what, with what, where and when."""
    found = sampled("eval", labelled, "--json", "--limit", 2, "--seed", 5).json

    corpus = (labelled / "corpus.jsonl").read_bytes()
    assert found["corpus_sha256"] == hashlib.sha256(corpus).hexdigest()
    assert (found["limit"], found["seed"], found["questions"]) == (2, 5, 2)
    assert found["outside_sha256"] is None
    assert found["settings"]["max_excerpt_chars"] == 400
    # What `auto` stood for, where all is installed.
    assert (found["settings"]["cross_encoder"], found["settings"]["backend"]) == ("packaged", "openvino")
    assert not {"telegram_token", "admins", "workers"} & found["settings"].keys()
    assert found["machine"].endswith("cores")
    assert datetime.fromisoformat(found["measured_at"]).tzinfo is not None
    assert found["commit"] is None or re.fullmatch(r"[0-9a-f]{12}(-dirty)?", found["commit"])


def test_earlier_turns_are_used(sampled, tmp_path):
    """The same words asked after two different questions are answered from two articles."""
    said = {"ferry": "How long does the ferry to Orrey take?", "tower": "When was the lighthouse built?"}
    questions = [
        {"id": key, "question": "And how high is it?", "history": [{"role": "user", "text": text}]}
        for key, text in said.items()
    ]
    ferry = "The ferry to Orrey is 9 metres high. It takes 50 minutes."
    corpus = [{**ARTICLES[0], "text": ferry}, *ARTICLES[1:]]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    labelled = [{**question, "answerable": True, "gold": [question["id"]]} for question in questions]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, labelled)))

    ran = sampled("eval", tmp_path, "--json")

    assert ran.json["measures"]["hit@1"]["value"] == 1


def test_a_missing_article_is_named(sampled, labelled):
    """A question about an article that is not there is named: it counts as missed, whatever is replied."""
    lines = (labelled / "corpus.jsonl").read_text().splitlines()
    (labelled / "corpus.jsonl").write_text("\n".join(lines[1:]))

    ran = sampled("eval", labelled)

    assert ran.code == 0
    assert "1 questions name articles that are not in corpus.jsonl" in ran.err
    assert "1: ferry" in ran.err


ODD_QUESTIONS = ["", "👍🎉", "?!", "\u202e \u0000", "word " * 300]


def test_what_the_bot_would_not_look_up(sampled, labelled, tmp_path):
    """A question the bot objects to gets no reply here either; one it can tidy is asked tidied."""
    odd = [
        {"id": number, "question": text, "answerable": True, "gold": ["ferry"]}
        for number, text in enumerate([*ODD_QUESTIONS, "How\n\nlong \u200bdoes the fer\u00adry\ttake?"])
    ]
    (labelled / "queries.jsonl").write_text("\n".join(map(json.dumps, odd)))

    ran = sampled("eval", labelled, "--json", "--predictions", tmp_path / "replies.jsonl")

    assert ran.code == 0
    *silent, asked = [json.loads(line) for line in (tmp_path / "replies.jsonl").read_text().splitlines()]
    nothing = {"ranked": [], "excerpts": [], "confidence": 0.0, "verdict": "not_found", "ms": 0.0}
    assert [reply | {"id": 0} for reply in silent] == [{"id": 0} | nothing] * len(ODD_QUESTIONS)
    assert (asked["verdict"], asked["ranked"][0]) == ("answer", "ferry")


def test_rejected_articles_are_named(sampled, labelled):
    """Every line of the articles that cannot be taken is named, the rest is measured, and the code is 1."""
    with (labelled / "corpus.jsonl").open("a") as file:
        file.write('\n{"id": "empty", "text": ""}\nnonsense')

    ran = sampled("eval", labelled, "--json")

    assert (ran.code, ran.json["measures"]["hit@1"]["value"]) == (1, 1)
    assert "corpus.jsonl:4 has no text" in ran.err
    assert "corpus.jsonl:5 is not JSON" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "corpus.jsonl is not there"), ("", "holds no article"), ("{}", "holds no article")],
)
def test_no_articles(sampled, labelled, content, said):
    """A set without articles is told by the name of the file that should hold them."""
    (labelled / "corpus.jsonl").unlink()
    if content is not None:
        (labelled / "corpus.jsonl").write_text(content)

    ran = sampled("eval", labelled)

    assert ran.code == 2
    assert said in ran.err
    assert "footnote add" not in ran.err


@pytest.mark.parametrize("option", ["--predictions", "--plot"])
@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_a_set_is_not_written_over(sampled, labelled, option, name):
    """What is measured cannot be named as the file to write, by whatever path."""
    before = (labelled / name).read_bytes()

    ran = sampled("eval", labelled, option, labelled / ".." / "set" / name)

    assert ran.code == 2
    assert "is not written over" in ran.err
    assert (labelled / name).read_bytes() == before


def test_a_set_is_not_outside_itself(sampled, labelled):
    """The questions of a set are no questions about other articles than its own."""
    ran = sampled("eval", labelled, "--outside", labelled / ".." / "set")

    assert ran.code == 2
    assert "--outside names the set itself" in ran.err


@pytest.mark.parametrize(
    "beside", [["set"], ["--limit", 2], ["--seed", 1], ["--predictions", "replies.jsonl"]]
)
def test_nothing_is_measured_while_comparing(sampled, beside):
    """Whoever compares two results and names a set or how to ask it is told that this cannot be meant."""
    ran = sampled("eval", *beside, "--compare", "a.json", "b.json")

    assert ran.code == 2
    assert "--compare takes two results" in ran.err


def test_a_plot_without_matplotlib(labelled, tmp_path):
    """Where matplotlib is not installed, the command says so before it measures, and how to install it."""
    without = "import sys; sys.modules['matplotlib'] = None; from bot.cli import main; main()"

    ran = spawned(
        *(tmp_path / "home", "eval", labelled, "--plot", tmp_path / "trust.png"),
        command=[sys.executable, "-c", without],
    )

    assert ran.code == 2
    assert "pip install 'footnote[plot]'" in ran.err
    assert "embedding" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval"],
        ["eval", "nowhere"],
        ["eval", "nowhere", "--plot", "nowhere/a.png"],
        ["eval", "--compare", "a.json", "b.json"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_measured(sampled, arguments):
    """Without a set, or without results to compare, the command says what it wants."""
    ran = sampled(*arguments)

    assert ran.code == 2
    said = ("corpus.jsonl", "footnote eval DIR --json", "nowhere is not a folder")
    assert any(words in ran.err for words in said)


def test_what_was_not_asked_is_not_measured():
    """A set without answer strings or unanswerable questions has no measures of them."""
    asked = [Question("a", "Who?", frozenset({"x"}))]

    found = measure(asked, [Prediction("a", ("x",), (("x", "It was she."),), 0.9, "answer", 3.0)])

    assert found.measures["hit@1"].value == 1
    assert found.measures["excerpt chars"].value == 11
    assert found.measures["calibration error"].value == pytest.approx(0.1)  # the article is the right one
    unasked = {"excerpt hit@1", "auroc", "false answers", "outside auroc"}
    assert not unasked & found.measures.keys()
    assert not unasked & found.per_question.keys()


def test_a_set_without_answers():
    """Where no question can be answered only silence and time are measured."""
    asked = [Question("a", "Who?", frozenset())]

    found = measure(asked, [Prediction("a", (), (), 0.1, "not_found", 3.0)]).measures

    assert found.keys() == {"false answers", "calibration error", "ms p50", "ms p95"}
