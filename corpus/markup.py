"""Take markup out of text and keep its words: HTML left behind by scraping, and Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import pairwise, zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARAGRAPH_TAGS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section select"
    " summary table tbody template textarea tfoot thead title tr ul"
)
_SPACE_TAGS = "td th"
_INLINE_TAGS = (
    "a abbr acronym area audio b base bdi bdo big button canvas cite code col colgroup data datalist del dfn"
    " em embed font i iframe img input ins kbd label link map mark meta meter noscript object output param"
    " path picture q rp rt ruby s samp script small source span strike strong style sub sup svg time track"
    " tt u var video wbr"
)
_FILLING = (
    dict.fromkeys(_PARAGRAPH_TAGS.split(), "\n\n")
    | dict.fromkeys(_SPACE_TAGS.split(), " ")
    | dict.fromkeys(_INLINE_TAGS.split(), "")
    | {"br": "\n"}
)

# What stands between these is for machines.
_HIDDEN = ("script", "style")

# A tag ends before the next `<`, so however many `<` there are, no character is looked at twice.
_TAG = re.compile(
    r"<!--|-->|<!doctype[^<>]*>|<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>", re.IGNORECASE
)

# `&amp;amp;lt;` is a `<` that was escaped three times. Without its semicolon an entity may be a part of a
# company's name or of an address, so it is left alone.
_ENTITY = re.compile(r"&(?:amp;|#38;|#x26;)*(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)")

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def without_html(text: str) -> str:
    """The text without known tags, comments, scripts and styles, and with entities decoded.

    One round: what was taken out may have joined what stood around it into something new.
    """
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    return "".join(_visible(text)) if "<" in text else text


def _decoded(entity: re.Match[str]) -> str:
    name = entity[1]
    if name.startswith("#") or name in html5:
        return html.unescape(f"&{name}")
    return f"&{name}"


def _visible(text: str) -> Iterator[str]:
    """The slices of text that a browser would show, with breaks where tags make them."""
    tags = list(_TAG.finditer(text))
    last_end = {_hider_ended(tag): tag.start() for tag in tags}
    shown_from = 0
    hidden_by: str | None = None
    for tag in tags:
        if hidden_by is not None:
            if _hider_ended(tag) == hidden_by:
                hidden_by, shown_from = None, tag.end()
            continue
        filling = _filling(tag)
        if filling is None:
            continue
        yield text[shown_from : tag.start()]
        yield filling
        shown_from = tag.end()
        hider = _hider_begun(tag)
        # One that never ends hides nothing: better stray code than an article lost.
        if hider is not None and last_end.get(hider, -1) > tag.start():
            hidden_by = hider
    yield text[shown_from:]


def _filling(tag: re.Match[str]) -> str | None:
    """What stands in the tag's place; None for what only looks like a tag, as in `a <b and c> d`."""
    if tag["name"] is None:
        return None if tag[0] == "-->" else ""
    rest = tag["rest"].strip().removesuffix("/")
    is_tag = not rest or ("=" in rest and tag["rest"][0].isspace())
    return _FILLING.get(tag["name"].lower()) if is_tag else None


def _hider_begun(tag: re.Match[str]) -> str | None:
    if tag[0] == "<!--":
        return "comment"
    name = (tag["name"] or "").lower()
    return name if name in _HIDDEN and not tag["close"] else None


def _hider_ended(tag: re.Match[str]) -> str | None:
    if tag[0] == "-->":
        return "comment"
    name = (tag["name"] or "").lower()
    return name if name in _HIDDEN and tag["close"] else None


def without_markdown(text: str) -> str:
    """The words of a Markdown text: headings, list entries and table rows as paragraphs or lines.

    Links keep their words, images are dropped, code is kept as it stands.
    """
    tokens = _MARKDOWN.parse(text)
    return "".join(_block_words(token, after) for token, after in zip_longest(tokens, tokens[1:]))


def _block_words(token: Token, after: Token | None) -> str:
    match token.type:
        case "inline":
            return "".join(_inline_words(child) for child in token.children or ())
        case "code_block" | "fence":
            return f"{token.content}\n\n"
        case "html_block":
            return f"{without_html(token.content)}\n\n"
        case "td_close" | "th_close":
            return " | " if after and after.nesting == 1 else ""
        case "tr_close" | "hr":
            return "\n\n"
        case _:
            return "\n\n" if token.block and token.nesting == -1 else ""


def _inline_words(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return without_html(token.content)
        case _:
            return ""


def first_heading(text: str) -> tuple[str, str] | None:
    """The words of the first level-1 heading of a Markdown text, and the text without it."""
    for token, inline in pairwise(_MARKDOWN.parse(text)):
        if token.type == "heading_open" and token.tag == "h1" and token.map is not None:
            lines = text.split("\n")
            first, end = token.map
            return _block_words(inline, None), "\n".join(lines[:first] + lines[end:])
    return None
