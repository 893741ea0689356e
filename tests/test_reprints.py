import threading

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from talk import ask, quotations, talking

from bot.config import load_config
from bot.home_desk import HomeDesk
from retrieval.answer import Thresholds
from retrieval.search import SearchOptions
from retrieval.types import Query

QUESTION = "How much will the harbour barrier cost?"
STORY = (
    "The first piles were driven into the riverbed on Tuesday, four years after the flood.\n\n"
    "The harbour barrier will cost £41.5 million, its director, Annette Brody, told the Post. “We are "
    "ready,” she said. It will be made by a firm in Carrowmere, which employs many people in the town.\n\n"
    "The footpath along the quay is closed. The market has moved to the car park behind the library."
)
REWORKED = STORY.replace("“", '"').replace("”", '"').replace("told the Post", "told the Mirror")
CORRECTED = STORY.replace("£41.5 million", "£48.2 million")
OTHER = "Volunteers counted seals on the sandbank. They saw ninety of them, more than last year."
# Nothing is an answer and everything is related, so that every excerpt chosen is shown.
ALL = SearchOptions(thresholds=Thresholds(answer=1.0, related=0.0))


def story(key, text=STORY, **metadata):
    """A report of the barrier, under a headline of its own."""
    about = {"title": f"News of {key}", "source": "Ashlow Post", "published": "2026-05-01", **metadata}
    return article(key=key, text=text, **about)


class TalkingDesk(HomeDesk):
    """A desk that nothing ever waits for, as `talking` wants it to be told at the end."""

    go_on = threading.Event()


@pytest.fixture
def home(tmp_path):
    """A home with an empty library."""
    return Home(tmp_path / "home", HashingEncoder())


def excerpts(home, *articles, question=QUESTION):
    """What these articles answer."""
    home.put(*articles)
    home.reindex()
    return home.searcher(ALL).answer(Query(question)).excerpts


def named(excerpt):
    """The articles that an excerpt is from and also in."""
    return {excerpt.article.id, *(other.id for other in excerpt.also_in)}


def test_words_once(home):
    """Articles with the same words give one excerpt, not one each, and it names them all."""
    first, *rest = excerpts(
        home, story("one"), story("two"), story("three"), article(key="seals", text=OTHER)
    )

    assert named(first) == {"one", "two", "three"}
    assert [excerpt.article.id for excerpt in rest] == ["seals"]
    assert rest[0].also_in == ()


def test_edited_reprints_are_named(home):
    """A reprint with other quotation marks, another outlet's name and cuts is named, newest first."""
    mirror = story("mirror", REWORKED, source="The Mirror", published="2026-05-03")
    short = story("short", STORY.split("\n\n")[1], published="2026-05-02")
    undated = article(key="undated", text=f"{OTHER}\n\n{STORY}", title="Flood", source="Ashlow Post")

    first, *_ = excerpts(home, story("post"), mirror, short, undated)

    assert "£41.5 million" in first.text
    assert named(first) == {"post", "mirror", "short", "undated"}
    dates = [other.metadata.published or "" for other in first.also_in]
    assert dates == sorted(dates, reverse=True)


def test_another_figure_is_shown_beside(home):
    """A report with another number is no reprint: both numbers are shown, and neither names the other."""
    found = excerpts(home, story("early"), story("late", CORRECTED), story("copy", CORRECTED))

    figures = {"£41.5 million": {"early"}, "£48.2 million": {"late", "copy"}}
    shown = {figure: named(each) for each in found for figure in figures if figure in each.text}
    assert shown == figures


def test_an_article_without_the_sentence_is_not_named(home):
    """Whoever opens an article that is named finds the answer there."""
    silent = story("silent", STORY.replace("The harbour barrier will cost £41.5 million, its", "Its"))

    first, *_ = excerpts(home, story("post"), silent)

    assert named(first) == {"post"}


def test_a_reprint_is_found_across_the_edges_of_its_passages(home):
    """Where a reprint has so much more before the story that it is cut elsewhere, it is named too."""
    lead = "\n\n".join(f"On day {n} nothing much was heard of it in the town hall." for n in range(9))

    first, *_ = excerpts(home, story("post"), story("long", f"{lead} {STORY}"))

    assert named(first) == {"post", "long"}


async def test_conversation(home):
    """In a chat the quotation stands once, and under it the other papers, each with a link."""
    home.put(
        story("post", url="https://post.example/barrier"),
        story("mirror", REWORKED, source="The <Mirror>", url="https://mirror.example/?a=1&b=2"),
        *(story(f"paper{n}", source=f"Paper {n}", published=None) for n in range(6)),
    )
    home.reindex()
    config = load_config(
        home=home.path, environ={}, flags={"answer_threshold": 0.0, "related_threshold": 0.0}
    )

    async with talking(TalkingDesk(config, home.encoder)) as telegram:
        reply = await ask(telegram, QUESTION)

    links = [each.url.split("#")[0] for each in reply.entities if each.kind == "text_link"]
    assert len([quoted for quoted in quotations(reply) if "£41.5 million" in quoted]) == 1
    assert "\nAlso in " in reply.text
    assert " and 2 more\n" in reply.text
    assert set(links) <= {"https://post.example/barrier", "https://mirror.example/?a=1&b=2"}
    assert len(links) == 2
