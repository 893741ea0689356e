import json
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality import SETS

from bot.gap_clusters import SAME_COSINE, SURE_COSINE, group, same_cosine
from retrieval.cosine_scale import FITTED_WITH

SQUAD = SETS / "squad2_dev" / "queries.jsonl"

PARAPHRASES = {
    "en": (
        ("When does the ferry to Lowen start again?", "When will the Lowen ferry resume?"),
        ("How much does a monthly bus pass cost?", "What is the price of a monthly bus ticket?"),
        ("Is the tap water safe to drink?", "Is it safe to drink water from the tap?"),
        ("Will the stadium be renovated?", "Are there plans to renovate the stadium?"),
    ),
    "ru": (
        ("Когда снова пойдёт паром в Лоуэн?", "Когда паром в Лоуэн пойдёт снова?"),
        ("Можно ли пить воду из-под крана?", "Безопасно ли пить воду из-под крана?"),
        ("Кто выиграл выборы мэра?", "Кто победил на выборах мэра?"),
    ),
}

VECTORS = st.lists(
    st.lists(st.integers(-3, 3), min_size=3, max_size=3).filter(any), min_size=0, max_size=12
).map(lambda rows: unit(np.array(rows, dtype=np.float32).reshape(-1, 3)))


def unit(vectors):
    """The vectors at length 1."""
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def grouped(encoder, questions, language):
    """The questions in groups."""
    least = np.full(len(questions), same_cosine(encoder.fingerprint, language), dtype=np.float32)
    rows = group(encoder.encode(questions, "query"), least)
    return [[questions[row] for row in each] for each in rows]


@given(VECTORS, st.floats(-1, 1))
def test_groups(vectors, cosine):
    """Every row is in one group, near its first one, and first rows are not near each other."""
    least = np.full(len(vectors), cosine, dtype=np.float32)

    groups = group(vectors, least)

    assert sorted(chain.from_iterable(groups)) == list(range(len(vectors)))
    leaders = [rows[0] for rows in groups]
    assert leaders == sorted(leaders)
    for rows in groups:
        assert list(rows) == sorted(rows)
        assert all(vectors[rows[0]] @ vectors[row] >= cosine - 1e-5 for row in rows[1:])
    assert all(vectors[one] @ vectors[other] < cosine for one in leaders for other in leaders if one < other)


@given(VECTORS)
def test_equal_rows(vectors):
    """Equal rows are in one group, however near they must be."""
    groups = group(np.concatenate([vectors, vectors]), np.ones(2 * len(vectors), dtype=np.float32))

    home = {row: leader for leader, rows in enumerate(groups) for row in rows}
    assert all(home[row] == home[row + len(vectors)] for row in range(len(vectors)))


def test_stricter_of_two():
    """Of two rows that must be near in different degrees the higher degree counts."""
    vectors = unit(np.array([[1, 0], [9, 4]], dtype=np.float32))  # a cosine of .914

    assert group(vectors, np.array([0.8, 0.8], dtype=np.float32)) == ((0, 1),)
    assert group(vectors, np.array([0.8, 0.95], dtype=np.float32)) == ((0,), (1,))
    assert group(vectors, np.array([0.95, 0.8], dtype=np.float32)) == ((0,), (1,))


def test_how_near():
    """A lower cosine is enough only where it was measured: with this encoder, in a language it knows."""
    assert same_cosine(FITTED_WITH, "en") == SAME_COSINE
    assert same_cosine(FITTED_WITH, "fa") == same_cosine("another", "en") == SURE_COSINE


@pytest.mark.parametrize("language", PARAPHRASES)
def test_paraphrases(encoder, language):
    """What asks the same in other words comes together, and nothing else does."""
    pairs = PARAPHRASES[language]

    found = grouped(encoder, [question for pair in pairs for question in pair], language)

    assert sorted(map(sorted, found)) == sorted(sorted(pair) for pair in pairs)


def test_language_it_does_not_know(encoder):
    """Questions that the encoder cannot tell apart are not taken for one."""
    questions = [
        "کشتی لوون کی دوباره راه می‌افتد؟",
        "قیمت بلیت ماهانه اتوبوس چقدر است؟",
        "چرا کتابخانه شهر بسته شد؟",
        "چه کسی شهردار شد؟",
    ]

    assert len(grouped(encoder, questions, "fa")) == 4
    assert len(grouped(encoder, questions, "en")) < 4


def test_questions_that_differ(encoder):
    """Of public questions that all ask something else, few are taken for another."""
    if not SQUAD.exists():
        pytest.skip("the public question sets are not beside the checkout")
    lines = SQUAD.read_text(encoding="utf-8").splitlines()[::20]
    questions = list(dict.fromkeys(json.loads(line)["question"] for line in lines))

    found = grouped(encoder, questions, "en")

    assert len(found) >= 0.98 * len(questions)
