from telegram.error import Conflict, NetworkError

from bot.errors import log_poll_error


def test_two_bots(caplog):
    """Two bots with one token are one clear line with what to do, without a traceback."""
    log_poll_error(Conflict("Conflict: terminated by other getUpdates request"))

    [record] = caplog.records
    assert "Another bot is running with this token" in record.message
    assert "Fix: stop one of the two" in record.message
    assert record.exc_info is None


def test_lost_connection(caplog):
    """A lost connection is one line, because polling goes on by itself."""
    log_poll_error(NetworkError("httpx.ConnectError: refused"))

    assert [record.levelname for record in caplog.records] == ["WARNING"]
