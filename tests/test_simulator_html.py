import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import find_entities, n_units
from bot.simulator.html import HtmlError, parse_html
from bot.simulator.links import checked_link

BEFORE = "é 🏛 &amp;"


def looks(markup):
    """The text and the bare entities of some markup."""
    text, entities = parse_html(markup)
    return text, [(each.kind, each.offset, each.length) for each in entities]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a<br>", 'Unsupported start tag "br" at byte offset 1'),
        ("é<H1>x</H1>", 'Unsupported start tag "h1" at byte offset 2'),
        (f"{BEFORE}<b", "Unclosed start tag at byte offset 13"),
        (f"{BEFORE}<a href", 'Unclosed start tag "a" at byte offset 13'),
        (f"{BEFORE}<a href =  ", 'Unclosed start tag "a" at byte offset 13'),
        (f'{BEFORE}<a href="x>y', "Unclosed start tag at byte offset 13"),
        (f"{BEFORE}<a href=x,y>z</a>", "Unexpected end of name token at byte offset 21"),
        (f"{BEFORE}<i =x>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "Nested blockquote at byte offset 13"),
        ("<code>a<b>b</b></code>", 'Tag "b" inside pre or code at byte offset 7'),
        ("<pre><b>b</b></pre>", 'Tag "b" inside pre or code at byte offset 5'),
    ],
)
def test_refused_in_telegrams_words(markup, words):
    """Bad markup is refused in Telegram's words, counting UTF-8 bytes."""
    with pytest.raises(HtmlError) as caught:
        parse_html(markup)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a <b>b</b></blockquote>", "a b", [("blockquote", 0, 3), ("bold", 2, 1)]),
        ("<b><blockquote>a</blockquote></b>", "a", [("blockquote", 0, 1), ("bold", 0, 1)]),
        ("🏛<b>🏛</b>", "🏛🏛", [("bold", 2, 2)]),
        ("<B>a</B  ><i>b</>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<a href=example.org>a</a>", "a", [("text_link", 0, 1)]),
        ("<a>a</a>", "a", []),
        ("<b></b>a", "a", []),
        ("&lt;&gt;&amp;&quot;&#33;&#x21;&lt", '<>&"!!<', []),
        ("&nbsp;&laquo;&#0;&", "&nbsp;&laquo;&#0;&", []),
    ],
)
def test_accepted(markup, text, entities):
    """Good markup becomes its text and entities, counting UTF-16 units."""
    assert looks(markup) == (text, entities)


def test_language_of_code():
    """A language named on the code inside a pre belongs to the pre."""
    _, [entity] = parse_html('<pre><code class="language-python">a</code></pre>')

    assert entity.to_json() == {"type": "pre", "offset": 0, "length": 1, "language": "python"}


def test_link_keeps_its_fragment():
    """A link to a sentence keeps its text fragment, decoded from the markup."""
    _, [entity] = parse_html('<a href="https://e.org/a?x=1&amp;y=2#:~:text=two%20words">a</a>')

    assert entity.url == "https://e.org/a?x=1&y=2#:~:text=two%20words"


@pytest.mark.parametrize(
    "address", ["http://localhost/a", "not a link", "javascript:alert(1)", "http://", "a"]
)
def test_dropped_link(address):
    """An address Telegram cannot link leaves no link."""
    assert checked_link(address) == ""


def escaped(text):
    """Text made safe for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.text(), st.text())
def test_escaped_text_comes_back(before, inside):
    """Escaped text always comes back as it was, and an entity covers just its words."""
    text, entities = parse_html(f"{escaped(before)}<b>{escaped(inside)}</b>")

    assert text == before + inside
    units = text.encode("utf-16-le")
    assert [units[2 * each.offset : 2 * each.end].decode("utf-16-le") for each in entities] == [
        inside
    ] * bool(inside)


@given(st.text(alphabet="<>/&;=\"' abiexpreblockquotdé🏛#x0123", max_size=60))
def test_any_markup_is_read_or_refused(markup):
    """Whatever the markup, it is read or refused with HtmlError, and entities lie inside the text."""
    try:
        text, entities = parse_html(markup)
    except HtmlError:
        return
    assert all(0 <= each.offset < each.end <= n_units(text) for each in entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask who", [("bot_command", "/ask")]),
        ("/ask@footnote_demo_bot who", [("bot_command", "/ask@footnote_demo_bot")]),
        ("see /help, please", [("bot_command", "/help")]),
        ("and/or 1/2", []),
        ("🙂 @footnote_demo_bot who?", [("mention", "@footnote_demo_bot")]),
        ("me@example.org", []),
        ("see https://example.org/a.", [("url", "https://example.org/a")]),
        ("#news today", [("hashtag", "#news")]),
    ],
)
def test_found_in_plain_words(text, found):
    """Commands, mentions, addresses and hashtags are found where Telegram finds them."""
    units = text.encode("utf-16-le")

    entities = find_entities(text)

    assert [(e.kind, units[2 * e.offset : 2 * e.end].decode("utf-16-le")) for e in entities] == found
