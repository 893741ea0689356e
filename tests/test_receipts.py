from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import FERRY, Newsroom
from shelf_desk import SHELF, ShelfDesk
from talk import ask, quotations, talking
from test_render import HOSTILE, excerpts

from bot import receipt_render
from bot.buttons import Quoted
from bot.deep_link import answer_link
from bot.simulator import GROUP
from bot.simulator.html import parse_html
from bot.simulator.types import Button
from bot.verified import Verified
from bot.words import ENGLISH
from corpus.types import ArticleVersion, Metadata, Span
from retrieval.receipt import receipt_of
from retrieval.types import Query

CRATE = "It carried forty passengers and a crate of oranges."


@pytest.fixture
def receipt():
    """Of the sentence about the crate of oranges."""
    return receipt_of(ShelfDesk().answer(Query("Which ferry carried oranges?")).excerpts[0])


async def test_source(telegram, receipt):
    """A receipt, however it is typed, shows what it quotes, whose words they are and that they stand."""
    typed = " ".join(receipt.lower().replace("0", "o").replace("1", "l"))
    reply = await ask(telegram, f"/source {typed}")

    assert reply.text.startswith(ENGLISH("receipt-current"))
    assert quotations(reply) == [CRATE]
    for fact in (receipt, "Ferry <3 & oranges · The Coast · 14 May 2026", "Version 1", "0" * 11):
        assert fact in reply.text
    for fact in ("Characters 39 to 90", "Seen 1 May 2026, 00:00 UTC", "in snapshot s1"):
        assert fact in reply.text
    assert "https://example.org/ferry" in [address for _, address in reply.links]


async def test_reply_to_an_answer(telegram, receipt):
    """As a reply to an answer the command shows the receipts of what is quoted in it, in a group as well."""
    one = await ask(telegram, "/ask Which ferry carried forty passengers?", chat=GROUP)
    several = await ask(telegram, "What about the ferry and the bridge?")
    of_one = await ask(telegram, "/source", chat=GROUP, reply_to=one)
    of_several = await ask(telegram, "/source", reply_to=several)

    assert receipt in of_one.text
    codes = [of_several.slice(each) for each in of_several.entities if each.kind == "code"]
    assert len(codes) == len(quotations(several)) > 1
    again = await ask(telegram, f"/source {codes[1]}")
    assert quotations(again) == [quotations(several)[1]]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/source", ENGLISH("name-a-receipt")),
        ("/source 7F3K", ENGLISH("no-such-receipt", receipt="7F3K")),
        ("/source <b>", ENGLISH("no-such-receipt", receipt="<b>")),
    ],
)
async def test_no_receipt(polled, command, said):
    """Without a receipt it is said how one is written, and of one that is none that it is none."""
    assert (await ask(polled, command)).text == said


async def test_reply_to_a_link(polled, receipt):
    """A message whose button opens the excerpts in private holds their receipts as well."""
    answer = await ask(polled, "Which ferry carried oranges?")
    link = answer_link(polled.world.bot.username, Quoted("answer", (receipt,)))
    linking = polled.world.post(replace(answer, keyboard=((Button("More in private", "url", link),),)))

    assert receipt in (await ask(polled, "/source", reply_to=linking)).text


async def test_reply_to_something_else(polled):
    """A message that quotes nothing has no receipts."""
    hello = await ask(polled, "/privacy")

    assert (await ask(polled, "/source", reply_to=hello)).text == ENGLISH("no-receipts-there")


async def test_updated_and_removed(newsroom: Newsroom, tmp_path):
    """What was changed since is shown word by word around the quotation, and a removal is said."""
    path = tmp_path / "ferry.txt"
    path.write_bytes(FERRY)
    newsroom.add(str(path))
    desk = newsroom.desk()
    desk.reindex()
    async with talking(desk, editor=newsroom.editor(desk), home=newsroom.path) as telegram:
        answer = await ask(telegram, "Which ferry carried oranges?")
        current = await ask(telegram, "/source", reply_to=answer)
        path.write_bytes(FERRY.replace(b"dawn", b"noon"))
        newsroom.add(str(path))
        updated = await ask(telegram, "/source", reply_to=answer)
        desk.reindex()
        reindexed = await ask(telegram, "/source", reply_to=answer)
        newsroom.editor(desk).remove(newsroom.ids()[0], by=1)
        removed = await ask(telegram, "/source", reply_to=answer)

    marked = {kind: words(updated, kind) for kind in ("strikethrough", "bold")}
    assert current.text.startswith(ENGLISH("receipt-current"))
    assert updated.text.startswith(ENGLISH("receipt-updated"))
    assert [each.strip() for each in marked["strikethrough"]] == ["dawn"]
    assert "noon" in [each.strip() for each in marked["bold"]]
    assert "in snapshot" in updated.text
    assert ENGLISH("receipt-not-held") in reindexed.text
    assert removed.text.startswith(ENGLISH("receipt-removed"))


def words(message, kind):
    """What looks so in a message."""
    return [message.slice(each) for each in message.entities if each.kind == kind]


texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=300), st.sampled_from(["& " * 3000, "é. " * 900])
)


@given(excerpts(), texts, st.booleans(), st.booleans())
def test_fits(excerpt, text, is_removed, is_hidden):
    """Whatever is quoted, and whatever became of it, is one message that Telegram takes."""
    quoted = ArticleVersion(
        "a", excerpt.version_seq, excerpt.version, excerpt.article.metadata, excerpt.text, "en", "2026-05-01"
    )
    excerpt = replace(excerpt, span=Span(0, len(excerpt.text)))
    latest = None if is_removed else replace(quoted, seq=1, hash="1" * 64, text=text, metadata=Metadata(text))
    verified = Verified(excerpt, quoted, latest, is_hidden=is_hidden)

    for shown in (
        receipt_render.receipt(ENGLISH, verified),
        receipt_render.receipts(ENGLISH, (verified,) * 3),
    ):
        plain, entities = parse_html(shown.html)
        assert len(plain.encode("utf-16-le")) // 2 <= 4096
        assert len(entities) <= 100
        assert len(shown.html.encode()) <= 32_768


def test_nothing_changed_around_it():
    """Where only something else was changed, that is said."""
    quoted = replace(SHELF[0], text=f"{SHELF[0].text} It was late. It was full.")
    latest = replace(quoted, hash="9" * 64, text=f"{quoted.text} It was sold.")
    excerpt = ShelfDesk().answer(Query("Which ferry carried oranges?")).excerpts[0]

    assert (
        ENGLISH("receipt-same-around")
        in receipt_render.receipt(ENGLISH, Verified(excerpt, quoted, latest)).html
    )
