import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decode import decode_markup
from corpus.encoding import likeliest_encoding

GERMAN = "Die Fähre verließ den Hafen im Morgengrauen. Später wurde die Brücke für größere Schiffe geöffnet."
SPANISH = "El año pasado la compañía española cerró más de cien tiendas en otoño. ¿Por qué? Nadie lo explicó."
FRENCH = "Le président a déclaré que la réunion était terminée à Orléans, où l'été fut très chaud."
POLISH = (
    "Burmistrz powiedział, że most nad rzeką będzie zamknięty kilka miesięcy. Źródło podaje łączny koszt."
)
RUSSIAN = "Паром вышел из гавани на рассвете. Мост через реку закрыли на несколько месяцев."
UKRAINIAN = "Міський голова повідомив, що міст через річку буде закрито на кілька місяців."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "cp1252") for text in (GERMAN, SPANISH, FRENCH)),
        *((text, "cp1251") for text in (RUSSIAN, UKRAINIAN)),
        *((RUSSIAN, encoding) for encoding in ("koi8-r", "cp866", "iso8859-5")),
        (POLISH, "cp1250"),
    ],
)
def test_a_sentence_or_two_tell_the_encoding(text, encoding):
    """Text of old editors is read with the very letters it was written in."""
    raw = text.encode(encoding)

    assert raw.decode(likeliest_encoding(raw)) == text


def test_noise_is_in_no_encoding():
    """Bytes that read like nothing are not forced into letters."""
    assert likeliest_encoding(bytes(range(128, 256)) * 20) is None


@pytest.mark.parametrize(
    "declared", [[], ["utf-8"], ["windows-1252"], ["no-such-encoding"], ["rot13"], [None]]
)
@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GERMAN, "cp1252")])
def test_a_page_that_misstates_its_encoding_is_read(text, encoding, declared):
    """What a server or a page says is checked against the letters, below however much style and script."""
    page = f"<html><style>{'p { margin: 0 } ' * 2_000}</style><p>{text * 3}</p></html>"

    assert decode_markup(page.encode(encoding), declared) == page


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "iso8859-5"),
        (POLISH, "cp1250"),
        ("渡轮于上午六点四十五分从北码头出发。" * 4, "gb18030"),
        ("フェリーは午前六時四十五分に北埠頭を出発します。" * 4, "euc_jp"),
        ("フェリーは午前六時四十五分に北埠頭を出発します。" * 4, "iso2022_jp"),
        ("여객선은 오전 여섯 시 사십오 분에 북쪽 부두에서 출발합니다. " * 4, "cp949"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-8-sig"),
    ],
)
def test_a_page_that_states_its_encoding_is_read(text, encoding):
    """A statement that fits the letters is believed, also where the letters alone would not tell."""
    page = f"<html><p>{text}</p></html>"

    assert decode_markup(page.encode(encoding), ["utf-8", encoding]) == page


@settings(max_examples=50)
@given(st.binary(max_size=200), st.lists(st.none() | st.text(max_size=20), max_size=3))
def test_any_bytes_are_some_text(raw, declared):
    """Decoding never fails, and leaves no NULs."""
    assert "\x00" not in decode_markup(raw, declared)
