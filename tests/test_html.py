import pytest
from source import fetched, refused, saved

from corpus.errors import UnreadableSource
from corpus.kinds.html import load_html, without_title
from corpus.kinds.page_metadata import without_outlet

WORDS = "The ferry from the North Pier leaves at a quarter to seven, the company said on Thursday. " * 6
HEAD = '<meta charset="utf-8"><title>Ferry gets a late boat | Harbour Line</title>'


def page(*, head=HEAD, body=f"<article><h1>Ferry gets a late boat</h1><p>{WORDS}</p></article>"):
    """A page of a newspaper."""
    return f"<!doctype html><html><head>{head}</head><body><nav><a href=/>Home</a></nav>{body}</body></html>"


def load(tmp_path, content, url=None):
    """The article of a page."""
    path = tmp_path / "page.html"
    [article] = load_html(saved(path, content) if url is None else fetched(path, content, url))
    return article


def test_a_page_gives_its_words(tmp_path):
    """The article's words are found, its menu and its title are not among them."""
    article = load(tmp_path, page())

    assert article.text == WORDS.strip()
    assert article.metadata.title == "Ferry gets a late boat"


def test_what_a_page_states_of_itself_is_taken(tmp_path):
    """Author, date with its time and outlet come from what the page says for machines."""
    stated = (
        '<script type="application/ld+json">{"@context": "https://schema.org",'
        '"@graph": [{"@type": "NewsArticle",'
        '"headline": "Late boat for Orrey", "datePublished": "2026-03-06T07:10:00+01:00",'
        '"author": [{"@type": "Person", "name": "By Ann Reed"}, {"name": "Bo Lund"}],'
        '"publisher": {"name": "Harbour Line"}}]}</script>'
    )

    metadata = load(tmp_path, page(head=HEAD + stated)).metadata

    assert metadata.title == "Late boat for Orrey"
    assert metadata.author == "Ann Reed, Bo Lund"
    assert metadata.source == "Harbour Line"
    assert metadata.published == "2026-03-06T07:10:00+01:00"


@pytest.mark.parametrize("date", ["2199-01-01", "0001-01-01T00:00:00Z", "yesterday", ""])
def test_a_date_that_cannot_be_is_none(tmp_path, date):
    """A date in the future, before newspapers, or in words is not taken."""
    head = f'{HEAD}<meta property="article:published_time" content="{date}">'

    assert load(tmp_path, page(head=head)).metadata.published is None


@pytest.mark.parametrize("name", ["admin", "https://facebook.com/line", "Harbour Line", "@harbour"])
def test_what_is_no_name_is_no_author(tmp_path, name):
    """An account, an address and the outlet itself wrote nothing."""
    head = f'{HEAD}<meta name="author" content="{name}"><meta property="og:site_name" content="Harbour Line">'

    assert load(tmp_path, page(head=head)).metadata.author is None


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Ann van der Reed", "Ann van der Reed"),
        ("Ann Reed Monday, November 16", None),
        ("Republicans are following", None),
        ("Ann", None),
    ],
)
def test_a_byline_is_an_author_where_it_is_a_name(tmp_path, byline, author):
    """What only stands where authors stand has to look like a person's name."""
    body = f'<article><div class="author">{byline}</div><p>{WORDS}</p></article>'

    assert load(tmp_path, page(body=body)).metadata.author == author


@pytest.mark.parametrize(
    ("title", "shorter"),
    [
        ("Late boat | Harbour Line", "Late boat"),
        ("Late boat - HarbourLine", "Late boat"),
        ("Harbour Line: Late boat", "Harbour Line: Late boat"),
        ("Harbour Line | Late boat", "Late boat"),
        ("What Harbour Line said", "What Harbour Line said"),
        ("Harbour Line", "Harbour Line"),
    ],
)
def test_the_outlet_is_no_part_of_a_title(title, shorter):
    """Its name goes from either end, but only with what parts it from the headline."""
    assert without_outlet(title, "Harbour Line") == shorter


def test_quotation_marks_and_dashes_stay(tmp_path):
    """Whatever marks a page writes, it is quoted with."""
    line = "“Never,” she said — not ‘once’ – and «jamais», \"no\" or 'no'. "

    article = load(tmp_path, page(body=f"<article><p>{line * 8}</p></article>"))

    assert article.text == (line * 8).strip()


def test_the_canonical_address_is_the_identity(tmp_path):
    """A page fetched under another address is known by both; its own comes first."""
    head = f'{HEAD}<link rel="canonical" href="https://line.example/ferry">'

    article = load(tmp_path, page(head=head), "https://www.line.example/ferry?utm_source=x&page=1")

    assert article.key == "url:https://line.example/ferry"
    assert "url:https://www.line.example/ferry?page=1" in article.aliases
    assert article.metadata.url == "https://line.example/ferry"


@pytest.mark.parametrize("stated", ["https://bank.example/ferry", "https://line.example/", "javascript:x"])
def test_a_page_cannot_take_the_place_of_another(tmp_path, stated):
    """Neither another site's page nor a site's front page is what an article is known by."""
    head = f'{HEAD}<link rel="canonical" href="{stated}">'

    article = load(tmp_path, page(head=head), "https://line.example/ferry")

    assert article.key == "url:https://line.example/ferry"
    assert article.metadata.url == "https://line.example/ferry"


def test_a_saved_page_is_known_by_its_path(tmp_path):
    """Its address is kept for the link, but a file is the same file as long as it stays where it is."""
    head = f'{HEAD}<link rel="canonical" href="https://line.example/ferry">'

    article = load(tmp_path, page(head=head))

    assert article.key == f"path:{tmp_path / 'page.html'}"
    assert article.metadata.url == "https://line.example/ferry"


def test_bytes_are_believed_before_what_is_said_of_them(tmp_path):
    """A page in Windows-1251 that calls itself UTF-8 is read, and so is one in UTF-8 that denies it."""
    words = "Паром отходит от Северного причала в шесть часов сорок пять минут утра. " * 8
    russian = page(body=f"<article><p>{words}</p></article>")
    denied = russian.replace("utf-8", "windows-1251")

    assert load(tmp_path, russian.encode("cp1251")).text == words.strip()
    assert load(tmp_path, denied.encode()).text == words.strip()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html><body></body></html>",
        "<html><head><title>App</title></head><body><div id=root></div></body></html>",
        "\x00\x01\x02" * 50,
    ],
)
def test_a_page_without_an_article_says_so(tmp_path, content):
    """A page that has no text of its own is refused with a reason, not stored empty."""
    assert "holds no article" in refused(load_html, saved(tmp_path / "page.html", content)).message


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5_000 + f"<p>{WORDS}</p>",
        f"<article {' '.join(f'a{n}={n}' for n in range(4_000))}><p>{WORDS}</p></article>",
        f"<article><p>{WORDS.replace('ferry', 'fer' + chr(0) + 'ry')}</p></article>",
        f'<script type="application/ld+json">{"[" * 20_000}</script><article><p>{WORDS}</p></article>',
    ],
    ids=["nested", "attributes", "NULs", "JSON"],
)
def test_a_hostile_page_is_read_or_refused(tmp_path, body):
    """Deep nesting, many attributes and NULs are read like any page, or refused; nothing breaks."""
    source = saved(tmp_path / "page.html", page(body=body))

    found = [article.text for article in read_or_refused(source)]

    assert all(text.startswith("The ferry") for text in found)


def read_or_refused(source):
    """The article of a page, or none where it says that it has none."""
    try:
        return list(load_html(source))
    except UnreadableSource:
        return []


def test_only_the_title_is_taken_out():
    """A first paragraph that says more than the title stays, and so does one that is all there is."""
    assert without_title("The boat!\n\nIt left.", "The Boat") == "It left."
    assert without_title("The boat left.\n\nIt did.", "The boat") == "The boat left.\n\nIt did."
    assert without_title("The boat", "The boat") == "The boat"
