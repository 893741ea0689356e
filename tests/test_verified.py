import dataclasses
import re

import pytest
from shelf_desk import FERRY, SHELF, ShelfDesk

from bot.receipt_text import receipt_json, receipt_text
from bot.verified import Verified
from bot.words import ENGLISH
from retrieval.receipt import receipt_of
from retrieval.types import Query


@pytest.fixture
def excerpt():
    """A quotation from the article about the ferry."""
    return ShelfDesk().answer(Query("Which ferry carried oranges?")).excerpts[0]


def changed(text=FERRY, **fields):
    """The article about the ferry as it is now."""
    metadata = dataclasses.replace(SHELF[0].metadata, **fields)
    return dataclasses.replace(SHELF[0], seq=9, hash="9" * 64, text=text, metadata=metadata)


@pytest.mark.parametrize(
    ("latest", "state", "said"),
    [
        (SHELF[0], "current", "as it is now"),
        (SHELF[1], "updated", "updated since"),
        (None, "removed", "removed since"),
    ],
)
def test_receipt(excerpt, latest, state, said):
    """A receipt says what it quotes, and whether the article has changed since."""
    verified = Verified(excerpt, SHELF[0], latest)

    shown, text = receipt_json(verified), receipt_text(verified)

    assert (shown["verified"], shown["state"], shown["text"]) == (True, state, excerpt.text)
    assert shown["receipt"] == receipt_of(excerpt)
    assert said in text
    assert excerpt.text in text
    assert "Characters 39 to 90 of the article" in text


def test_what_else_is_known(excerpt):
    """A receipt says when its words were seen, whether they are searched now, and whether they are hidden."""
    verified = Verified(excerpt, SHELF[0], SHELF[0], snapshot="20260514T120000-1", is_hidden=True)

    shown, text = receipt_json(verified), receipt_text(verified)

    assert (shown["snapshot"], shown["hidden"]) == ("20260514T120000-1", True)
    assert ENGLISH("receipt-seen", moment=ENGLISH.moment(SHELF[0].seen_utc)) in text
    assert ENGLISH("receipt-held", snapshot="20260514T120000-1") in text
    assert ENGLISH("receipt-hidden") in text


def test_what_has_changed(excerpt):
    """An updated article is compared with what was quoted: the words around it, and what is said beside."""
    verified = Verified(
        excerpt, SHELF[0], changed(FERRY.replace("forty", "fifty"), title="Ferry", author="A. Reed")
    )

    shown, text = receipt_json(verified), receipt_text(verified)

    assert "It carried[- forty-]{+ fifty+} passengers" in text
    assert "title: Ferry <3 & oranges → Ferry" in text
    assert "author: – → A. Reed" in text
    assert [each["text"] for each in shown["changes"] if each["kind"] != "same"] == [" forty", " fifty"]
    assert shown["changed_fields"] == {"title": ["Ferry <3 & oranges", "Ferry"], "author": [None, "A. Reed"]}
    assert shown["latest"] == {"version": "9" * 64, "seen": SHELF[0].seen_utc}


def test_on_a_terminal(excerpt):
    """There what was taken out and put in is in colours too."""
    verified = Verified(excerpt, SHELF[0], changed(FERRY.replace("forty", "fifty")))

    text = receipt_text(verified, 80)

    assert re.search(r"\x1b\[31m\[- forty-\]\x1b\[0m\x1b\[32m\{\+ fifty\+\}\x1b\[0m", text)


def test_what_has_not_changed_around_it(excerpt):
    """Where only something else was changed, that is said."""
    quoted = dataclasses.replace(SHELF[0], text=f"{FERRY} It was late. It was full.")
    latest = changed(f"{quoted.text} It was sold.")

    text = receipt_text(Verified(excerpt, quoted, latest))

    assert "Around the quotation the words are the same as before." in text


@pytest.mark.parametrize("latest", [None, SHELF[0]])
def test_nothing_to_compare(excerpt, latest):
    """Of a removed article, and of one that is as it was, no changes are told."""
    shown = receipt_json(Verified(excerpt, SHELF[0], latest))

    assert (shown["changes"], shown["changed_fields"]) == ([], {})
