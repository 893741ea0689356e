"""Where an encoder's cosines lie, and what they would be on the scale that the ranking was fitted on.

The default encoder gives an English question and a text that has nothing to do with it a cosine near 0, and
one that answers it about two thirds. In Russian, which it hardly knows, it gives .56 and .69; another encoder
gives .75 and .89, and across languages .71 and .81. Weights and probabilities fitted on the first say
"answer" to all of these. So each is brought to it by a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from corpus.language import UNSURE

# The default encoder's fingerprint: the one that the ranking was fitted with, on articles in this language.
FITTED_WITH = "afc323442a8b38b240fb61a51e56d661af130cdf38c2f9ac216c5cc7fce8f874"
FITTED_LANGUAGE = "en"

# An encoder that tells answers apart by less knows nothing of what texts mean.
MIN_GAP = 0.01

# An encoder knows languages from one another if across them an answer stands out at least so much of what
# it does within one: multilingual-e5-small has .73 of it, the default encoder .18.
MIN_SHARE_ACROSS = 0.5


@dataclass(frozen=True, slots=True)
class Anchors:
    """The mean cosine of questions with texts that answer others, and with those that answer them."""

    other: float
    answer: float

    @property
    def gap(self) -> float:
        """How far an answer stands out."""
        return self.answer - self.other

    @property
    def middle(self) -> float:
        """Halfway between the two."""
        return (self.answer + self.other) / 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What an encoder makes of questions and answers that are known.

    Args:
        within: By language, where question and text are both in it.
        across: Where they are in two languages.
    """

    within: Mapping[str, Anchors]
    across: Anchors


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from an encoder's cosines to those of the scale.

    Args:
        slope: Its steepness.
        bias: What a cosine of 0 becomes.
        known: How far an answer stands out, as a share of what it does where the encoder knows best.
    """

    slope: float
    bias: float
    known: float

    def __post_init__(self) -> None:
        if not self.slope > 0:
            raise ValueError(f"a higher cosine is a better one, got a slope of {self.slope}")

    def at(self, cosine: float) -> float:
        """The cosine on the scale; beyond 1 for texts that are nearly equal."""
        return self.slope * cosine + self.bias


@dataclass(frozen=True, slots=True)
class CosineScale:
    """Lines from an encoder's cosines to those that the ranking was fitted on.

    Args:
        within: For question and text in one language, by its ISO 639-1 code.
        other: For any other language.
        across: For question and text in two languages; None where the encoder does not find an answer
            in another language than the question's.
    """

    within: Mapping[str, Line]
    other: Line
    across: Line | None

    @property
    def is_multilingual(self) -> bool:
        """Whether the encoder finds an answer in another language than the question's."""
        return self.across is not None

    def line(self, language: str, *, across: bool) -> Line:
        """The line for texts in a language.

        Args:
            language: ISO 639-1 code of the text.
            across: Whether the question is in another one.
        """
        if across and self.across is not None:
            return self.across
        return self.within.get(language, self.other)


# Cosines as they are.
IDENTITY = CosineScale({}, Line(slope=1.0, bias=0.0, known=1.0), None)

# What the default encoder makes of the facts. Check again with tests/test_facts.py.
FITTED = Measured(
    within={
        "de": Anchors(0.326, 0.570),
        "en": Anchors(0.036, 0.668),
        "es": Anchors(0.423, 0.667),
        "ru": Anchors(0.558, 0.692),
    },
    across=Anchors(0.085, 0.141),
)
FITTED_MIDDLE = FITTED.within[FITTED_LANGUAGE].middle


def scale_from(measured: Measured) -> CosineScale:
    """The scale of an encoder that was measured.

    What an encoder knows best, which for one of several languages is their mean, is brought to where the
    default encoder has English. Elsewhere the middle comes to the same place, and the line is the flatter
    the less an answer stands out: cosines scatter as widely there, so that they say less. Of the logarithm
    of odds between two normal distributions of one width, that is the slope.
    """
    within = measured.within
    is_multilingual = measured.across.gap >= MIN_SHARE_ACROSS * _mean(within.values()).gap
    best = max(within, key=lambda language: within[language].gap)
    known = _mean(within.values()) if is_multilingual else within[best]
    if known.gap < MIN_GAP:
        return IDENTITY
    rest = [anchors for language, anchors in within.items() if is_multilingual or language != best]
    lines = {language: _line(anchors, known) for language, anchors in within.items()}
    return CosineScale(
        within={**lines, UNSURE: _line(known, known)},
        other=_line(_mean(rest), known),
        across=_line(measured.across, known) if is_multilingual else None,
    )


def scale_for(fingerprint: str, measured: Measured) -> CosineScale:
    """The scale of the encoder with this fingerprint; the default one's is known, to the last bit."""
    return FITTED_SCALE if fingerprint == FITTED_WITH else scale_from(measured)


def _line(anchors: Anchors, known: Anchors) -> Line:
    share = max(MIN_GAP, anchors.gap) / known.gap  # at least something, or order would be lost
    slope = FITTED.within[FITTED_LANGUAGE].gap / known.gap * share
    return Line(slope, FITTED_MIDDLE - slope * anchors.middle, known=min(1.0, share))


def _mean(anchors: Iterable[Anchors]) -> Anchors:
    found = list(anchors)
    return Anchors(fmean(each.other for each in found), fmean(each.answer for each in found))


FITTED_SCALE = scale_from(FITTED)
