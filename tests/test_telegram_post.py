import json

from corpus.kinds.telegram import load_telegram
from corpus.source_file import SourceFile
from corpus.telegram_post import Post

TEXT = "Ferry news\n\nThe ferry sails at dawn from Harbour Street."


def post(text=TEXT, **fields):
    """A post of a public channel, or of a private one without `username`."""
    known = {
        "channel": "Harbour News",
        "name": "telegram/1000000002",
        "number": "42",
        "username": "harbour_news",
    }
    return Post(text, "2026-05-14T09:00:00+00:00", **known | fields)


def exported(tmp_path, **fields):
    """The same post, read from the export of its channel."""
    message = {"id": 42, "type": "message", "date_unixtime": "1778749200", "text": TEXT}
    channel = {"name": "Harbour News", "type": "public_channel", "id": 1000000002, "username": "harbour_news"}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(channel | fields | {"messages": [message]}))
    [article] = load_telegram(SourceFile(path, "result.json", "sent:result.json", "result.json"))
    return article


def test_a_public_post_is_its_address():
    """A post of a public channel is known by its address, and by its number in the channel too."""
    article = post(author="The editors").article()

    assert article.key == "url:https://t.me/harbour_news/42"
    assert article.aliases == ("guid:telegram/1000000002#42",)
    assert article.origin == article.metadata.url == "https://t.me/harbour_news/42"
    assert (article.metadata.title, article.text) == (
        "Ferry news",
        "The ferry sails at dawn from Harbour Street.",
    )
    assert (article.metadata.source, article.metadata.author) == ("Harbour News", "The editors")


def test_a_private_post_has_no_address():
    """A post of a private channel is known by its number there; nobody else could open a link to it."""
    article = post(username="").article()

    assert article.key == "guid:telegram/1000000002#42"
    assert article.metadata.url is None
    assert article.origin == "Harbour News#42"


def test_one_line_is_no_title():
    """A post of one line, and one that opens with a long one, has no title."""
    assert post("The ferry sails at dawn.").article().metadata.title == ""
    assert post("x" * 121 + "\nThe ferry sails.").article().metadata.title == ""


def test_forwarded_or_exported(tmp_path):
    """A post is the same article with the same words whether it was forwarded or exported."""
    for fields in ({}, {"username": ""}):
        forwarded, read = post(**fields).article(), exported(tmp_path, **fields)

        assert (forwarded.key, forwarded.aliases) == (read.key, read.aliases)
        assert (forwarded.metadata, forwarded.text) == (read.metadata, read.text)
