import platform
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from bot.config import load_config
from bot.home_desk import HomeDesk
from retrieval.types import Query

QUERY = Query("Which ferry carried oranges?")

# What the C library is told holds for a process, so each of these has one of its own. A large block that is
# freed first, as when a model is loaded, has glibc keep what is freed later.
SERVE_IN_VAIN = """
import sys
from pathlib import Path
import numpy as np
from bot.config import load_config
from bot.errors import ServerError
from bot.serve import run_bot

def resident_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024

np.ones(30 << 20, np.uint8)
token = {"FOOTNOTE_TELEGRAM_TOKEN": "1:" + "x" * 35, "FOOTNOTE_TELEGRAM_API_URL": "http://127.0.0.1:1"}
try:
    run_bot(load_config(home=Path(sys.argv[1]), environ=token, flags={}))
except ServerError:
    before = resident_mb()
    np.ones(20 << 20, np.uint8)
    print(resident_mb() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs glibc")
def test_freed_memory_is_given_back(tmp_path):
    """A bot that serves keeps no large block that it has freed, whatever it freed before."""
    ran = subprocess.run(
        [sys.executable, "-c", SERVE_IN_VAIN, tmp_path / "home"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert float(ran.stdout) < 2


def test_replaced_snapshot_is_let_go(tmp_path):
    """Once a question was answered from the next snapshot, nothing holds the one before."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(article())
    home.reindex()
    desk = HomeDesk(load_config(home=home.path, environ={}, flags={"cross_encoder": "off"}), home.encoder)
    desk.answer(QUERY)
    before = weakref.ref(desk.searcher())
    home.put(article(key="third", text="A third article of no consequence."))
    desk.reindex()

    desk.answer(QUERY)

    assert before() is None
