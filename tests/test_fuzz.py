import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from targets import CORPUS, TARGETS

# Each input that is kept is also changed so many times, in the same ways at every run.
CHANGES = 3


def changed(content, draw):
    """The input with a piece of it lost, doubled, put elsewhere, or another byte in its place."""
    start, end = sorted(draw.choices(range(len(content) + 1), k=2))
    end = min(end, start + 40)
    piece, elsewhere = content[start:end], draw.randrange(len(content) + 1)
    return draw.choice(
        [
            content[:start] + content[end:],
            content[:end] + piece * 3 + content[end:],
            content[:elsewhere] + piece + content[elsewhere:],
            content[:start] + bytes([draw.randrange(256)]) + content[start + 1 :],
        ]
    )


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs(name):
    """What was found by fuzzing once is found no more, nor anything near it."""
    draw = random.Random(7)
    kept = sorted((CORPUS / name).iterdir())

    for path in kept:
        TARGETS[name](path.read_bytes())
        for _ in range(CHANGES):
            TARGETS[name](changed(path.read_bytes(), draw))

    assert kept
