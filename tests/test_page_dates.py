"""The date of a page: when its article was published, and nothing where that is not said."""

import json

import pytest
from source import fetched, saved

from corpus.kinds.html import load_html

ADDRESS = "https://harbour.example/late-boat"
WORDS = "".join(
    f"<p>Boat {n} left the harbour in the morning, and in the evening it came back with all its crew.</p>"
    for n in range(6)
)
OLD, LATER = '<time datetime="2020-01-01">x</time>', '<time datetime="2026-05-04">x</time>'


def published(tmp_path, *, head="", body="", beside="", url=ADDRESS):
    """The day that is read from a page with this in its head, its article and beside that."""
    content = (
        f"<html lang=en><head><meta charset=utf-8><title>Late boat</title>{head}</head>"
        f"<body><article><h1>Late boat</h1>{body}{WORDS}</article>{beside}</body></html>"
    )
    path = tmp_path / "page.html"
    [found] = load_html(fetched(path, content, url) if url else saved(path, content))
    return (found.metadata.published or "")[:10] or None


def ld(*articles):
    """JSON-LD of articles."""
    listed = json.dumps([{"@type": "NewsArticle", **article} for article in articles])
    return f'<script type="application/ld+json">{listed}</script>'


@pytest.mark.parametrize(
    "body",
    [
        '<time itemprop="datePublished" datetime="2026-03-04">Wednesday</time>',
        '<span itemprop="datePublished" content="2026-03-04T06:00:00Z">Wednesday</span>',
        '<time datetime="2026-03-04">Wednesday</time>',
        '<p class="byline">By Ann Ferry, 4 March 2026</p>',
        f'<time datetime="2026-03-04">Wednesday</time>{LATER}',
    ],
)
def test_a_date_in_the_article(tmp_path, body):
    """It is read from microdata, from `time`, and from a line of its own."""
    assert published(tmp_path, body=body) == "2026-03-04"


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"<aside>{OLD}</aside>",
        f"<footer>{OLD}</footer>",
        f'<div id="comments">{LATER}</div>',
        f'<section class="box related">{OLD}</section>',
    ],
)
def test_a_date_of_something_else_is_none(tmp_path, elsewhere):
    """What stands beside an article, or was said of it later, does not date it."""
    assert published(tmp_path, beside=elsewhere) is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2026-05-04T00:00:00Z">',
        '<meta property="og:updated_time" content="2026-05-04T00:00:00Z">',
        '<meta property="article:published_time" content="1970-01-01T00:00:00Z">',
    ],
)
def test_no_date_of_publication_is_none(tmp_path, head):
    """When a page was changed is not when it was published, and a moment that was never set is no moment."""
    assert published(tmp_path, head=head) is None


def test_other_articles_that_a_page_lists(tmp_path):
    """Of several articles in JSON-LD that of the page counts; where none says it is, the first."""
    other = {"url": "https://harbour.example/other", "datePublished": "2020-01-01"}
    own = {"mainEntityOfPage": {"@id": f"{ADDRESS}/"}, "datePublished": "2026-03-04"}
    unknown = {"datePublished": "2026-03-04"}

    assert published(tmp_path, head=ld(other, own)) == "2026-03-04"
    assert published(tmp_path, head=ld(other, unknown)) == "2026-03-04"
    assert published(tmp_path, head=ld(own, other), url=None) == "2026-03-04"
