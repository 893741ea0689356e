import pytest
from remembering import Remembering
from shelf_desk import ShelfDesk

from bot.hidden import Hidden
from retrieval.receipt import receipt_of
from retrieval.types import Query


@pytest.fixture
def excerpts():
    """Two sentences of the article about the ferry."""
    return ShelfDesk().answer(Query("Which ferry left Harbour Street with oranges?")).excerpts[:2]


def hide(remembering, excerpt):
    """Report an excerpt, and hide it."""
    filed = remembering.report(1, receipt=receipt_of(excerpt))
    remembering.reports.decide(filed.report_id, "hidden")


def test_hidden(tmp_path, excerpts):
    """What is hidden is not among the excerpts that are shown, until it is shown again; nothing else is."""
    remembering = Remembering(tmp_path)
    hidden = Hidden(remembering.reports)
    assert hidden.without(excerpts) == excerpts

    hide(remembering, excerpts[0])
    assert hidden.without(excerpts) == excerpts[1:]

    remembering.reports.show_again(receipt_of(excerpts[0]))
    assert hidden.without(excerpts) == excerpts


def test_it_cannot_be_read(tmp_path, excerpts, caplog):
    """What was hidden stays hidden while the file cannot be read, which is in the log."""
    remembering = Remembering(tmp_path)
    hidden = Hidden(remembering.reports)
    hide(remembering, excerpts[0])
    hidden.without(excerpts)

    remembering.file.path.write_bytes(b"not a database" * 100)

    assert hidden.without(excerpts) == excerpts[1:]
    assert "What is hidden was not read" in caplog.text
