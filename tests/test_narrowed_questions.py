from talk import ask, bolds, quotations

from bot.words import ENGLISH

BRIDGE = "Which bridge reopened"


def labels(message):
    """What the buttons under a message say, row after row."""
    return [each.text for each in message.buttons]


async def pressed(telegram, message, label):
    """The message after a button was pressed."""
    await telegram.press(message, label)
    return await telegram.next_edit(message)


async def test_chips(telegram):
    """A question of some articles says which, and each of its filters can be taken away by a button."""
    reply = await ask(telegram, f"{BRIDGE}? source:coast after:2026-05-01")
    fewer = await pressed(telegram, reply, "✕ from coast")
    none = await pressed(telegram, fewer, "✕ since 1 May 2026")

    assert reply.text.startswith("Searched 2 of 3 articles: from coast, since 1 May 2026.\n\n")
    assert labels(reply)[:2] == ["✕ from coast", "✕ since 1 May 2026"]
    assert fewer.text.startswith("Searched 2 of 3 articles: since 1 May 2026.\n\n")
    assert labels(fewer)[0] == "✕ since 1 May 2026"
    assert not [label for label in labels(none) if "✕" in label]
    assert "Searched" not in none.text
    assert quotations(none)


async def test_further_passages_keep_to_the_filters(telegram):
    """What else comes close is looked for among the same articles, and Back restores the message."""
    reply = await ask(telegram, f"{BRIDGE}? source:paper")
    around = await pressed(telegram, reply, "Context")
    back = await pressed(telegram, around, "Back")
    found = await pressed(telegram, back, "Sources")

    assert (back.text, back.buttons) == (reply.text, reply.buttons)
    assert "Bread" in found.text
    assert "Ferry" not in found.text


async def test_back_with_a_filter_less(telegram):
    """Back restores a message from whose question a filter was taken away, without that filter."""
    reply = await ask(telegram, f"{BRIDGE}? source:coast after:2026-05-01")
    fewer = await pressed(telegram, reply, "✕ from coast")
    around = await pressed(telegram, fewer, next(each for each in labels(fewer) if "Context" in each))
    back = await pressed(telegram, around, "Back")

    assert (back.text, back.entities, back.buttons) == (fewer.text, fewer.entities, fewer.buttons)


async def test_widen(telegram):
    """Where filters leave nothing that answers, a button asks without the one that is in the way."""
    reply = await ask(telegram, f"{BRIDGE} in May? author:nobody")
    wider = await pressed(telegram, reply, "Answer without: by nobody")

    assert reply.text.startswith("Not in these articles.\n\nNo article is by “nobody”.")
    assert "Searched 0 of 3 articles: by nobody." in reply.text
    assert quotations(wider)[0] == "The old bridge reopened in May."


async def test_misspelt_source(telegram):
    """A source that no article has is said, with those that are spelt nearly so."""
    reply = await ask(telegram, f"{BRIDGE}? source:Coats")

    assert "No article is from “Coats”. Spelt nearly so: The Coast." in reply.text
    assert bolds(reply) == []


async def test_filters_that_cannot_be_meant(telegram, desk):
    """A filter that cannot be meant is said with how to write it, and nothing is searched."""
    day = await ask(telegram, f"{BRIDGE}? after:2026-13-45")
    only = await ask(telegram, "source:coast")

    assert day.text == "after:2026-13-45 is no day.\nTo mend it: write it as after:2024-05-31"
    assert only.text == ENGLISH("empty-question")
    assert desk.asked == []


async def test_ordinary_words(telegram):
    """A date in ordinary words that keeps every answer out gives way, and that is said."""
    reply = await ask(telegram, f"{BRIDGE} in the last 3 days?")

    assert quotations(reply)
    assert reply.text.startswith("Set aside, because nothing within it answers: since ")
