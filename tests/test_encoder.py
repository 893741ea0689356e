import subprocess
import sys
import threading

import numpy as np
import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from corpus.types import Span
from retrieval.convert import MIN_PROBE_COSINE
from retrieval.encoder import PassageText, load_encoder

TEXTS = [
    "The ferry left Harbour Street at dawn.",
    "Oranges",
    "",
    "Die Brücke wurde im Frühjahr wieder eröffnet. " * 12,
    "Почему порт закрыли на зиму?",
    "They refused. " * 200,
    "The boat left the harbour early in the morning.",
    "🙂",
    *(f"Sentence number {n} is a little longer than the one before it, " * (n % 5 + 1) for n in range(40)),
]


@pytest.fixture(scope="module")
def vectors(encoder):
    """The texts, encoded together."""
    return encoder.encode(TEXTS, "passage")


def test_vectors_are_unit_vectors(encoder, vectors):
    """A vector a text, float32, of length one, whatever the text."""
    assert vectors.shape == (len(TEXTS), encoder.dims) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-3)


def test_the_conversion_agrees_with_the_reference(models, encoder, vectors):
    """The fast encoder gives the vectors of sentence-transformers, and shares their fingerprint."""
    reference = load_encoder(models=models, backend="torch")

    cosines = (vectors * reference.encode(TEXTS, "passage")).sum(axis=1)

    assert cosines.min() >= MIN_PROBE_COSINE
    assert (encoder.fingerprint, encoder.dims) == (reference.fingerprint, reference.dims)
    assert reference.encode([], "query").shape == (0, 384)


def test_many_texts_are_encoded_as_one_by_one(encoder, vectors):
    """Order is kept where texts of many lengths go together, and each is encoded as it is alone."""
    alone = np.concatenate([encoder.encode([text], "passage") for text in TEXTS])

    assert (alone * vectors).sum(axis=1).min() >= MIN_PROBE_COSINE
    assert [int((vectors @ row).argmax()) for row in alone[:8]] == list(range(8))


def test_meaning_is_near(vectors):
    """Sentences that say the same are nearer than sentences that do not."""
    ferry, oranges, _, _, _, _, boat, *_ = vectors

    assert ferry @ boat > ferry @ oranges + 0.2


def passage(*sentences):
    """A passage of these sentences under a title."""
    text = "The harbour\n" + " ".join(sentences)
    starts = [text.index(each) for each in sentences]
    return PassageText(
        text, tuple(Span(at, at + len(said)) for at, said in zip(starts, sentences, strict=True))
    )


PASSAGES = [
    passage("The ferry left at dawn.", "It carried forty oranges.", "Nobody was hurt."),
    passage("Почему порт закрыли на зиму?", "🙂", "Die Brücke wurde im Frühjahr wieder eröffnet."),
    passage("Oranges"),
    # Longer than the model reads: its last sentences are read by themselves.
    passage(*(f"Engineer {n} replaced bolt number {n * 37} of the old iron bridge." for n in range(40))),
]


def test_sentences_are_read_within_their_passage(models, encoder):
    """A passage has its own vector and one of each sentence, those of the reference, of length one."""
    reference = load_encoder(models=models, backend="torch")

    found, expected = (each.encode_passages(PASSAGES) for each in (encoder, reference))

    for vectors, others, of in zip(found, expected, PASSAGES, strict=True):
        assert vectors.shape == others.shape == (1 + len(of.sentences), encoder.dims)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-3)
        assert (vectors * others).sum(axis=1).min() >= MIN_PROBE_COSINE
        assert vectors[0] @ encoder.encode([of.text], "passage")[0] >= MIN_PROBE_COSINE


def test_a_sentence_is_what_it_is_about_and_what_stands_around_it(encoder):
    """The sentence that answers is nearer to the question than its neighbour, and knows what "it" is."""
    vectors = encoder.encode_passages(PASSAGES)[0][1:]
    [question] = encoder.encode(["What did the ferry carry?"], "query")
    [alone] = encoder.encode(["It carried forty oranges."], "passage")

    assert vectors[1] @ question > vectors[2] @ question
    assert vectors[1] @ question > alone @ question


def test_what_a_model_does_not_read_is_read_by_itself(encoder):
    """Sentences beyond the model's limit have the vectors they have alone."""
    [vectors] = encoder.encode_passages(PASSAGES[3:])
    texts = [span.of(PASSAGES[3].text) for span in PASSAGES[3].sentences]

    cosines = (vectors[1:] * encoder.encode(texts, "passage")).sum(axis=1)

    assert cosines[-1] >= MIN_PROBE_COSINE > cosines[0]


def test_no_passages(encoder, models):
    """No passages give no vectors."""
    assert (
        encoder.encode_passages([]) == load_encoder(models=models, backend="torch").encode_passages([]) == []
    )


def test_nothing_to_encode(encoder):
    """No texts give no vectors of the usual width."""
    assert encoder.encode([], "query").shape == (0, 384)


def test_many_threads_may_encode(encoder, vectors):
    """Questions and libraries encoded at the same time come out as they do alone."""
    wrong = []

    def encode(some):
        for _ in range(3):
            if (encoder.encode(TEXTS[some], "passage") * vectors[some]).sum(axis=1).min() < MIN_PROBE_COSINE:
                wrong.append(some)

    some = [slice(0, 1), slice(3, 4), slice(0, 20), slice(20, 40)]
    threads = [threading.Thread(target=encode, args=[each]) for each in some]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


ASK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from home import Home
from retrieval.encoder import load_encoder
from retrieval.types import Query
encoder = load_encoder(models=Path(sys.argv[2]))
reply = Home(Path(sys.argv[3]), encoder).searcher().answer(Query("What did the ferry carry?"))
print(type(reply).__name__, [shown.text for shown in reply.excerpts])
slow = ["torch", "transformers", "sentence_transformers", "huggingface_hub", "scipy", "sklearn", "pandas"]
print([name for name in slow if name in sys.modules])
print(sys.modules["openvino_telemetry"])
"""


def test_asking_imports_nothing_slow(tmp_path, models, encoder, request):
    """A question is answered without torch and what comes with it, and without telemetry."""
    home = Home(tmp_path / "home", encoder)
    home.put(article(text="The ferry left at dawn. It carried forty oranges."))
    home.reindex()
    command = [sys.executable, "-c", ASK, str(request.path.parent), str(models), str(home.path)]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert printed[0].startswith("Answer")
    assert "forty oranges" in printed[0]
    assert printed[1:] == ["[]", "None"]


def test_the_hashing_encoder_is_an_encoder():
    """The encoder of other tests gives unit vectors, the same each time, near where words are shared."""
    ferry, boat, bridge, nothing = HashingEncoder().encode(
        ["The ferry left at dawn", "At dawn the ferry came", "Engineers replaced bolts", ""], "query"
    )

    assert [float(np.linalg.norm(each)) for each in (ferry, boat, bridge, nothing)] == pytest.approx([1] * 4)
    assert ferry @ boat > 0.5 > 0.3 > abs(ferry @ bridge)
    assert (ferry == HashingEncoder().encode(["The ferry left at dawn"], "passage")[0]).all()
