"""Learning what features let expect of each other."""

import json
from dataclasses import fields

import pytest

from retrieval.across import COSINES, WORDS
from retrieval.learn_across import TARGET, learn_means, main
from retrieval.lessons import Lesson, Tried
from retrieval.ranking import Candidate
from retrieval.score import Features

ARTICLES = (
    ("ferry", "The ferry to Orrey left at dawn. It carried forty crates of oranges."),
    ("bridge", "The bridge over the Lenn reopened in May. Engineers replaced every bolt."),
    ("seals", "Volunteers counted seals on the sandbank. They saw ninety of them."),
)
QUESTIONS = (
    ("What did the ferry to Orrey carry?", "ferry", "forty crates of oranges"),
    ("When did the bridge over the Lenn reopen?", "bridge", "May"),
    ("How many seals did volunteers see?", "seals", "ninety"),
    ("Who replaced the bolts?", "bridge", "Engineers"),
)


def lesson(*found):
    """A question's passages, each (cosine, words, rank score)."""
    nothing = dict.fromkeys((field.name for field in fields(Features)), 0.0)
    tried = tuple(
        Tried(
            Candidate(
                None,
                Features(**{**nothing, **dict.fromkeys(COSINES, cosine), **dict.fromkeys(WORDS, words)}),
                score,
            ),
            holds=False,
            shows=None,
        )
        for cosine, words, score in found
    )
    return Lesson("answerable", tried, n_passages=len(tried), is_whole=True)


def test_means_are_of_the_passages_that_are_chosen():
    """Words are expected of the passage with the best cosines, cosines of the one that is ranked first."""
    means = learn_means(
        [
            lesson((0.8, 0.5, 1.0), (0.2, 0.6, 9.0)),
            lesson((0.4, 0.1, 1.0), (0.3, 0.8, 9.0)),
            lesson(),
        ]
    )

    assert means["coverage"].at(0.8) == pytest.approx(0.5)
    assert means["coverage"].at(0.4) == pytest.approx(0.1)
    assert means["passage_cosine"].at(0.6) == pytest.approx(0.2)
    assert means["passage_cosine"].at(0.8) == pytest.approx(0.3)
    assert means.keys() == {*WORDS, *COSINES}


def test_what_is_printed_says_what_it_was_learned_from(tmp_path, models, monkeypatch, capsys):
    """The command tells the means, the sets with their digests, and how to do it again."""
    folder = tmp_path / "small"
    folder.mkdir()
    told = [{"id": name, "title": name.title(), "text": text} for name, text in ARTICLES]
    asked = [
        {"id": text, "question": text, "answerable": True, "gold": [gold], "answers": [answer]}
        for text, gold, answer in QUESTIONS
    ]
    for name, lines in (("corpus", told), ("queries", asked)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "footnote").mkdir()
    (tmp_path / "footnote" / "models").symlink_to(models)

    main([str(folder)])

    written = json.loads(capsys.readouterr().out)
    assert written["written_by"] == ("python -m retrieval.learn_across small --limit 150 --seed 7 --write")
    assert [each["set"] for each in written["learned_from"]] == ["small"]
    assert len(written["learned_from"][0]["sha256"]) == 64
    assert written["means"].keys() == json.loads(TARGET.read_text("utf-8"))["means"].keys()
