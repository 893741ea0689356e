import subprocess
import sys

import pytest

from corpus.language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ferry left the harbour at dawn with forty passengers."),
        ("de", "Die Fähre verließ den Hafen im Morgengrauen mit vierzig Passagieren."),
        ("es", "El transbordador salió del puerto al amanecer con cuarenta pasajeros."),
        ("fr", "Le ferry a quitté le port à l’aube avec quarante passagers."),
        ("it", "Il traghetto ha lasciato il porto all’alba con quaranta passeggeri."),
        ("pt", "A balsa deixou o porto ao amanhecer com quarenta passageiros."),
        ("ru", "Паром вышел из гавани на рассвете с сорока пассажирами."),
        ("uk", "Пором вийшов із гавані на світанку з сорока пасажирами."),
        ("fa", "کشتی سپیده‌دم با چهل مسافر از بندر بیرون رفت."),
    ],
)
def test_a_sentence_is_enough(language, text):
    """One sentence tells the language."""
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "12345", "😀😀😀", "ok", "NASA ESA"])
def test_too_little_is_no_language(text):
    """Where the classifier would guess, the language is left open."""
    assert detect(text) == "und"


def test_the_model_is_not_loaded_before_it_is_needed():
    """Importing everything that asking needs does not import the classifier."""
    code = "import sys, corpus.library, corpus.split, corpus.language; print('py3langid' in sys.modules)"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "False"
