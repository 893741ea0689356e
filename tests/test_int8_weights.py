"""Weights in int8, by which questions are read."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_models import write_model

from retrieval.convert import MIN_QUESTION_COSINE, import_openvino
from retrieval.encoder import load_encoder
from retrieval.int8_weights import round_weights

SAMPLE_QUESTIONS = Path(__file__).parent / "data" / "sample_questions.jsonl"
WIDTH, ROWS = 256, 512


def product(weights, transposed):
    """An OpenVINO model that multiplies a row by weights."""
    openvino = import_openvino()
    opset = openvino.opset13
    row = opset.parameter([1, WIDTH], np.float32)
    found = opset.matmul(row, opset.constant(weights.T if transposed else weights), False, transposed)
    return openvino.Model([found], [row], "product")


def lookup(weights):
    """An OpenVINO model that takes a row of weights by its number."""
    openvino = import_openvino()
    opset = openvino.opset13
    number = opset.parameter([1], np.int64)
    return openvino.Model(
        [opset.gather(opset.constant(weights), number, opset.constant(0))], [number], "lookup"
    )


def run(model, given):
    """What a model makes of an input, in fp32."""
    exact = {"INFERENCE_PRECISION_HINT": "f32"}
    return import_openvino().Core().compile_model(model, "CPU", exact)([given])[0]


def steps(weights, axis):
    """What weights are rounded to, as multiples of which, by row or column."""
    return np.abs(weights).max(axis=axis, keepdims=True) / 127


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), spread=st.floats(0, 8), transposed=st.booleans())
def test_a_product_is_as_near_as_its_weights_are_rounded(seed, spread, transposed):
    """Each column keeps its own scale: one that is a millionth of another is rounded as finely."""
    random = np.random.default_rng(seed)
    scales = np.float32(10) ** random.uniform(-spread, spread, ROWS).astype(np.float32)
    weights = random.normal(size=(WIDTH, ROWS)).astype(np.float32) * scales
    weights[:, random.integers(ROWS)] = 0
    row = random.normal(size=(1, WIDTH)).astype(np.float32)
    model = product(weights, transposed)

    round_weights(model)

    off = np.abs(run(model, row) - row @ weights)
    assert (off <= np.abs(row).sum() * steps(weights, 0) * 0.501 + 1e-5 * np.abs(row) @ np.abs(weights)).all()
    assert {node.get_element_type().to_string() for node in constants(model)} >= {"i8"}


def test_a_row_that_is_looked_up_is_as_near():
    """Each row of a table keeps its own scale, and one of zeros stays so."""
    weights = np.random.default_rng(3).normal(size=(ROWS, WIDTH)).astype(np.float32)
    weights[7], weights[8] = 0, weights[8] * 1e-6
    model = lookup(weights)

    round_weights(model)

    for number in (0, 7, 8):
        off = np.abs(run(model, np.array([number])) - weights[number])
        assert (off <= steps(weights, 1)[number] * 0.501).all()


def constants(model):
    """The constants of a model."""
    return [node for node in model.get_ops() if node.get_type_name() == "Constant"]


def test_questions_mean_what_they_meant(encoder):
    """Of every question about the sample library, the vector is nearly that of its words read in fp32."""
    questions = [json.loads(line)["question"] for line in SAMPLE_QUESTIONS.read_text("utf-8").splitlines()]

    cosines = (encoder.encode(questions, "query") * encoder.encode(questions, "passage")).sum(axis=1)

    assert 1 - 1e-5 > cosines.min() > MIN_QUESTION_COSINE


def test_a_model_that_cannot_be_rounded_reads_questions_in_full(tmp_path):
    """Where int8 weights disagree with the reference they are not used, and nothing of them is kept."""
    name, models = write_model(tmp_path / "small", outlier=True), tmp_path / "models"
    texts = ["The ferry left at dawn.", "Oranges."]

    fast = load_encoder(name, models=models, backend="openvino")
    reference = load_encoder(name, models=models, backend="torch")

    assert list(models.glob("*/questions.*")) == []
    cosines = (fast.encode(texts, "query") * reference.encode(texts, "query")).sum(axis=1)
    assert cosines.min() == pytest.approx(1, abs=1e-4)


def test_a_model_stored_in_half_precision(tmp_path):
    """Its graph multiplies in half precision, and so what is rounded is brought to that."""
    name, models = write_model(tmp_path / "small", half=True), tmp_path / "models"
    texts = ["The ferry left at dawn.", "Oranges."]

    fast = load_encoder(name, models=models, backend="openvino")
    reference = load_encoder(name, models=models, backend="torch")

    assert list(models.glob("*/questions.xml"))
    cosines = (fast.encode(texts, "query") * reference.encode(texts, "query")).sum(axis=1)
    assert cosines.min() > MIN_QUESTION_COSINE
