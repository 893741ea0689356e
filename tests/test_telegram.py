import json

import pytest
from source import refused, saved

from corpus.kinds.telegram import load_telegram

MOMENT = {"date": "2026-03-06T07:10:00", "date_unixtime": "1772777400"}


def export(*posts, kind="public_channel", **more):
    """The export of a channel."""
    return json.dumps({"name": "Harbour Line", "type": kind, "id": 123, **more, "messages": posts})


def post(number=1, text="The ferry leaves earlier from March.", **more):
    """A post."""
    return {"id": number, "type": "message", **MOMENT, "text": text, **more}


def load(tmp_path, content):
    """The posts of an export."""
    return list(load_telegram(saved(tmp_path / "result.json", content)))


def test_a_post_is_an_article(tmp_path):
    """Its channel is the source, its moment is in UTC, and its number in the channel is its identity."""
    [article] = load(tmp_path, export(post(7)))

    assert article.text == "The ferry leaves earlier from March."
    assert article.metadata.source == "Harbour Line"
    assert article.metadata.published == "2026-03-06T06:10:00+00:00"
    assert article.key == "guid:telegram/123#7"
    assert article.metadata.url is None


def test_a_public_name_gives_links(tmp_path):
    """Where the channel's public name is known, posts have an address and are known by it."""
    [article] = load(tmp_path, export(post(7), username="harbour_line"))

    assert article.key == "url:https://t.me/harbour_line/7"
    assert article.aliases == ("guid:telegram/123#7",)
    assert article.metadata.url == "https://t.me/harbour_line/7"


def test_formatted_text_is_put_together(tmp_path):
    """Bold words and links are words; line ends stay; a first line of its own is the title."""
    text = [
        {"type": "bold", "text": "Late boat"},
        "\n\nIt leaves ",
        {"type": "link", "text": "at dawn"},
        ".\nAll year.",
    ]

    [article] = load(tmp_path, export(post(text=text)))

    assert (article.metadata.title, article.text) == ("Late boat", "It leaves at dawn.\nAll year.")


def test_whose_words_they_are_is_kept(tmp_path):
    """A forwarded post names where it came from, a signed one who wrote it."""
    forwarded, signed = load(
        tmp_path, export(post(1, forwarded_from="Orrey News"), post(2, author="Ann Reed"))
    )

    assert forwarded.metadata.author == "Orrey News"
    assert signed.metadata.author == "Ann Reed"


def test_what_has_no_words_is_passed_over(tmp_path):
    """Service messages, pictures alone and a word or two are no articles."""
    silent = [
        {"id": 2, "type": "service", "action": "pin_message", "text": "It was pinned by the channel."},
        post(3, text=""),
        post(4, text="Good morning!", photo="x.jpg"),
        post("5"),
        "no post",
        post(6, text=None),
        post(7, text=[["nested"], 7, {"type": "bold"}]),
    ]

    assert [article.key for article in load(tmp_path, export(post(), *silent))] == ["guid:telegram/123#1"]


def test_an_export_that_breaks_off_gives_what_is_whole(tmp_path):
    """The posts before the break are read, and then the reason follows."""
    broken = export(post(), post(2))[:-60]
    loader = load_telegram(saved(tmp_path / "result.json", broken))

    assert next(loader).key == "guid:telegram/123#1"
    assert "breaks off after 1 posts" in refused(lambda _: loader, None).message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is no JSON"),
        ("[1, 2]", "not an export of a Telegram channel"),
        ('{"a": {"messages": []}}', "not an export of a Telegram channel"),
        ('{"messages": []}', "not an export of a Telegram channel"),
        ("{'a': 1}", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        (export(post(), kind="personal_chat"), "an export of a personal chat"),
        (json.dumps({"personal_information": {}, "chats": {"list": []}}), "of a whole account"),
        (export(), "without posts that have words"),
        (b'{"name": "\xff\xfe"', "is no JSON"),
    ],
)
def test_other_json_says_so(tmp_path, content, reason):
    """Other JSON, private chats and whole accounts are refused with a reason."""
    assert reason in refused(load_telegram, saved(tmp_path / "result.json", content)).message
