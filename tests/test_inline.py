import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf_desk import FERRY, SHELF, ShelfDesk, version
from talk import ask, bolds, calls, quotations, talking
from telegram.constants import InlineQueryLimit, InlineQueryResultLimit
from test_pressing import labels

from bot.group_rules import INLINE_TIMES, GroupRules
from bot.inline_render import MAX_OFFERS, offers
from bot.records import records_of
from bot.simulator import GROUP, READER, SECOND_READER, inline
from bot.words import ENGLISH
from retrieval.types import Query

ORANGES = "Which ferry carried oranges?"
NOWHERE = "Who won the cup?"


def answered(telegram):
    """The queries that were answered."""
    return telegram.sent("answerInlineQuery")


async def test_offers(telegram, desk):
    """A question typed anywhere brings excerpts with title, words, outlet and day, the same for everybody."""
    offered = await telegram.type_inline(ORANGES)
    again = await telegram.type_inline(ORANGES, user=SECOND_READER)

    first = offered.articles[0]
    assert first.title == "Ferry <3 & oranges"
    assert first.description.startswith(
        "It carried forty passengers and a crate of oranges.\nThe Coast · 14 May"
    )
    assert offered.button is None
    assert again.articles == offered.articles
    # Each is offered it in their own language.
    assert desk.asked == [ORANGES, ORANGES]


async def test_chosen(telegram):
    """The chosen excerpt is posted with its source, and its button opens it in private."""
    offered = await telegram.type_inline(ORANGES)
    posted = await telegram.choose(offered, offered.articles[0].id)
    started = await telegram.follow(posted, ENGLISH("more-in-private"), user=SECOND_READER)
    opened = await telegram.next_reply(SECOND_READER.id, after=started)

    assert quotations(posted) == [FERRY.split(". ")[1]]
    assert "Ferry <3 & oranges · The Coast · 14 May 2026 · read it in place" in posted.text
    assert posted.sender == READER
    assert labels(posted) == [ENGLISH("more-in-private")]
    assert quotations(opened) == quotations(posted)


async def test_chosen_in_the_private_chat(telegram, desk):
    """What is sent through inline mode to the bot itself is no question."""
    offered = await telegram.type_inline(ORANGES, chat=READER.id)
    await telegram.choose(offered, offered.articles[0].id)
    reply = await ask(telegram, NOWHERE)

    assert desk.asked == [ORANGES, NOWHERE]
    assert [each for each in telegram.messages() if each.sender == telegram.world.bot] == [reply]


async def test_related(telegram):
    """What is only close is said to be no answer, before and after it is sent."""
    offered = await telegram.type_inline("engineers")
    posted = await telegram.choose(offered, offered.articles[0].id)

    assert offered.articles[0].title == ENGLISH("inline-related", title="The bridge")
    assert bolds(posted)[0] == ENGLISH("related-heading")


async def test_not_found(telegram):
    """Where nothing is found one offer says so, with what was searched for, and a way to ask in private."""
    offered = await telegram.type_inline(NOWHERE)
    posted = await telegram.choose(offered, ENGLISH("inline-nothing"))
    started = await telegram.press_start(offered)
    hello = await telegram.next_reply(READER.id, after=started)

    assert len(offered.articles) == 1
    assert posted.text.startswith("Not in these articles. Searched 3 articles")
    assert ENGLISH("searched-for", question=NOWHERE) in posted.text
    assert not posted.buttons
    assert hello.text.startswith("Hello.")


@pytest.mark.parametrize("typed", ["", "   ", "?!", "🤔"])
async def test_no_words(polled, desk, typed):
    """Where no words are typed nothing is offered and nothing is searched."""
    offered = await polled.type_inline(typed)

    assert not offered.articles
    assert not desk.asked


async def test_typed_on(telegram, desk):
    """Of what somebody types without a pause only the last is searched; another person's is, too."""
    first, second = (
        inline.ask(telegram.world, GROUP, user, "Which ferry") for user in (READER, SECOND_READER)
    )
    offered = await telegram.type_inline(ORANGES)
    await calls(telegram, "answerInlineQuery", 2)

    assert offered.articles
    assert sorted(desk.asked) == sorted(["Which ferry", ORANGES])
    assert first.id in telegram.world.inline.waiting
    assert second.id not in telegram.world.inline.waiting


async def test_too_often(desk):
    """Who asks inline too often is told once, and then nothing is searched for them."""
    async with talking(desk, rules=GroupRules(per_minute=1)) as telegram:
        for number in range(INLINE_TIMES):
            await telegram.type_inline(f"Which ferry {number}")
        told = await telegram.type_inline("Which ferry now")
        silent = inline.ask(telegram.world, GROUP, READER, "Which bridge")
        other = await telegram.type_inline(ORANGES, user=SECOND_READER)

        assert silent.id in telegram.world.inline.waiting
    assert told.button.text == ENGLISH("inline-too-often")
    assert not told.articles
    assert other.articles
    assert len(desk.asked) == INLINE_TIMES + 1


async def test_counted(desk, tmp_path):
    """What is asked and what is sent of it are counted."""
    async with talking(desk, home=tmp_path) as telegram:
        telegram.world.inline.feedback = True
        offered = await telegram.type_inline(ORANGES)
        await telegram.choose(offered, offered.articles[0].id)
        await ask(telegram, "/help")
    [today] = records_of(tmp_path).counts.stats(1)

    assert today.counts == {"inline_asked": 1, "inline_chosen": 1}
    assert today.people == 1


async def test_language(desk, tmp_path):
    """Offers speak the language that the reader chose."""
    records_of(tmp_path).languages.choose(READER.id, "de")
    async with talking(desk, home=tmp_path) as telegram:
        offered = await telegram.type_inline(ORANGES)

    assert "14. Mai 2026" in offered.articles[0].description


async def test_not_ready(polled, desk, caplog):
    """Without a snapshot nothing is offered now, and the next words are searched again."""
    desk.ready = False
    offered = await polled.type_inline(ORANGES)
    desk.ready = True
    again = await polled.type_inline(ORANGES)

    assert not offered.articles
    assert again.articles
    assert "No snapshot" in caplog.text
    assert not [each for each in caplog.records if each.exc_info]


async def test_gone_meanwhile(polled, caplog):
    """Offers that come too late are no failure."""
    inline.ask(polled.world, GROUP, READER, ORANGES)
    polled.world.inline.waiting.clear()
    [late] = await calls(polled, "answerInlineQuery")
    again = await polled.type_inline(NOWHERE)

    assert not late.ok
    assert again.articles
    assert not [each for each in caplog.records if each.exc_info]


@given(st.text(), st.text(min_size=1), st.text())
def test_limits(title, source, words):
    """Whatever an article says, offers keep Telegram's limits and differ in their names."""
    shelf = (*SHELF, version(4, f"The ferry {words.replace('.', '')} again.", title=title, source=source))
    found = offers(
        ENGLISH, ShelfDesk(shelf).answer(Query("Which ferry carried oranges?", ())), "footnote_bot"
    )

    assert 1 <= len(found) <= min(MAX_OFFERS, InlineQueryLimit.RESULTS)
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert 1 <= len(each.name.encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH
        assert each.title.strip()
