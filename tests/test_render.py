from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import render
from bot.buttons import Quoted, ShowAround, ShowExcerpts, read_press
from bot.render import ARTICLES_A_PAGE
from bot.simulator.entities import n_units
from bot.simulator.html import parse_html
from bot.simulator.types import Message
from bot.simulator.wording import word_message
from bot.simulator.world import GROUP, READER
from bot.words import ENGLISH
from corpus.types import Metadata, Span
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, Excerpt, NotFound, Related, SnapshotInfo

SNAPSHOT = SnapshotInfo("s1", "2026-05-15T09:30:00Z", 1204, 9000, "2026-05-14")
HOSTILE = (
    "<b>bold</i> & <blockquote>",
    "&lt;&nbsp;&#60;",
    "خبر عاجل: العبارة",
    "\u202edrawkcab\u2066",
    "Z" + "\u0301\u0489" * 300,
    "👩‍👩‍👧‍👦" * 40,
    "T" * 100_000,
    "\x00\r\n\t\u2028",
    "",
)
titles = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200))
quoted = st.one_of(
    st.text(min_size=1, max_size=700).filter(lambda text: text.strip() == text and text.isprintable()),
    st.sampled_from(["a & <b> c", "a\n\nb", "😀" * 350, "&" * 700, "é" * 700, "word " * 900 + "end"]),
)
urls = st.one_of(
    st.none(),
    st.sampled_from(
        ["https://example.org/a?b=c&d=e", "https://example.org/#top", "javascript:alert(1)", "http://", "x"]
    ),
    st.text(max_size=3000).map("https://example.org/{}".format),
)


@st.composite
def excerpts(draw):
    """An excerpt of any article there could be."""
    text = draw(quoted)
    marks = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=120))))
    highlights = tuple(Span(*pair) for pair in zip(marks[::2], marks[1::2], strict=False))
    about = Metadata(
        draw(titles), draw(urls), draw(titles), None, draw(st.sampled_from([None, "2026-05-14", "?" * 90]))
    )
    start = draw(st.integers(0, 2**40))
    others = draw(st.lists(st.tuples(titles, urls), max_size=9))
    return Excerpt(
        article=Article("a", about),
        version="0f" * 32,
        version_seq=draw(st.integers(1, 2**40)),
        span=Span(start, start + len(text)),
        text=text,
        highlights=highlights,
        score=1.0,
        also_in=tuple(
            Article(f"b{number}", Metadata(title, url, title, None, "2026-05-14"))
            for number, (title, url) in enumerate(others)
        ),
    )


def excerpt(text="The ferry left at dawn.", *, highlights=(), start=0, **metadata):
    """An excerpt; `metadata` are the fields of `Metadata`."""
    about = Metadata(metadata.pop("title", "The ferry"), **metadata)
    return Excerpt(Article("a", about), "0f" * 32, 7, Span(start, start + len(text)), text, highlights, 1.0)


def delivered(shown):
    """The message as Telegram would show it; refused in its words where it breaks a rule."""
    text, entities = word_message(shown.html, "HTML", None, lambda user_id: None)
    assert n_units(text) <= 4096
    assert len(parse_html(shown.html)[1]) <= 100
    return Message(GROUP, 1, READER, 0, text, entities=entities)


def buttons_of(shown):
    """The buttons under a message, row after row."""
    return tuple(button for row in shown.chips + shown.rows for button in row)


def quotations(message):
    """What is quoted in a message."""
    return [message.slice(each) for each in message.entities if "blockquote" in each.kind]


def slices(message, kind):
    """What a message shows in one way."""
    return [message.slice(each) for each in message.entities if each.kind == kind]


def answer(*found, kind=Answer):
    """The verdict on a question."""
    return kind("Which ferry?", "Which ferry?", 0.9, found, SNAPSHOT)


@given(st.lists(excerpts(), min_size=1, max_size=4), st.sampled_from([Answer, Related]))
@settings(max_examples=150, deadline=None)
def test_any_reply_fits(found, kind):
    """Telegram takes every reply, whatever the articles hold, and its quotations are verbatim."""
    message = delivered(render.reply(ENGLISH, answer(*found, kind=kind)))

    shown = quotations(message)
    assert 1 <= len(shown) <= 3
    assert len(message.entities) <= 100
    whole = [each.text for each in found[: len(shown)]]
    assert shown == whole or (len(shown) == 1 and whole[0].startswith(shown[0]))


@given(st.lists(excerpts(), min_size=1, max_size=3), st.integers(0, 500))
@settings(max_examples=100, deadline=None)
def test_any_list_and_surroundings_fit(found, offset):
    """Telegram takes every page of the list and every view of what stands around an excerpt."""
    listed = tuple(each.article for each in found) * 2
    page = delivered(render.articles(ENGLISH, listed, offset=offset, total=1000))
    press = ShowAround(Quoted("answer", tuple(map(receipt_of, found))), 1)
    text = "Before it. " + found[0].text + "\n\nAfter it."
    around = delivered(
        render.surroundings(ENGLISH, press, found[0], text=text, span=Span(11, 11 + len(found[0].text)))
    )

    assert page.text.count("\n• ") == len(listed)
    assert len(quotations(around)) == 1


@given(titles)
@example("T" * 100_000)
def test_full_page_fits(title):
    """A full page of the longest titles is one message."""
    about = Metadata(title, "https://example.org/" + "x&" * 500, title, None, "2026-05-14")

    message = delivered(
        render.articles(ENGLISH, (Article("a", about),) * ARTICLES_A_PAGE, offset=0, total=99)
    )

    assert message.text.count("\n• ") == ARTICLES_A_PAGE


def test_answer():
    """An answer is a quotation with its matches in bold, what it is from, and how fresh that is."""
    found = excerpt(
        highlights=(Span(4, 9),), url="https://example.org/ferry", source="The Coast", published="2026-05-14"
    )

    message = delivered(render.reply(ENGLISH, answer(found)))

    assert message.text == (
        "The ferry left at dawn.\n[1] The ferry · The Coast · 14 May 2026 · read it in place\n\n"
        "1,204 articles · newest 14 May 2026"
    )
    assert slices(message, "bold") == ["ferry"]
    [link] = [each.url for each in message.entities if each.kind == "text_link"]
    assert link == "https://example.org/ferry#:~:text=The%20ferry%20left%20at%20dawn."


def test_related():
    """Passages that are no answer are introduced as just that, in bold and before anything else."""
    message = delivered(render.reply(ENGLISH, answer(excerpt(), kind=Related)))

    assert message.text.startswith("Not an answer. What comes closest:\n\nThe ferry left")
    assert slices(message, "bold") == ["Not an answer. What comes closest:"]


def reprinted(count, **metadata):
    """An excerpt that so many other articles tell too; `metadata` are theirs."""
    others = tuple(
        Article(f"b{n}", Metadata("Other", source=f"Paper {n}", **metadata)) for n in range(1, count + 1)
    )
    return replace(excerpt(), also_in=others)


def test_reprints():
    """Other articles that tell the same are named under the citation, each with its link."""
    found = reprinted(2, url="https://example.org/b?c=d&e=f")

    message = delivered(render.reply(ENGLISH, answer(found)))

    assert "[1] The ferry\nAlso in Paper 1, Paper 2\n\n1,204" in message.text
    links = [each.url for each in message.entities if each.kind == "text_link"]
    assert links == ["https://example.org/b?c=d&e=f#:~:text=The%20ferry%20left%20at%20dawn."] * 2


def test_many_reprints():
    """Five are named and the others counted; where there is no room for names, all are counted."""
    named = delivered(render.reply(ENGLISH, answer(reprinted(9))))
    long = replace(reprinted(9, url="https://example.org/" + "x" * 1900), text="T" * 3940, span=Span(0, 3940))
    counted = delivered(render.reply(ENGLISH, answer(long, reprinted(1))))

    assert "Also in Paper 1, Paper 2, Paper 3, Paper 4, Paper 5 and 4 more\n" in named.text
    assert "Also in 9 other articles\n" in counted.text
    assert "Also in 1 other article\n" in counted.text


@pytest.mark.parametrize(
    "verdict", [NotFound("?", "?", 0.1, SNAPSHOT), answer()], ids=["not found", "no excerpts"]
)
def test_not_found(verdict):
    """Nothing found says what was searched."""
    shown = render.reply(ENGLISH, verdict)

    assert shown.html == "Not in these articles. Searched 1,204 articles, newest 14 May 2026."
    assert [button.label for button in buttons_of(shown)] == [
        "Closest passages",
        "Ask differently",
        "Tell the editors",
    ]


def test_long_quotation_is_folded():
    """The first quotation is read at once; a long one after it is folded, a short one is not."""
    long = excerpt("word " * 79 + "end")

    message = delivered(render.reply(ENGLISH, answer(long, long, excerpt())))

    assert [each.kind for each in message.entities if "quote" in each.kind] == [
        "blockquote",
        "expandable_blockquote",
        "blockquote",
    ]


def test_very_long_first_quotation_is_folded():
    """A first quotation that fills the screen is folded too."""
    message = delivered(render.reply(ENGLISH, answer(excerpt("word " * 199 + "end"))))

    assert [each.kind for each in message.entities if "quote" in each.kind] == ["expandable_blockquote"]


def test_whole_excerpts_are_left_out():
    """What does not fit is left out whole, and has no button."""
    found = [excerpt("word " * 399 + "end", start=at) for at in (0, 5000, 9000)]

    shown = render.reply(ENGLISH, answer(*found))

    assert quotations(delivered(shown)) == [found[0].text, found[1].text]
    assert [button.label for button in shown.rows[0]] == ["Context 1", "Context 2"]


def test_excerpt_longer_than_a_message():
    """A single excerpt longer than a message ends at a word, and this is said."""
    message = delivered(render.reply(ENGLISH, answer(excerpt("word " * 1999 + "end"))))

    [quotation] = quotations(message)
    assert quotation.endswith("word")
    assert ENGLISH("quotation-cut") in message.text
    assert 4000 < len(message.text) <= 4096


def test_right_to_left_title():
    """A right-to-left title is isolated from the words beside it; a quotation is never touched."""
    found = excerpt("غادرت العبارة عند الفجر.", title="العبارة", source="The Coast")

    message = delivered(render.reply(ENGLISH, answer(found)))

    assert quotations(message) == [found.text]
    assert "[1] \u2068العبارة\u2069 · The Coast" in message.text


def test_buttons_carry_everything():
    """Each button holds the verdict and the receipts of all excerpts that are shown."""
    found = [excerpt(start=at) for at in (0, 40)]
    receipts = tuple(map(receipt_of, found))

    shown = render.reply(ENGLISH, answer(*found, kind=Related))
    one = render.reply(ENGLISH, answer(found[0]))

    assert read_press(buttons_of(shown)[1].payload) == ShowAround(Quoted("related", receipts), 2)
    assert [button.label for button in one.rows[0]] == ["Context"]


def test_surroundings():
    """Around an excerpt its own words are bold, and one button leads back."""
    press = ShowAround(Quoted("answer", (receipt_of(excerpt()),)), 1)

    shown = render.surroundings(
        ENGLISH, press, excerpt(), text="Dawn. The ferry left at dawn. Fog.", span=Span(6, 29)
    )

    message = delivered(shown)
    assert slices(message, "bold") == ["The ferry left at dawn."]
    assert quotations(message) == ["Dawn. The ferry left at dawn. Fog."]
    assert read_press(buttons_of(shown)[0].payload) == ShowExcerpts(press.quoted)


def test_surroundings_of_what_is_related():
    """What stands around a passage that is no answer is introduced as no answer too, and fits."""
    press = ShowAround(Quoted("related", (receipt_of(excerpt()),)), 1)
    text = "Dawn. The ferry left at dawn. " + "Fog. " * 1000

    message = delivered(render.surroundings(ENGLISH, press, excerpt(), text=text, span=Span(6, 29)))

    assert message.text.startswith(f"{ENGLISH('related-heading')}\n\nThe ferry left at dawn. Fog.")
    assert slices(message, "bold") == [ENGLISH("related-heading"), "The ferry left at dawn."]


def test_no_articles():
    """An empty list says so."""
    assert render.articles(ENGLISH, (), offset=0, total=0).html == ENGLISH("no-articles")


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-05-14", "14 May 2026"),
        ("2026-05-14T08:00:00+02:00", "14 May 2026"),
        ("2026-05", "May 2026"),
        ("2026", "2026"),
        ("2026-13-01", "2026"),
        ("yesterday", "yesterday"),
    ],
)
def test_day(iso, shown):
    """A date is written out as far as it is known."""
    assert ENGLISH.day(iso) == shown
