"""The language of a text, by py3langid; the one file that imports it."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

UNSURE = "und"

# Enough to be sure of any language, so that a book costs no more than a page.
MAX_CHARS_READ = 5_000

# Below this the classifier guesses: "Hello world" gets .14 and a wrong name, any full sentence in nine
# languages we tried .86 or more. Check again with tests/test_language.py.
MIN_CONFIDENCE = 0.5


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    # Imported on first use: loading the model takes 0.7 s, and asking a question never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def detect(text: str) -> str:
    """The ISO 639-1 code of the language ``text`` is written in, ``und`` where unsure."""
    code, sureness = _identifier().classify(text[:MAX_CHARS_READ])
    return code if sureness >= MIN_CONFIDENCE and len(code) == 2 else UNSURE


def confidence(text: str) -> float:
    """How sure it is, from 0 to 1, that ``text`` is written in some one language."""
    return _identifier().classify(text[:MAX_CHARS_READ])[1]
