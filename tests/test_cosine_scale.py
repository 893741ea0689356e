import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.cosine_scale import (
    FITTED,
    FITTED_MIDDLE,
    FITTED_SCALE,
    FITTED_WITH,
    IDENTITY,
    MIN_GAP,
    MIN_SHARE_ACROSS,
    Anchors,
    Line,
    Measured,
    scale_for,
    scale_from,
)

ENGLISH = FITTED.within["en"]
cosines = st.floats(-1, 1)
gaps = st.floats(2 * MIN_GAP, 0.5)


def measured(*, other=0.75, gap=0.14, other_across=0.71, gap_across=0.1, **within):
    """What an encoder makes of three languages that it treats alike, but for the gaps named by language."""
    return Measured(
        {name: Anchors(other, other + within.get(name, gap)) for name in ("de", "en", "ru")},
        Anchors(other_across, other_across + gap_across),
    )


def on(scale, cosine, language="en", *, across=False):
    """A cosine of a text in a language, on a scale."""
    return scale.line(language, across=across).at(cosine)


@given(cosines, st.booleans())
def test_what_the_ranking_was_fitted_on_stays_as_it_is(cosine, across):
    """English articles with the default encoder, and those in no sure language, keep their cosines."""
    assert on(FITTED_SCALE, cosine, across=across) == cosine
    assert on(FITTED_SCALE, cosine, "und", across=across) == cosine
    assert on(IDENTITY, cosine, "th", across=across) == cosine
    assert not FITTED_SCALE.is_multilingual


@given(st.floats(-0.5, 0.8), gaps)
def test_other_texts_and_answers_come_to_lie_where_the_fitted_ones_do(other, gap):
    """In one language, what answers and what does not are as the default encoder has them in English."""
    scale = scale_from(measured(other=other, gap=gap, gap_across=gap))

    for language in ("de", "en", "th", "und"):
        assert on(scale, other, language) == pytest.approx(ENGLISH.other)
        assert on(scale, other + gap, language) == pytest.approx(ENGLISH.answer)


def test_an_answer_in_another_language_says_less():
    """Across languages, where cosines are lower, the middle is the same and the line is flatter."""
    scale = scale_from(measured(gap_across=0.1))
    within, across = scale.line("en", across=False), scale.line("en", across=True)

    assert scale.is_multilingual
    assert across.at(0.76) == pytest.approx(within.at(0.82)) == pytest.approx(FITTED_MIDDLE)
    assert across.slope == pytest.approx(within.slope * 0.1 / 0.14)
    assert within.at(0.75) < across.at(0.71) < across.at(0.81) < within.at(0.89)


def test_an_answer_that_stands_out_less_says_less():
    """In a language that is known less the middle is the same, and the line is flatter."""
    scale = scale_from(measured(gap=0.1, ru=0.07, gap_across=0.08))
    german, russian = scale.line("de", across=False), scale.line("ru", across=False)

    assert german.at(0.8) == pytest.approx(russian.at(0.785)) == pytest.approx(FITTED_MIDDLE)
    assert russian.slope == pytest.approx(german.slope * 0.07 / 0.1)
    assert (german.known, russian.known) == (1, pytest.approx(0.07 / 0.09))


def test_the_default_encoder_knows_english_best():
    """Russian cosines of the default encoder, all of them high, come down and say little."""
    russian = FITTED_SCALE.line("ru", across=False)

    assert russian.at(FITTED.within["ru"].middle) == pytest.approx(FITTED_MIDDLE)
    assert russian.known < FITTED_SCALE.line("de", across=False).known < 0.5
    assert 0.2 < russian.at(0.5) < russian.at(0.7) < 0.5
    assert FITTED_SCALE.line("fr", across=False).known == pytest.approx((0.386 * 2 + 0.212) / 3, abs=0.01)


@given(cosines, cosines, st.sampled_from(["de", "en", "ru", "th", "und"]), st.booleans())
def test_order_is_kept(one, other, language, across):
    """Of two texts in one language the nearer one is the nearer one on every scale."""
    for scale in (FITTED_SCALE, scale_from(measured()), scale_from(measured(en=-0.1))):
        line = scale.line(language, across=across)

        assert (one < other - 1e-9) <= (line.at(one) < line.at(other))


@pytest.mark.parametrize(("share", "expected"), [(MIN_SHARE_ACROSS + 0.01, True), (0.1, False), (0.0, False)])
def test_an_encoder_that_mixes_languages_up_is_not_multilingual(share, expected):
    """Whether an encoder finds answers across languages shows in how far they stand out there."""
    scale = scale_from(measured(gap=0.2, gap_across=0.2 * share))

    assert scale.is_multilingual is expected
    assert (on(scale, 0.5, across=True) == on(scale, 0.5)) is not expected


def test_an_encoder_of_one_language_is_measured_by_it():
    """The language that it knows best is brought to the scale; others say as much less as known."""
    scale = scale_from(measured(gap=0.1, en=0.4, gap_across=0.01))

    assert on(scale, 0.75 + 0.4) == pytest.approx(ENGLISH.answer)
    assert scale.line("de", across=False).known == pytest.approx(0.25)
    assert scale.line("th", across=False) == scale.line("de", across=False)


@pytest.mark.parametrize("gap", [MIN_GAP / 2, 0.0, -0.3])
def test_an_encoder_that_knows_nothing_is_left_as_it_is(gap):
    """Where answers do not stand out at all there is nothing to measure by."""
    assert scale_from(measured(gap=gap, gap_across=gap)) == IDENTITY


def test_only_other_encoders_are_measured():
    """The default encoder's scale is known, whatever this processor makes of the facts."""
    assert scale_for(FITTED_WITH, measured()) is FITTED_SCALE
    assert scale_for("another", measured()) == scale_from(measured())


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_scale_goes_up(slope):
    """A line that would turn the order round cannot be made."""
    with pytest.raises(ValueError, match=f"got a slope of {slope}"):
        Line(slope, bias=0.5, known=1.0)
