"""Two results of `footnote eval`, side by side."""

import json

import pytest

from bot.comparison import compare
from bot.config import ConfigError

ALL_RIGHT = [1.0] * 40
RESULT = {
    "set": "a-set",
    "corpus_sha256": "c" * 64,
    "questions_sha256": "q" * 64,
    "outside_sha256": None,
    "limit": 40,
    "seed": 0,
    "commit": "0123456789ab",
    "machine": "Linux, 2 cores",
    "passages": 7,
    "settings": {"encoder": "mini", "max_excerpts": 3},
}


def result(folder, name="a.json", *, right=40, **changed):
    """A result with so many of forty questions right, and an AUROC."""
    values = ALL_RIGHT[:right] + [0.0] * (40 - right)
    share = right / 40
    measures = {
        "hit@1": {"value": share, "low": share - 0.1, "high": min(1, share + 0.1)},
        "auroc": {"value": 0.9, "low": 0.8, "high": 0.95},
        "ms p50": {"value": 12.34, "low": 12.0, "high": 13.0},
    }
    path = folder / name
    path.write_text(
        json.dumps({**RESULT, "measures": measures, "per_question": {"hit@1": values}, **changed})
    )
    return path


def test_a_result_compared_with_itself(tmp_path):
    """Nothing differs."""
    same = result(tmp_path)

    found = compare(same, same)

    assert found.changed == {}
    assert not any(each.is_real for each in found.differences)
    assert "+0.000" in found.table()


def test_differences_are_told_question_by_question(tmp_path):
    """Six of forty more is beyond chance, though the two intervals overlap; one more is not."""
    before = result(tmp_path, right=30)

    (better, *_) = compare(before, result(tmp_path, "b.json", right=36)).differences
    (equal, *_) = compare(before, result(tmp_path, "b.json", right=31)).differences

    assert (better.measure, better.is_real) == ("hit@1", True)
    assert better.by.value == pytest.approx(0.15)
    assert 0 < better.by.low < 0.15 < better.by.high
    assert better.first.high > better.second.low
    assert not equal.is_real


def test_what_is_no_mean_is_compared_by_its_intervals(tmp_path):
    """An AUROC differs where the two intervals have nothing in common; without intervals nothing is said."""
    apart = {"auroc": {"value": 0.5, "low": 0.4, "high": 0.6}, "ms p50": {"value": 9, "low": 9, "high": 9}}

    auroc, ms = compare(result(tmp_path), result(tmp_path, "b.json", measures=apart)).differences

    assert (auroc.by, auroc.is_real) == (None, True)
    assert (ms.by, ms.is_real) == (None, False)


def test_what_changed_between_the_runs_is_said(tmp_path):
    """Settings, commit and machine that differ stand above the table."""
    settings = {"encoder": "multilingual", "max_excerpts": 3, "half_life": 30}
    other = result(tmp_path, "b.json", commit="ba9876543210-dirty", settings=settings)

    found = compare(result(tmp_path), other)

    assert found.changed == {
        "commit": ("0123456789ab", "ba9876543210-dirty"),
        "encoder": ("mini", "multilingual"),
        "half_life": (None, 30),
    }
    assert "  encoder: mini → multilingual\n" in found.table()


@pytest.mark.parametrize(
    "changed",
    [
        {"corpus_sha256": "d" * 64},
        {"questions_sha256": "d" * 64},
        {"outside_sha256": "d" * 64},
        {"limit": None},
        {"seed": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_other_questions_are_not_compared(tmp_path, changed):
    """Results that did not ask the same are refused, and what differs is named."""
    (name,) = changed

    with pytest.raises(ConfigError, match=f"did not ask the same questions .*: {name} is ") as error:
        compare(result(tmp_path), result(tmp_path, "b.json", **changed))

    assert "footnote eval DIR --json > b.json" in error.value.remedy


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({**RESULT, "measures": 5, "per_question": {}})])
def test_what_is_no_result(tmp_path, text):
    """A file that is no result is named, with the command that makes one."""
    (tmp_path / "b.json").write_text(text)

    with pytest.raises(ConfigError, match=r"b\.json is no result of this version: \w+"):
        compare(result(tmp_path), tmp_path / "b.json")


def test_compare_on_the_command_line(footnote, tmp_path):
    """The command prints the table, or everything as JSON."""
    pair = (result(tmp_path), result(tmp_path, "b.json", right=20))

    shown, as_json = footnote("eval", "--compare", *pair), footnote("eval", "--compare", *pair, "--json")

    assert shown.code == as_json.code == 0
    assert "hit@1" in shown.out
    assert "-0.500" in shown.out
    assert as_json.json["differences"][0]["by"]["value"] == -0.5
