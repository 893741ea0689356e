import logging
import re

import pytest
from command import logging_as_before
from secrets_kept import TOKEN

from bot import logs


@pytest.fixture(autouse=True)
def _as_before():
    """Leave logging as it was."""
    with logging_as_before():
        yield


def said(capsys, **wanted):
    """What is written of four records."""
    logs.set_up(**wanted)
    logging.getLogger("bot.app").info("ours")
    logging.getLogger("telegram.ext").info("theirs")
    logging.getLogger("httpx").info("address")
    logging.getLogger("telegram.ext").warning("problem")
    return capsys.readouterr().err.splitlines()


def test_quiet(capsys):
    """On the command line only problems are written, as the program's own words."""
    assert said(capsys) == ["footnote: problem"]


def test_serving(capsys):
    """A bot that serves says what it does itself, with the time, and others' problems."""
    lines = said(capsys, serving=True)

    assert [line.split()[-1] for line in lines] == ["ours", "problem"]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (INFO|WARNING) ", line) for line in lines)


def test_verbose(capsys):
    """On demand everything is written, but never the addresses of calls, which hold the token."""
    assert [line.split()[-1] for line in said(capsys, verbose=True)] == ["ours", "theirs", "problem"]


def test_last_call_counts(capsys):
    """Set up again, each record is still written once."""
    logs.set_up(verbose=True)

    assert said(capsys) == ["footnote: problem"]


@pytest.mark.holds_secret("Captured log call", "pytest's own log of it is not masked")
def test_token_is_masked(capsys):
    """A token is masked in a message, in its arguments and in a traceback, whoever logs it."""
    logs.set_up()
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("elsewhere").exception("calling %s", f"/bot{TOKEN}/getMe")

    written = capsys.readouterr().err
    assert "/bot<token>/getMe" in written
    assert written.count("<token>") == 2
    assert TOKEN not in written
