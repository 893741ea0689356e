import gzip

import pytest
from source import fetched, refused, saved

from corpus.kinds.feed import MAX_ENTRIES
from corpus.kinds.xml import load_xml
from corpus.types import Link, RawArticle

FEED = "https://line.example/feed"
WHOLE = "<p>The ferry from the North Pier leaves at a quarter to seven, the company said.</p>" * 10
TEASER = "The ferry leaves earlier. Continue reading…"


def entry(number=1, *, link=True, guid=True, content=WHOLE, extra=""):
    """An entry of an RSS feed."""
    parts = [
        f"<title>Late boat {number}</title>",
        f"<link>https://line.example/{number}?utm_source=rss</link>" if link else "",
        f"<guid isPermaLink='false'>tag:{number}</guid>" if guid else "",
        f"<description><![CDATA[{content}]]></description>" if content == TEASER else "",
        f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content != TEASER else "",
    ]
    return f"<item>{''.join(parts)}{extra}</item>"


def rss(*entries, doctype="", title="Harbour Line"):
    """A feed in RSS 2.0."""
    space = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>{doctype}<rss version="2.0" {space}>'
    return f"{head}<channel><title>{title}</title>{''.join(entries)}</channel></rss>"


def load(tmp_path, content):
    """What a fetched feed holds."""
    return list(load_xml(fetched(tmp_path / "feed.xml", content, FEED, "application/rss+xml")))


def test_an_entry_with_its_whole_text_is_an_article(tmp_path):
    """It is known by its address without what follows readers, and by the feed's name for it."""
    [article] = load(tmp_path, rss(entry()))

    assert isinstance(article, RawArticle)
    assert article.key == "url:https://line.example/1"
    assert article.aliases == (f"guid:{FEED}#tag:1",)
    assert article.text.startswith("The ferry from the North Pier")


def test_an_entry_with_a_teaser_is_a_link(tmp_path):
    """The page is to be fetched; what the feed says of it comes along."""
    extra = "<dc:creator>By Ann Reed</dc:creator><pubDate>Fri, 06 Mar 2026 07:10:00 +0100</pubDate>"

    [link] = load(tmp_path, rss(entry(content=TEASER, extra=extra)))

    assert isinstance(link, Link)
    assert link.url == "https://line.example/1?utm_source=rss"
    assert link.aliases == (f"guid:{FEED}#tag:1",)
    assert link.teaser.startswith("The ferry leaves earlier")
    metadata = link.metadata
    assert (metadata.title, metadata.source, metadata.author) == ("Late boat 1", "Harbour Line", "Ann Reed")
    assert metadata.published == "2026-03-06T06:10:00+00:00"


def test_an_entry_without_an_address_is_known_by_its_name(tmp_path):
    """The feed's name for it is its identity, and where there is none its title is."""
    named, unnamed = load(tmp_path, rss(entry(link=False), entry(2, link=False, guid=False)))

    assert named.key == f"guid:{FEED}#tag:1"
    assert unnamed.key == f"guid:{FEED}#Late boat 2"


def test_an_address_that_entries_share_is_none_of_theirs(tmp_path):
    """Entries that all link to the front page stay articles of their own."""
    shared = [entry(number).replace(f"/{number}?", "/?") for number in (1, 2)]

    found = load(tmp_path, rss(*shared))

    assert [article.key for article in found] == [f"guid:{FEED}#tag:1", f"guid:{FEED}#tag:2"]


def test_atom_is_read_too(tmp_path):
    """Title, author, moment and content of an Atom entry are found."""
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Line</title><entry><title>Boat</title><id>urn:1</id>'
        '<link href="https://line.example/1"/><published>2026-03-06T07:10:00Z</published>'
        f'<author><name>Ann Reed</name></author><content type="html">{WHOLE.replace("<", "&lt;")}</content>'
        "</entry></feed>"
    )

    [article] = load(tmp_path, atom)

    assert article.metadata.author == "Ann Reed"
    assert article.metadata.published == "2026-03-06T07:10:00+00:00"
    assert "&lt;" not in article.text


@pytest.mark.parametrize("date", ["Mon, 06 Sep 2199 12:00:00 +0000", "soon", ""])
def test_a_date_that_cannot_be_is_none(tmp_path, date):
    """An entry of the future, or of a day in words, has no date."""
    [article] = load(tmp_path, rss(entry(extra=f"<pubDate>{date}</pubDate>")))

    assert article.metadata.published is None


def test_a_feed_that_lies_about_its_encoding_is_read(tmp_path):
    """A feed in Windows-1251 that calls itself UTF-8 gives Russian."""
    words = "<p>Паром отходит от Северного причала в шесть часов сорок пять минут утра.</p>" * 10

    [article] = load(tmp_path, rss(entry(content=words)).encode("cp1251"))

    assert article.text.startswith("Паром отходит")


def test_a_broken_feed_gives_what_is_whole(tmp_path):
    """Entries before the place where the file breaks off are read."""
    found = load(tmp_path, rss(entry(), entry(2))[:-200])

    assert found[0].key == "url:https://line.example/1"


def test_entities_are_neither_multiplied_nor_opened(tmp_path):
    """A bomb of entities stays small, and an entity that names a file brings nothing of it."""
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    bomb = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    doctype = f'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY x SYSTEM "{secret.as_uri()}">{bomb}]>'

    [article] = load(
        tmp_path, rss(entry(extra="<dc:creator>&x; &m;</dc:creator>"), doctype=doctype, title="&m;")
    )

    assert len(str(article)) < 5_000
    assert "secret words" not in str(article)


def test_a_feed_without_end_is_cut(tmp_path):
    """The first entries of a huge feed are read, and the last thing found says that there are more."""
    huge = rss(*("<item><link>https://line.example/1</link></item>" for _ in range(MAX_ENTRIES + 7)))

    *links, problem = load(tmp_path, huge)

    assert len(links) == MAX_ENTRIES
    assert f"holds {MAX_ENTRIES + 7:,} entries" in problem.message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "without entries"),
        (rss("<item></item>"), "neither words nor web addresses"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "neither a feed nor a sitemap"),
        ("<urlset><url><loc>ftp://x</loc></url></urlset>", "names no web address"),
        (gzip.compress(rss(entry()).encode(), mtime=0)[:60], "is empty"),
        (b"\x1f\x8b" + b"x" * 100, "broken gzip"),
    ],
)
def test_what_is_no_feed_says_so(tmp_path, content, reason):
    """XML of another kind, an empty feed and a broken file are refused with a reason."""
    assert reason in refused(load_xml, saved(tmp_path / "feed.xml", content)).message


def test_a_sitemap_gives_links(tmp_path):
    """Addresses of pages and of further sitemaps are links; a news sitemap also says what they are."""
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://x/news">'
        "<url><loc> https://line.example/1 </loc><lastmod>2026-03-07</lastmod><news:news><news:publication>"
        "<news:name>Harbour Line</news:name></news:publication><news:title>Late boat</news:title>"
        "<news:publication_date>2026-03-06</news:publication_date></news:news></url>"
        "<url><loc>https://line.example/2</loc><lastmod>2026-03-07</lastmod></url></urlset>"
    )
    index = "<sitemapindex><sitemap><loc>https://line.example/news.xml.gz</loc></sitemap></sitemapindex>"

    first, second = load_xml(saved(tmp_path / "sitemap.xml.gz", gzip.compress(news.encode(), mtime=0)))
    [further] = load(tmp_path, index)

    metadata = first.metadata
    assert (first.url, metadata.title, metadata.source) == (
        "https://line.example/1",
        "Late boat",
        "Harbour Line",
    )
    assert metadata.published == "2026-03-06"
    assert second.metadata.published is None
    assert further == Link("https://line.example/news.xml.gz", further.metadata)


def test_a_bomb_in_gzip_is_not_unpacked(tmp_path):
    """A small file that would unpack to hundreds of megabytes is refused."""
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000, 1, mtime=0)

    assert "unpacks to more than" in refused(load_xml, saved(tmp_path / "x.xml.gz", bomb)).message


def test_a_page_that_calls_itself_xml_is_a_page(tmp_path):
    """XHTML under .xml gives its article."""
    page = f'<?xml version="1.0"?><!DOCTYPE html><html><body><article>{WHOLE}</article></body></html>'

    [article] = load_xml(saved(tmp_path / "page.xml", page))

    assert article.text.startswith("The ferry")
