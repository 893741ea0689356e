"""Checks calls against the machine-readable Bot API, where the project's shared folder holds it."""

import json
from functools import cache
from pathlib import Path

import pytest

from bot.simulator.params import Upload

SPECIFICATION = Path(__file__).parents[2] / "shared" / "telegram" / "bot-api-10.1.json"
_PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float), "True": bool}


@cache
def load_schema() -> dict:
    """The methods and types of the Bot API; skips the test where the file is absent."""
    if not SPECIFICATION.exists():
        pytest.skip("the Bot API specification (shared/telegram/bot-api-10.1.json) is not on this machine")
    return json.loads(SPECIFICATION.read_text())


def problems(method: str, params: dict) -> list[str]:
    """What is wrong with a call: an unknown method or parameter, one that is missing, one of another type."""
    methods = {name.lower(): each for name, each in load_schema()["methods"].items()}
    if method.lower() not in methods:
        return [f"{method}: no such method"]
    fields = methods[method.lower()].get("fields", [])
    return [f"{method}.{each}" for each in _check_fields(fields, params)]


def answer_problems(method: str, answer: object) -> list[str]:
    """What is wrong with what a server answered to a method."""
    methods = {name.lower(): each for name, each in load_schema()["methods"].items()}
    kinds = methods[method.lower()]["returns"]
    return (
        []
        if any(not _check(kind, answer) for kind in kinds)
        else [f"{method}: {answer} fits none of {kinds}"]
    )


def _check_fields(fields: list, given: dict) -> list[str]:
    known = {field["name"]: field for field in fields}
    found = [f"{name}: unknown" for name in given if name not in known]
    found += [f"{name}: missing" for name, each in known.items() if each["required"] and name not in given]
    for name, value in given.items():
        kinds = known[name]["types"] if name in known else []
        if kinds and all(_check(kind, value) for kind in kinds):
            found += [f"{name}: {value!r} fits none of {kinds}: {_check(kinds[0], value)}"]
    return found


def _check(kind: str, value: object) -> list[str]:
    if kind == "InputFile":
        return [] if isinstance(value, Upload) else [f"{value!r} is no InputFile"]
    if kind == "String":
        return [] if isinstance(value, str) else [f"{value!r} is no String"]
    value = _decoded(value)
    if kind in _PLAIN:
        return [] if isinstance(value, _PLAIN[kind]) else [f"{value!r} is no {kind}"]
    if kind.startswith("Array of "):
        return _check_array(kind.removeprefix("Array of "), value)
    if not isinstance(value, dict):
        return [f"{value!r} is no {kind}"]
    described = load_schema()["types"][kind]
    if described.get("subtypes"):
        fits = any(not _check(each, value) for each in described["subtypes"])
        return [] if fits else [f"{value!r} is none of {described['subtypes']}"]
    return _check_fields(described.get("fields", []), value)


def _check_array(kind: str, value: object) -> list[str]:
    if not isinstance(value, list):
        return [f"{value!r} is no Array"]
    return [problem for each in value for problem in _check(kind, each)]


def _decoded(value: object) -> object:
    """Forms carry everything but strings as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
