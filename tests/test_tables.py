import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from build import article

from corpus.ingest import add
from corpus.library import Library
from corpus.repeating import MAX_SHORTENED
from corpus.tables import SCHEMA_VERSION

# The tables as footnote 0.1 made them, word for word, and what it stored in them.
SCHEMA_1 = """
CREATE TABLE articles (id TEXT PRIMARY KEY, head INTEGER REFERENCES versions (seq)) STRICT;
CREATE INDEX articles_by_head ON articles (head);
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL REFERENCES articles (id),
    hash TEXT NOT NULL, title TEXT NOT NULL, url TEXT, source TEXT, author TEXT, published TEXT,
    text TEXT NOT NULL, language TEXT NOT NULL, seen_utc TEXT NOT NULL, UNIQUE (article_id, hash)
) STRICT;
CREATE INDEX versions_by_hash ON versions (hash);
CREATE INDEX versions_by_url ON versions (url) WHERE url IS NOT NULL;
CREATE TABLE sources (
    key TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles (id),
    origin TEXT NOT NULL, seen_utc TEXT NOT NULL
) STRICT;
CREATE INDEX sources_by_article ON sources (article_id);
CREATE TABLE removals (
    article_id TEXT NOT NULL REFERENCES articles (id), seq INTEGER NOT NULL REFERENCES versions (seq),
    removed_utc TEXT NOT NULL
) STRICT;
CREATE TABLE state (revision INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (7);
PRAGMA application_id = 0x464E4F54;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
"""
SEEN = "2026-01-02T03:04:05+00:00"
N_ARTICLES = 400
LOG = " ".join(f"At {hour} the keeper of light {hour} wrote down wind, sea and sail." for hour in range(24))


def path_article(n, text=None):
    """An article of the old library."""
    text = text or f"Boat {n} left. {LOG}"
    return article(key=f"path:/in/{n:03}.txt", title=f"Boat {n}", text=text)


def old_library(path, articles):
    """A database of schema 1 with these articles, by id; the caller closes it."""
    database = sqlite3.connect(path)
    database.executescript(SCHEMA_1)
    for seq, (article_id, each) in enumerate(articles.items(), start=1):
        put_old(database, each, article_id, seq)
        database.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?)",
            (each.key, article_id, each.key.partition(":")[2].removeprefix("/"), SEEN),
        )
    return database


def put_old(database, each, article_id, seq):
    """Store an article as footnote 0.1 did."""
    meta = each.metadata
    row = seq, article_id, each.content_hash(), meta.title, meta.url, each.text, each.language, SEEN
    database.execute("INSERT INTO articles VALUES (?, NULL) ON CONFLICT DO NOTHING", (article_id,))
    database.execute(
        "INSERT INTO versions (seq, article_id, hash, title, url, text, language, seen_utc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    database.execute("UPDATE articles SET head = ? WHERE id = ?", (seq, article_id))


@pytest.fixture
def old(tmp_path):
    """A library of schema 1: many articles, one with two versions, one with two sources, one removed."""
    path = tmp_path / "library.db"
    database = old_library(path, {f"a{n:03}": path_article(n) for n in range(N_ARTICLES)})
    put_old(database, path_article(0, "Boat 0 never left."), "a000", 1001)
    database.execute("INSERT INTO sources VALUES ('path:/in/copy.txt', 'a001', 'in/copy.txt', ?)", (SEEN,))
    database.execute("UPDATE articles SET head = NULL WHERE id = 'a002'")
    database.execute("INSERT INTO removals VALUES ('a002', 3, ?)", (SEEN,))
    database.commit()
    database.close()
    return path


def check_everything_is_there(path):
    """All that the old library held is found, and goes on as before."""
    with Library.open(path) as library:
        assert library.count() == N_ARTICLES - 1
        assert library.revision == 7
        assert library.latest("a000").text == "Boat 0 never left."
        assert library.version(1).text == path_article(0).text
        assert library.find("/in/copy.txt") == "a001"
        assert library.latest("a002") is None
        assert [(each.key, each.seq, each.last_seen_utc) for each in library.sources("a001")] == [
            ("path:/in/001.txt", 2, SEEN),
            ("path:/in/copy.txt", 2, SEEN),
        ]
        assert [each.last_seen_utc for each in library.history("a000")] == [SEEN, SEEN]
        library.sign_all()
        assert library.put(path_article(5)).status == "unchanged"
        assert (
            library.put(article(key="path:/b.txt", title="B", text=path_article(6).text)).status
            == "duplicate"
        )
        assert library.near("a010")
        assert library.put(path_article(0)).status == "updated"
        assert library.version(1001).text == "Boat 0 never left."


def test_an_older_library_is_brought_up(old):
    """A library of schema 1 is opened and holds all that it held."""
    check_everything_is_there(old)

    with sqlite3.connect(old) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def test_reading_brings_it_up_too(old):
    """Whoever only reads an older library finds everything in it."""
    with Library.open_to_read(old) as library:
        assert library.count() == N_ARTICLES - 1
        assert library.watches() == ()


def test_lines_that_repeat_in_an_older_library(tmp_path):
    """The first add counts the lines of what schema 1 stored and leaves out what repeats, once."""
    n_pages, plea = 2 * MAX_SHORTENED + 50, "Subscribe to the harbour letter"
    pages = {
        f"p{n:03}": article(
            key=f"path:/in/{n:03}.md",
            title=f"Boat {n}",
            url=f"https://harbour.example/{n}",
            text=f"Boat {n} left. {LOG}\n\n{plea}",
        )
        for n in range(n_pages)
    }
    given = article(
        key="given", title="Given", url="https://harbour.example/given", text=f"{LOG} End.\n\n{plea}"
    )
    database = old_library(tmp_path / "library.db", {**pages, "given": given})
    database.commit()
    database.close()

    with Library.open(tmp_path / "library.db") as library:
        list(add(library, []))
        shown, revision = list(library.current()), library.revision
        statuses = {library.put(each).status for each in pages.values()}
        list(add(library, []))

        assert {each.removed for each in shown if each.article_id != "given"} == {(plea,)}
        assert sum(plea in each.text for each in shown) == 1
        assert library.latest("given").text == given.text
        assert library.version(1).text == pages["p000"].text
        assert [each.lines for each in library.left_out()] == [(plea,)]
        assert statuses == {"unchanged"}
        assert library.revision == revision


OPEN = "import sys; from pathlib import Path; from corpus.library import Library; print('ready', flush=True);"
OPEN += "sys.stdin.readline(); Library.open(Path(sys.argv[1])).close(); print('done')"


def opening(path):
    """A process that opens the library once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_bring_it_up_at_once(old):
    """Both find a whole library, whoever was first."""
    processes = [opening(old) for _ in range(2)]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()

    said = [process.communicate(timeout=30)[0] for process in processes]

    assert said == ["done\n", "done\n"]
    check_everything_is_there(old)


@pytest.mark.parametrize("seed", range(4))
def test_killed_on_the_way_it_is_brought_up_later(old, seed):
    """Killed at any moment, the file is the old one or the new one, and everything is in it."""
    with opening(old) as process:
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(random.Random(seed).uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()

    check_everything_is_there(old)
