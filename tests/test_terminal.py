import io
import json
import re
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf_desk import BRIDGE, FERRY, SHELF, ShelfDesk

from bot.narrowed import Offers
from bot.terminal import (
    article_json,
    article_text,
    cited,
    indented,
    quoted,
    reply_json,
    reply_text,
    setting_text,
    terminal_width,
)
from bot.words import ENGLISH
from corpus.types import Metadata, Span
from retrieval.filters import Filter, Filters
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, NotFound, Query, Related, Scope, Widening

_STYLE = re.compile(r"\x1b\[[01]m")


@pytest.fixture
def answer():
    """A quotation from one article."""
    return ShelfDesk().answer(Query("Which ferry carried oranges?"))


def seen(line):
    """What a line of a terminal shows: its styles take no room."""
    return _STYLE.sub("", line)


def test_answer_as_text(answer):
    """Elsewhere than on a terminal a quotation keeps its lines; citation, link and receipt stand below."""
    text = reply_text(answer)

    first = answer.excerpts[0]
    assert text.startswith(
        f"  │ {first.text}\n"
        "  [1] Ferry <3 & oranges · The Coast · 14 May 2026\n"
        "      https://example.org/ferry\n"
        f"      receipt {receipt_of(first)}\n\n"
    )
    assert text.endswith("\n\n3 articles · newest 14 May 2026")
    assert "\x1b" not in text


def test_long_follow_up_as_text(answer):
    """What three questions of the greatest length came to is told as far as it is of use."""
    text = reply_text(replace(answer, searched="oranges " * 400))

    assert "Searched for: oranges oranges" in text


def test_verdicts_as_text(answer):
    """Related passages say first that they are no answer; nothing found says what was searched."""
    related = Related(answer.question, answer.question, 0.2, answer.excerpts, answer.snapshot)

    assert reply_text(related) == f"{ENGLISH('related-heading')}\n\n{reply_text(answer)}"
    assert reply_text(NotFound("Who?", "Who?", 0.0, answer.snapshot)).startswith("Not in these articles.")


@given(
    st.text("ab界 \n\t😀", max_size=300).filter(str.strip),
    st.integers(20, 200),
    st.lists(st.integers(0, 299), unique=True, max_size=6).map(sorted),
)
def test_quotation_on_a_terminal(text, width, edges):
    """Broken lines fit where there is a space to break at, and no letter of a quotation is lost or moved."""
    pairs = zip(edges[::2], edges[1::2], strict=False)
    highlights = tuple(Span(start, end) for start, end in pairs if end <= len(text))

    shown = quoted(text, width, highlights)

    lines = [seen(line).removeprefix("│").removeprefix(" ") for line in shown.split("\n")]
    assert all(len(line) <= min(width, 100) - 4 or " " not in line.rstrip() for line in lines)
    assert "".join(" ".join(lines).split()) == "".join(text.split())
    assert all(line.startswith("│") for line in shown.split("\n"))
    bold = "".join(re.findall(r"\x1b\[1m(.*?)\x1b\[0m", shown, flags=re.DOTALL))
    assert "".join(bold.split()) == "".join("".join(span.of(text) for span in highlights).split())


@given(st.text("ab \n", min_size=1))
def test_quotation_elsewhere(text):
    """Without a terminal each line of the text is one line behind a bar."""
    assert len(quoted(text).split("\n")) == len(text.split("\n"))
    assert [line[2:] for line in quoted(text).split("\n")] == [line.rstrip() for line in text.split("\n")]


def test_indented():
    """Every line moves to the right, and none gets spaces at its end."""
    assert indented("a\n\n b") == "  a\n\n   b"


def test_little_is_known(answer):
    """An article without title, outlet, date and link is cited all the same."""
    excerpt = next(
        each for each in ShelfDesk().answer(Query("bakery bread bridge")).excerpts if "bakery" in each.text
    )

    assert "  [2] Bread · Town Paper · 30 April 2026\n      receipt " in cited(2, excerpt)


@pytest.fixture
def reprinted(answer):
    """A quotation that seven other articles tell too."""
    about = Metadata("Other", "https://example.org/other", "Paper", None, "2026-05-15")
    others = (
        Article("b1", about),
        Article("b2", Metadata("No outlet")),
        *(Article(f"c{n}", about) for n in range(5)),
    )
    return replace(answer.excerpts[0], also_in=others)


def test_reprints_as_text(reprinted):
    """Other articles that tell the same stand under the citation, five by name and the others counted."""
    lines = [line.strip() for line in cited(1, reprinted).split("\n")]

    assert lines[3:5] == ["Also in Paper · 15 May 2026 · https://example.org/other", "Also in No outlet"]
    assert len([line for line in lines if line.startswith("Also in")]) == 5
    assert lines[-2:] == ["and 2 more", f"receipt {receipt_of(reprinted)}"]


def test_reprints_as_json(answer, reprinted):
    """All other articles that tell the same are there, with the fields of any article."""
    shown = reply_json(replace(answer, excerpts=(reprinted,)), took_ms=1.0)

    others = shown["excerpts"][0]["also_in"]
    assert others == [article_json(article) for article in reprinted.also_in]
    assert list(others[0]) == ["id", "title", "url", "source", "author", "published"]


def test_label_on_a_terminal(answer):
    """On a terminal the words that say that nothing answers are bold, and stand first."""
    related = Related("Who?", "Who?", 0.2, answer.excerpts, answer.snapshot)

    assert reply_text(related, 80).startswith(f"\x1b[1m{ENGLISH('related-heading')}\x1b[0m\n\n  │ ")


def test_reply_as_json(answer):
    """`footnote ask --json` has the fields that the design promises, and nothing else."""
    shown = json.loads(json.dumps(reply_json(answer, took_ms=12.345)))

    assert list(shown) == [
        *("question", "searched", "verdict", "confidence", "excerpts", "filters", "dropped"),
        *("searched_articles", "wider", "unknown", "snapshot", "took_ms"),
    ]
    assert (shown["question"], shown["verdict"], shown["confidence"]) == (answer.question, "answer", 0.9)
    assert shown["took_ms"] == 12.3
    assert list(shown["snapshot"]) == ["id", "built_at", "articles", "passages", "newest"]
    first = shown["excerpts"][0]
    assert list(first) == [
        *("n", "text", "highlights", "score", "link", "also_in", "receipt", "article", "version"),
        *("start", "end"),
    ]
    assert list(first["article"]) == ["id", "title", "url", "source", "author", "published"]
    assert first["text"] == FERRY[first["start"] : first["end"]]
    assert [first["text"][start:end] for start, end in first["highlights"]] == ["carried", "oranges"]
    assert first["link"].startswith("https://example.org/ferry#:~:text=")


@pytest.mark.parametrize(
    ("reply", "verdict"), [(Answer, "answer"), (Related, "related"), (NotFound, "not_found")]
)
def test_verdicts_as_json(answer, reply, verdict):
    """Each verdict has its word; what was not found has no excerpts."""
    made = reply(
        answer.question,
        "ferry oranges",
        0.123456,
        *(() if reply is NotFound else (answer.excerpts,)),
        answer.snapshot,
    )

    shown = reply_json(made, 1.0)

    assert (shown["verdict"], shown["confidence"]) == (verdict, 0.1235)
    assert (shown["question"], shown["searched"]) == (answer.question, "ferry oranges")
    assert bool(shown["excerpts"]) == (reply is not NotFound)


def test_articles():
    """An article is one line of what is known, or an object of every field."""
    ferry, bread = SHELF[0], SHELF[2]

    assert article_text(ferry) == "a1  2026-05-14  The Coast  Ferry <3 & oranges"
    assert article_json(Article(bread.article_id, bread.metadata)) == {
        **{"id": "a3", "title": "Bread", "url": None, "source": "Town Paper", "author": None},
        "published": "2026-04-30",
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "not set"), ((), "not set"), ((1, 2), "1, 2"), (0, "0"), (0.5, "0.5"), ("a", "a")],
)
def test_setting(value, shown):
    """A setting is its name, its value and where that came from."""
    assert setting_text({"name": "admins", "value": value, "origin": "flag"}) == f"admins = {shown}  (flag)"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """See `io.IOBase`."""
        return True


def test_width(monkeypatch):
    """There is a width on a terminal only."""
    assert terminal_width() is None
    monkeypatch.setenv("COLUMNS", "77")

    with redirect_stdout(Terminal()):
        assert terminal_width() == 77


def test_bridge_is_quoted_with_its_paragraphs():
    """Paragraphs of a quotation stay apart, the empty line behind the bar too."""
    assert quoted(BRIDGE, 80).split("\n")[:2] == ["│ The old bridge reopened in May.", "│"]


NARROWED = Scope(Filters(source=("Coast",), after=date(2026, 5, 1)), 1)


def test_filters_as_text(answer):
    """What was searched stands above the reply, and what to ask instead below what was not found."""
    nothing = NotFound("Who?", "Who?", 0.0, answer.snapshot, NARROWED)
    wider = Widening(Query("Who?", filters=Filters(source=("Coast",))), ("after",), 2, "answer")
    unknown = (Filter("source", "Coats"), ("The Coast",)), (Filter("author", "Nobody"), ())

    found = reply_text(replace(answer, scope=NARROWED))
    missed = reply_text(nothing, offered=Offers((wider,), unknown))

    searched = "Searched 1 of 3 articles: from Coast, since 1 May 2026."
    assert found.startswith(f"{searched}\n\n  │ ")
    assert missed.split("\n\n") == [
        "Not in these articles.",
        searched,
        "No article is from “Coats”. Spelt nearly so: The Coast.",
        "No article is by “Nobody”.",
        'There is an answer without “after”. Ask: Who? source:"Coast"',
    ]


def test_dropped_filters_as_text(answer):
    """What gave way is said, above an answer and where there is none."""
    dropped = Scope(dropped=Filters(after=date(2026, 5, 1), worded=frozenset({"after"})))

    found = reply_text(replace(answer, scope=dropped))
    missed = reply_text(NotFound("Who?", "Who?", 0.0, answer.snapshot, dropped))

    said = "Set aside, because nothing within it answers: since 1 May 2026."
    assert found.startswith(f"{said}\n\n  │ ")
    assert missed == f"{ENGLISH.not_found(answer.snapshot)}\n\nNot without it either: since 1 May 2026."


def test_filters_as_json(answer):
    """Filters, how many articles they let through, and what to ask instead have fields of their own."""
    nothing = NotFound("Who?", "Who?", 0.0, answer.snapshot, NARROWED)
    wider = Widening(Query("Who?", filters=Filters(source=("Coast",))), ("after",), 2, "answer")

    shown = reply_json(nothing, 1.0, Offers((wider,), ((Filter("source", "Coats"), ("The Coast",)),)))

    assert shown["filters"] == [
        {"kind": "source", "value": "Coast", "worded": False},
        {"kind": "after", "value": "2026-05-01", "worded": False},
    ]
    assert (shown["dropped"], shown["searched_articles"]) == ([], 1)
    assert shown["wider"] == [
        {"question": 'Who? source:"Coast"', "dropped": ["after"], "articles": 2, "verdict": "answer"}
    ]
    assert shown["unknown"] == [{"kind": "source", "value": "Coats", "close": ["The Coast"]}]
    assert reply_json(answer, 1.0)["searched_articles"] == 3
