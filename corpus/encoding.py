"""Guess the encoding of text that is not Unicode: the one in which it reads most like a language.

charset-normalizer alone took half of our Spanish texts in Windows-1252 for Windows-1250 (`año` became
`ańo`), and short Russian ones in KOI8-R for Japanese. Asking the language classifier how sure it is of each
reading mends that: of 100 texts of 200 characters in each of Russian (Windows-1251, KOI8-R, CP866), German
and Spanish (Windows-1252), two are read wrongly, and none of 1,000 characters. Short Czech is not yet told
from Western European.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

from corpus.language import confidence

# Enough to tell an encoding by.
SAMPLE_BYTES = 16_384

# What is most often met, first: it wins where two readings are equally likely.
_USUAL = ("cp1252", "cp1251", "koi8_r", "cp1250")

# What wrong readings are full of: letters of two scripts in one word, capitals and symbols inside words,
# rows of accented letters.
_ODD = re.compile(
    r"[A-Za-z][Ͱ-ӿ]|[Ͱ-ӿ][A-Za-z]|[a-zß-ÿа-я][A-ZÀ-ÞА-Я]|[À-ÿ]{4}"
    r"|[^\x00-\x7f\w\s“”„«»‘’‚‹›–—…°·•€£§©®™½¿¡ºª№]"
)
# A declared encoding with such a likeness is believed; the confidence in one's language is at most 1.
_CREDIBLE = 0.9
# By so much another one has to be better than what is declared.
_CLEARLY = 0.2
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def likelier(raw: bytes, declared: Iterable[str]) -> str | None:
    """The encoding that bytes are most likely in: a declared one, unless another reads clearly better.

    Args:
        raw: Text that is not UTF-8, without its markup.
        declared: Names of encodings as Python knows them, the most trusted first.
    """
    sample = raw[:SAMPLE_BYTES]
    readings = [(_likeness(sample.decode(encoding, "replace")), encoding) for encoding in declared]
    best = max(readings, key=lambda reading: reading[0], default=None)
    if best is not None and best[0] >= _CREDIBLE:
        return best[1]
    guess = likeliest_encoding(raw)
    if guess is None or best is None:
        return guess or (best[1] if best else None)
    return guess if _likeness(sample.decode(guess, "replace")) > best[0] + _CLEARLY else best[1]


def likeliest_encoding(raw: bytes) -> str | None:
    """The name of the encoding that bytes which are not UTF-8 are most likely in; None when in none."""
    sample = raw[:SAMPLE_BYTES]
    guess = from_bytes(sample).best()
    if guess is None:
        return None
    readings = [
        (_likeness(sample.decode(encoding, "ignore")), encoding)
        for encoding in dict.fromkeys((*_USUAL, guess.encoding))
        if _fits(raw, encoding)
    ]
    return max(readings, key=lambda reading: reading[0])[1] if readings else None


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeness(text: str) -> float:
    """How much a text reads like a language: the classifier's confidence, less the share of oddities."""
    n_beyond = len(_BEYOND_ASCII.findall(text)) or 1
    return round(confidence(text) - len(_ODD.findall(text)) / n_beyond, 2)
