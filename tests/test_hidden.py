from dataclasses import replace

import pytest
from remembering import Remembering
from shelf_desk import FERRY, SHELF, ShelfDesk, version

from bot.hidden import Hidden
from corpus.types import Span
from retrieval.receipt import read_receipt, receipt_of
from retrieval.types import Query


@pytest.fixture
def excerpts():
    """Two sentences of the article about the ferry."""
    return ShelfDesk().answer(Query("Which ferry left Harbour Street with oranges?")).excerpts[:2]


def read(receipt, shelf=SHELF):
    """The version of the shelf and the span that a receipt was given for."""
    said = read_receipt(receipt)
    return next(((each, said.span) for each in shelf if said.matches(each)), None)


def hide(remembering, excerpt):
    """Report an excerpt, and hide it."""
    filed = remembering.report(1, receipt=receipt_of(excerpt))
    remembering.reports.decide(filed.report_id, "hidden")


def test_hidden(tmp_path, excerpts):
    """What is hidden is not among the excerpts that are shown, until it is shown again; nothing else is."""
    remembering = Remembering(tmp_path)
    hidden = Hidden(remembering.reports, read)
    assert hidden.without(excerpts) == excerpts

    hide(remembering, excerpts[0])
    assert hidden.without(excerpts) == excerpts[1:]

    remembering.reports.show_again(receipt_of(excerpts[0]))
    assert hidden.without(excerpts) == excerpts


def test_it_cannot_be_read(tmp_path, excerpts, caplog):
    """What was hidden stays hidden while the file cannot be read, which is in the log."""
    remembering = Remembering(tmp_path)
    hidden = Hidden(remembering.reports, read)
    hide(remembering, excerpts[0])
    hidden.without(excerpts)

    remembering.file.path.write_bytes(b"not a database" * 100)

    assert hidden.without(excerpts) == excerpts[1:]
    assert "What is hidden was not read" in caplog.text


def test_in_a_later_version(tmp_path, excerpts):
    """The hidden words stay hidden where a later version of the article says them again."""
    remembering = Remembering(tmp_path)
    hide(remembering, excerpts[0])
    later = replace(version(1, "Corrected. " + FERRY), seq=9)
    desk = ShelfDesk((later,))

    shown = Hidden(remembering.reports, read).without(
        desk.answer(Query("Which ferry left Harbour Street with oranges?")).excerpts
    )

    assert excerpts[0].text not in [each.text for each in shown]
    assert shown


def test_beside_another_quotation(tmp_path, excerpts):
    """What is shown around a quotation ends before what is hidden."""
    remembering, hidden_span = Remembering(tmp_path), excerpts[0].span
    hide(remembering, excerpts[0])
    whole = Span(0, len(FERRY))
    parted = FERRY.index("It carried")
    kept = Span(0, parted - 1) if hidden_span.start >= parted else Span(parted, len(FERRY))

    clear = Hidden(remembering.reports, read).clear_of(SHELF[0], whole, kept=kept)

    assert (clear.start <= kept.start, kept.end <= clear.end) == (True, True)
    assert not clear.overlaps(hidden_span)
