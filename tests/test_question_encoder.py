import threading

import numpy as np
import pytest
from hashing_encoder import DIMS, HashingEncoder

from corpus.types import Span
from retrieval.encoder import PassageText
from retrieval.question_encoder import MAX_TOGETHER, QuestionEncoder

QUESTIONS = [f"Who sailed on day {n}?" for n in range(100)]


class Held(HashingEncoder):
    """An encoder that goes on once it is told to, and says how many texts came together."""

    def __init__(self):
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.together = []

    def encode(self, texts, role):
        """See `Encoder`."""
        self.together.append(len(texts))
        self.begun.set()
        assert self.go_on.wait(20)
        return super().encode(texts, role)


class Failing(HashingEncoder):
    """An encoder that cannot read what is about storms."""

    def encode(self, texts, role):
        """See `Encoder`."""
        if any("storm" in text for text in texts):
            raise ValueError("storms cannot be read")
        return super().encode(texts, role)


def ask(encoder, questions):
    """Encode each question on a thread of its own: the threads, and what they found by question."""
    found = {}

    def one(question):
        try:
            found[question] = encoder.encode([question], "query")[0]
        except ValueError as error:
            found[question] = str(error)

    threads = [threading.Thread(target=one, args=[each]) for each in questions]
    for thread in threads:
        thread.start()
    return threads, found


def test_vectors_are_the_encoders():
    """Whatever was asked before, the vectors are those of the encoder behind, in the order asked."""
    encoder, plain = QuestionEncoder(HashingEncoder(), known=3), HashingEncoder()

    for some in (QUESTIONS[:3], QUESTIONS[1:40], [QUESTIONS[5]] * 3, QUESTIONS[::-7]):
        assert np.array_equal(encoder.encode(some, "query"), plain.encode(some, "query"))
    assert encoder.encode([], "query").shape == (0, DIMS)
    assert (encoder.fingerprint, encoder.dims) == (plain.fingerprint, plain.dims)


def test_a_question_asked_again_is_known():
    """The questions asked last are not encoded again, older ones are."""
    behind = HashingEncoder()
    encoder = QuestionEncoder(behind, known=2)

    for question in (*"abacab", "a"):
        encoder.encode([question], "query")

    assert "".join(behind.read) == "abcb"


def test_those_who_wait_are_encoded_together():
    """Who asks while a question is encoded is taken together with the others who do, none is left out."""
    behind = Held()
    encoder = QuestionEncoder(behind)
    first, _ = ask(encoder, ["Who was first?"])
    assert behind.begun.wait(20)
    others, found = ask(encoder, QUESTIONS)
    while len(encoder._waiting) < len(QUESTIONS):
        threading.Event().wait(0.001)

    behind.go_on.set()
    for thread in [*first, *others]:
        thread.join(20)

    assert behind.together == [1, *[MAX_TOGETHER] * (100 // MAX_TOGETHER), 100 % MAX_TOGETHER]
    for question in QUESTIONS:
        assert np.array_equal(found[question], HashingEncoder().encode([question], "query")[0])


def test_a_failure_is_told_to_those_it_concerns():
    """Who waited for what could not be encoded is told why; who asks next is answered."""
    encoder = QuestionEncoder(Failing())

    with pytest.raises(ValueError, match="storms"):
        encoder.encode(["a storm"], "query")

    assert encoder.encode(["a calm"], "query").shape == (1, DIMS)


def test_passages_go_straight_through():
    """What is no question is neither remembered nor waited for."""
    behind = HashingEncoder()
    encoder = QuestionEncoder(behind)
    passage = PassageText("Title\nIt sailed.", (Span(6, 16),))

    [first], [again] = (encoder.encode_passages([passage]) for _ in range(2))

    assert np.array_equal(first, again)
    assert len(behind.read) == 4
    assert encoder.encode(["It sailed."] * 2, "passage").shape == (2, DIMS)


def test_words_are_not_kept():
    """What was asked is known again without its words being remembered, whatever signs are in them."""
    inner = HashingEncoder()
    encoder = QuestionEncoder(inner)

    once = encoder.encode(["Who owns \ud83d Harbour Street?"], "query")
    inner.encode = None  # so that it can only be remembered
    again = encoder.encode(["Who owns \ud83d Harbour Street?"], "query")

    assert np.array_equal(once, again)
    assert "Harbour" not in repr(vars(encoder))
