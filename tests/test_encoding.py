import pytest

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
