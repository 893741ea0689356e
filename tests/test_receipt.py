import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.types import ArticleVersion, Metadata, Span
from retrieval.receipt import read_receipt, receipt_of
from retrieval.types import Article, Excerpt

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WORDS = "The ferry left at dawn. It carried forty passengers and a crate of oranges."


def version(seq=7, text=WORDS, content_hash="ab" * 32, seal="ef" * 32):
    """A stored version."""
    about = Metadata("The ferry")
    return ArticleVersion("ferry", seq, content_hash, about, text, "en", "2026-05-01T00:00:00Z", seal=seal)


def excerpt(of, start=0, end=23):
    """An excerpt of a version."""
    span = Span(start, end)
    text = span.of(of.text).ljust(end - start)
    about = Article(of.article_id, of.metadata)
    return Excerpt(about, of.hash, of.seq, span, text, (), 0.0, seal=of.seal)


@st.composite
def excerpts(draw):
    """Any version with an excerpt of it; the text is long enough to hold it, and is not compared."""
    start = draw(st.integers(0, 2_000))
    length = draw(st.integers(1, 500))
    content_hash = draw(st.binary(min_size=32, max_size=32)).hex()
    of = version(draw(st.integers(1, 2**62)), "x" * (start + length + draw(st.integers(0, 9))), content_hash)
    return of, excerpt(of, start, start + length)


@given(excerpts())
def test_a_receipt_says_what_was_quoted(quoted):
    """Reading a receipt gives the version and the span it was written for, and the version matches."""
    of, shown = quoted

    receipt = read_receipt(receipt_of(shown))

    assert (receipt.version_seq, receipt.span) == (of.seq, shown.span)
    assert receipt.matches(of)


@given(excerpts())
def test_a_receipt_is_the_same_each_time(quoted):
    """The same excerpt always has the same receipt, in digits and capitals that cannot be misread."""
    _, shown = quoted

    written = receipt_of(shown)

    assert written == receipt_of(shown)
    assert set(written) <= set(LETTERS)
    assert len(written) >= 10


@pytest.mark.parametrize(
    ("seq", "start", "length", "chars"),
    [(1, 0, 1, 10), (127, 100, 90, 10), (9_999, 9_999, 300, 15), (2**28 - 1, 2**21 - 1, 2**14 - 1, 20)],
)
def test_a_receipt_is_short(seq, start, length, chars):
    """A receipt of a usual library fits a line of a phone; one of 268 million versions has 20 characters."""
    of = version(seq, "x" * (start + length))

    assert len(receipt_of(excerpt(of, start, start + length))) == chars


@given(excerpts(), st.data())
def test_a_slip_of_the_finger_is_noticed(quoted, data):
    """A receipt with one wrong character is never read as the same receipt."""
    _, shown = quoted
    written = receipt_of(shown)
    place = data.draw(st.integers(0, len(written) - 1))
    wrong = data.draw(st.sampled_from(LETTERS))
    assume(wrong != written[place])

    slip = written[:place] + wrong + written[place + 1 :]

    assert read_receipt(slip) != read_receipt(written)


def test_every_slip_in_one_receipt_is_noticed():
    """Of all single wrong characters in a receipt, none leads to a quotation, whatever version it names."""
    of = version(12_345)
    written = receipt_of(excerpt(of))
    slips = [
        written[:place] + wrong + written[place + 1 :]
        for place in range(len(written))
        for wrong in LETTERS
        if wrong != written[place]
    ]

    taken = [
        slip for slip in slips if (read := read_receipt(slip)) and read.matches(version(read.version_seq))
    ]

    assert taken == []


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda written: "-".join(written[at : at + 4] for at in range(0, len(written), 4)),
        lambda written: f"  {written[:3]} {written[3:]}\n",
        lambda written: written.replace("0", "O").replace("1", "I"),
        lambda written: written.replace("0", "o").replace("1", "l"),
        lambda written: "\u2011".join(written),
        lambda written: " – ".join(written),
    ],
    ids=["lower case", "dashes", "spaces", "O and I", "o and l", "unbreakable hyphens", "long dashes"],
)
def test_what_people_do_to_a_receipt_is_forgiven(typed):
    """Letter case, spaces and dashes do not matter, and letters that look like digits are read as digits."""
    of = version(seq=1)
    written = receipt_of(excerpt(of))
    assert "0" in written
    assert "1" in written

    assert read_receipt(typed(written)) == read_receipt(written)


@given(st.text(max_size=60))
def test_any_text_is_no_receipt(text):
    """Whatever is typed, reading it does not fail; what it says by chance holds in no version."""
    receipt = read_receipt(text)

    assert receipt is None or not receipt.matches(version(receipt.version_seq))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "7",
        "FERRY",
        "0" * 8,
        "0" * 40,
        "Z" * 40,
        "7" * 1_000_000,
        "ДОМ",
        "🙂",
        "UUUUUUUU",
        "\x00",
    ],
)
def test_garbage_is_no_receipt(text):
    """What no receipt can look like is refused, however long it is."""
    assert read_receipt(text) is None


@pytest.mark.parametrize(
    "other",
    [
        version(content_hash="cd" * 32),
        version(seq=8),
        version(text="The ferry left"),
        version(seal="00" * 32),
        version(seal=""),
    ],
    ids=["other words", "other number", "shorter", "other seal", "no seal"],
)
def test_a_receipt_holds_for_its_version_only(other):
    """In another library the same number may name other words; the receipt does not hold there."""
    receipt = read_receipt(receipt_of(excerpt(version())))

    assert receipt.matches(version())
    assert not receipt.matches(other)
