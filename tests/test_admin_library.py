import json

import pytest
from newsroom import FERRY, FERRY_LATER, added, labels, link, pressed, web
from talk import ask, calls, talking, text_of

from bot.simulator import ADMIN
from bot.simulator.people import press
from bot.words import ENGLISH
from corpus.lock import writing

# Articles


async def articles_of(served, *titles):
    """Add an article for each title, by one file."""
    lines = [
        json.dumps(
            {
                "id": f"id-{n}",
                "title": title,
                "text": f"{title}: what happened, number {n}.",
                "published": f"2026-05-{n + 1:02}",
            }
        )
        for n, title in enumerate(titles)
    ]
    return await added(served, name="news.jsonl", content="\n".join(lines).encode())


async def test_list(served):
    """The articles are listed newest first with their ids, a page at a time, there and back."""
    await articles_of(served, *(f"Title {n}" for n in range(11)))
    first = await ask(served, "/articles", chat=ADMIN.id)
    second = await pressed(served, first, ENGLISH("next-page"), "Articles 9–11")
    again = await pressed(served, second, ENGLISH("previous-page"), "Articles 1–8")

    assert first.text.splitlines()[:3] == [
        "Articles 1–8 of 11, newest first:",
        "• Title 10 · 11 May 2026",
        "   id-10",
    ]
    assert "Title 2 ·" in second.text
    assert (again.text, again.buttons) == (first.text, first.buttons)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ferry", 2),
        ("FERRY dawn", 1),
        ("ПАРОМ", 1),
        ("%", 1),
        ("_", 0),
        ("nothing", 0),
        ("é" * 99, 0),
        ("\u202e", 4),
    ],
)
async def test_search(served, search, found):
    """Words after the command are looked for in the titles, as they stand, in any script."""
    await articles_of(served, "The ferry at dawn", "A ferry is late", "Паром ушёл", "Up by 5 %")

    reply = await ask(served, f"/articles {search}", chat=ADMIN.id)

    assert reply.text.count("•") == found
    assert found or reply.text == ENGLISH("no-match")


async def test_search_pages(served):
    """The pages of a search stay in that search."""
    await articles_of(served, *(f"Ferry {n}" for n in range(9)), "Bridge")
    first = await ask(served, "/articles ferry", chat=ADMIN.id)

    second = await pressed(served, first, ENGLISH("next-page"), "Articles with “ferry” 9–9 of 9")

    assert "Bridge" not in first.text + second.text


async def test_card(served, newsroom):
    """An article's card tells its versions and where it comes from, by id and by address."""
    pages = {"ferry": ("text/plain", FERRY.decode())}
    async with web(pages) as site:
        await pressed(served, await link(served, f"{site}/ferry"), "Add", "Added")
        pages["ferry"] = ("text/plain", FERRY_LATER.decode())
        await pressed(served, await link(served, f"{site}/ferry"), "Replace", "Replaced")
        by_address = await ask(served, f"/article {site}/ferry", chat=ADMIN.id)
        with newsroom.library() as library:
            [article_id] = library.heads()
        by_id = await ask(served, f"/article {article_id}", chat=ADMIN.id)

    assert by_id.text == by_address.text
    assert by_id.text.startswith(f"The ferry to the islands\n{article_id}\n\n2 versions, newest first:\n• ")
    assert f"• {site}/ferry · seen " in by_id.text
    assert labels(by_id) == ["Remove"]


@pytest.mark.parametrize("command", ["/article", "/remove"])
async def test_no_such_article(served, command):
    """A command without an article, or with one that is not there, says how to find them."""
    bare = await ask(served, command, chat=ADMIN.id)
    unknown = await ask(served, f"{command} nothing", chat=ADMIN.id)

    assert bare.text == ENGLISH("name-an-article")
    assert unknown.text == ENGLISH("no-such-article")


async def test_remove_and_undo(served, newsroom):
    """A removed article can be put back as it was, once, also from its card."""
    await articles_of(served, "Ferry", "Bridge")
    removed = await ask(served, "/remove id-0", chat=ADMIN.id)
    gone = newsroom.titles()
    await pressed(served, removed, "Undo", ENGLISH("is-back"))
    back = newsroom.titles()
    press(served.world, removed, removed.buttons[0], ADMIN)
    answers = await calls(served, "answerCallbackQuery", 3)
    card = await ask(served, "/article id-0", chat=ADMIN.id)
    await pressed(served, card, "Remove", "Removed")
    late = await ask(served, "/article id-0", chat=ADMIN.id)

    assert removed.text == "Ferry\nRemoved. It is found until the next /reindex."
    assert answers[-1].params["text"] == ENGLISH("not-removed")
    assert (gone, back) == ({"Bridge"}, {"Ferry", "Bridge"})
    assert ENGLISH("was-removed") in late.text
    assert labels(late) == ["Undo"]
    assert [what for what, _ in newsroom.acts()] == ["add", "remove", "put back", "remove"]


async def test_undo_after_a_restart(newsroom):
    """Undo works in a process that removed nothing."""
    first, second = newsroom.desk(), newsroom.desk()
    async with talking(first, editor=newsroom.editor(first)) as earlier:
        await articles_of(earlier, "Ferry")
        removed = await ask(earlier, "/remove id-0", chat=ADMIN.id)
    async with talking(second, editor=newsroom.editor(second)) as later:
        later.world.started.add(ADMIN.id)
        await pressed(later, later.world.post(removed), "Undo", ENGLISH("is-back"))

    assert newsroom.titles() == {"Ferry"}


async def test_busy_press(served, newsroom):
    """A quick button pressed while another process changes the library says so, and stays."""
    await articles_of(served, "Ferry")
    removed = await ask(served, "/remove id-0", chat=ADMIN.id)
    with writing(newsroom.path):
        await served.press(removed, "Undo")
        answers = await calls(served, "answerCallbackQuery", 2)
        refused = await ask(served, "/remove id-0", chat=ADMIN.id)

    assert answers[-1].params["text"] == refused.text == ENGLISH("busy")
    assert served.world.message(ADMIN.id, removed.message_id) == removed


# Watching


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Coast</title>{}</channel></rss>"""
ENTRY = "<item><title>{0}</title><link>{1}/{0}</link><guid>{0}</guid></item>"


async def test_watch(served, newsroom):
    """A watched feed is read at once and listed, and read again when asked; what is new is counted."""
    pages = {
        name: ("text/plain", f"The {name}\n\nWhat happened at the {name} today, in a sentence.")
        for name in ("ferry", "bridge")
    }
    async with web(pages) as site:
        pages["feed"] = ("application/rss+xml", FEED.format(ENTRY.format("ferry", site)))
        watching = await ask(served, f"/watch {site}/feed 30m", chat=ADMIN.id)
        begun = await text_of(served, watching, "1 new")
        listed = await ask(served, "/watch", chat=ADMIN.id)
        pages["feed"] = (
            "application/rss+xml",
            FEED.format(ENTRY.format("ferry", site) + ENTRY.format("bridge", site)),
        )
        again = await text_of(served, await ask(served, "/refresh", chat=ADMIN.id), "1 new")
        del pages["feed"]
        gone = await text_of(served, await ask(served, "/refresh", chat=ADMIN.id), "(404")
        troubled = await ask(served, "/watch", chat=ADMIN.id)
        left = await ask(served, f"/unwatch {site}/feed", chat=ADMIN.id)
        nothing = await ask(served, "/refresh", chat=ADMIN.id)

    first = served.sent("sendMessage")[0].params["text"]
    assert first == f"Watching {site}/feed, every 30 minutes.\n• {site}/feed"
    assert begun.text == f"• {site}/feed: 1 new"
    assert labels(begun) == ["Reindex"]
    assert listed.text.startswith(f"Watched:\n• {site}/feed: every 30 minutes · 1 article · read ")
    assert again.text == f"• {site}/feed: 1 new, 1 there already"
    assert gone.text.startswith(f"• {site}/feed: nothing new\n")
    assert "Failed once: " in troubled.text
    assert left.text == ENGLISH("unwatched", source=f"{site}/feed")
    assert nothing.text == ENGLISH("nothing-watched")
    assert len(newsroom.titles()) == 2
    assert [what for what, _ in newsroom.acts()] == ["watch", "refresh", "refresh", "refresh", "unwatch"]


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("/watch", ENGLISH("nothing-watched")),
        ("/watch the ferry", ENGLISH("how-often")),
        ("/watch ferry", ENGLISH("how-to-watch")),
        ("/watch file:///etc", ENGLISH("how-to-watch")),
        ("/watch https://example.org/feed often", ENGLISH("how-often")),
        ("/watch https://example.org/feed 0m", ENGLISH("how-often")),
        ("/unwatch", ENGLISH("name-what-to-unwatch")),
        ("/unwatch https://example.org/feed", ENGLISH("not-watched")),
        ("/refresh", ENGLISH("nothing-watched")),
        ("/articles", ENGLISH("no-articles-sent")),
    ],
)
async def test_nothing_there(served, command, reply):
    """Where there is nothing to do, or it is not said right, the reply says what would be."""
    assert (await ask(served, command, chat=ADMIN.id)).text == reply


async def test_feed_is_previewed(served):
    """The address of a feed shows how many pages it names and their first titles."""
    pages = {}
    async with web(pages) as site:
        entries = "".join(ENTRY.format(f"story{n}", site) for n in range(7))
        pages["feed"] = ("application/rss+xml", FEED.format(entries))
        pages |= {f"story{n}": ("text/plain", f"Story {n}\n\nWhat happened in number {n}.") for n in range(7)}
        preview = await link(served, f"{site}/feed")
        done = await pressed(served, preview, "Add", "Done")

    assert preview.text.startswith(f"{site}/feed\n7 pages to fetch:\n• story0 · The Coast\n")
    assert preview.text.endswith("and 2 more")
    assert done.text == f"{site}/feed\nDone: 7 new. They are searched after /reindex."
