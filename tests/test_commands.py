import json
import os
import signal
from dataclasses import replace

import pytest
from command import SAMPLE, STOPPABLE, spawn

from bot.words import ENGLISH
from corpus.lock import writing
from retrieval.manifest import FORMAT, Manifest

QUESTION = "How much will the flood barrier cost?"

pytestmark = pytest.mark.usefixtures("undisturbed")


# Articles


def test_add(footnote):
    """Adding says how many, and what comes next; adding again changes nothing."""
    first, second = footnote("add", SAMPLE), footnote("add", SAMPLE)

    assert (first.code, first.out) == (0, "14 added\nNext: footnote reindex\n")
    assert (second.code, second.out) == (0, "14 unchanged\n")


def test_add_what_cannot_be_read(footnote, tmp_path):
    """Each source that fails is named on one line with what mends it; the others are added; exit code 1."""
    (tmp_path / "good.md").write_text("# Title\n\nGood words.")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "letter.pdf").touch()
    (tmp_path / "lines.jsonl").write_text('{"id": 1}\nnot JSON\n{"id": "a", "text": "Fine words."}\n')
    (tmp_path / "latin.txt").write_bytes("Le café est très bon, déjà prêt à l'été.".encode("latin-1"))
    with (tmp_path / "enormous.txt").open("wb") as file:
        file.truncate(50_000_000)

    sources = [*sorted(tmp_path.glob("*.*")), tmp_path / "missing.txt", "http://127.0.0.1/a.html", ""]
    ran = footnote("add", *sources)

    assert ran.code == 1
    assert ran.out == "3 added, 9 failed\nNext: footnote reindex\n"
    lines = ran.err.splitlines()
    assert len(lines) == 9
    assert all(". Fix: " in line for line in lines)
    failed = "binary.txt", "empty.txt", "enormous.txt", "letter.pdf", "lines.jsonl:1", "lines.jsonl:2"
    assert all(sum(f"/{name} " in line for line in lines) == 1 for name in failed)
    assert any(line.startswith("http://127.0.0.1/a.html is at 127.0.0.1") for line in lines)


def test_names_that_are_no_line(footnote, tmp_path):
    """Whatever a name is made of, what is wrong with it is one line, and cannot pass for another's."""
    folder = tmp_path / "a\nfootnote: all is well\x1b[2J\u202etxt.moc"
    folder.mkdir()
    empty = folder / "empty.txt"
    empty.touch()
    footnote("watch", tmp_path / "kept")

    ran = [
        *(footnote("add", empty), footnote("watch", folder / "none"), footnote("unwatch", folder)),
        *(footnote("remove", folder), footnote("refresh", folder), footnote("--home", empty, "articles")),
    ]
    (kept := tmp_path / "kept").mkdir()
    (kept / "a.txt").write_text("Words.")
    listed = footnote("watch", folder), footnote("watch")

    errors = [each.err.splitlines() for each in ran]
    assert [len(lines) for lines in errors] == [1, 1, 1, 1, 1, 2]
    shown = "".join(each.err + each.out for each in [*ran, *listed])
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "a footnote: all is well" in shown
    assert listed[1].out.count("\n") == 2


def test_add_as_json(footnote, tmp_path):
    """A line a source, with the article it became or the reason it failed."""
    (tmp_path / "good.md").write_text("# Title\n\nGood words.")

    good, bad = footnote("add", "--json", tmp_path / "good.md", tmp_path / "gone.md").json_lines

    assert list(good) == list(bad) == ["source", "status", "article_id", "reason"]
    assert (good["source"], good["status"], good["reason"]) == (str(tmp_path / "good.md"), "added", None)
    assert (bad["status"], bad["article_id"]) == ("failed", None)
    assert "does not exist" in bad["reason"]


def test_articles(sampled):
    """Articles are listed a line each; as JSON with everything that is known of them."""
    listed, objects = sampled("articles"), sampled("articles", "--json").json_lines

    assert len(listed.out.splitlines()) == len(objects) == 14
    assert all(each["id"] in listed.out and each["title"] in listed.out for each in objects)
    assert {each["language"] for each in objects} == {"en", "de", "es"}
    assert set(objects[0]) == {
        *("id", "title", "url", "source", "author", "published", "version", "language", "gone", "removed")
    }


def test_remove(sampled):
    """An article is removed by id or by path; one that is not there is named, and the code is 1."""
    listed = sampled("articles", "--json").json_lines
    first = next(each["id"] for each in listed if "ferry" not in each["title"])

    ran = sampled("remove", first, SAMPLE / "01-ferry-timetable.md", "no-such")
    again = sampled("remove", "--json", first)

    assert ran.code == again.code == 1
    *removed, following = ran.out.splitlines()
    assert [line.split(": ", 1)[1] for line in removed] == ["removed", "removed"]
    assert following == "Next: footnote reindex"
    assert ran.err == "no-such: no such article; footnote articles lists them\n"
    assert again.json["status"] == "failed"
    assert len(sampled("articles").out.splitlines()) == 12


# Questions


def test_ask(sampled):
    """An answer is the quotation with its citation; nothing else is written."""
    ran = sampled("ask", QUESTION)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("  │ Wethersund’s flood barrier will cost £48.2 million")
    assert "[1] Barrier bill put at £48.2m as council papers show delay to 2028" in ran.out


def test_ask_as_json(sampled):
    """As JSON every excerpt equals its slice of the library, and its receipt verifies."""
    reply = sampled("ask", "--json", QUESTION).json
    excerpt = reply["excerpts"][0]
    receipt = sampled("verify", "--json", excerpt["receipt"]).json

    assert (reply["verdict"], reply["snapshot"]["articles"]) == ("answer", 14)
    assert receipt["text"] == excerpt["text"]
    assert [receipt[key] for key in ("article", "version", "start", "end")] == [
        excerpt[key] for key in ("article", "version", "start", "end")
    ]
    assert (receipt["verified"], receipt["state"]) == (True, "current")


def test_ask_without_quotes(sampled):
    """A question may be written without quotes around it."""
    assert sampled("ask", "--json", *QUESTION.split()).json["question"] == QUESTION


def test_not_found_is_done(sampled):
    """What the articles do not hold is a reply like any other: exit code 0."""
    ran = sampled("ask", "Who won the 2018 World Cup final?")

    assert (ran.code, ran.out) == (0, "Not in these articles. Searched 14 articles, newest 9 October 2026.\n")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", ENGLISH("empty-question")),
        (" \n\t ", ENGLISH("empty-question")),
        ("x" * 10_000, "10,000 characters"),
        ("😀🎉", ENGLISH("no-words")),
    ],
)
def test_what_is_no_question(sampled, question, said):
    """What cannot be asked is said in the words the bot has for it; exit code 2."""
    ran = sampled("ask", question)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("question", ["متى تغادر العبّارة؟", "<b>flood</b> & <i>\x1b[31mbar\x00rier\udcff"])
def test_odd_questions(sampled, question):
    """Right-to-left letters, markup, control characters and broken bytes are asked like anything else."""
    ran = sampled("ask", "--json", question)

    assert ran.code == 0
    assert ran.json["verdict"] in ("answer", "related", "not_found")
    assert "\x1b" not in ran.out


def test_ask_some_of_the_articles(sampled):
    """A question may say which articles; what they do not hold is offered without that filter."""
    found = sampled("ask", "--json", f"{QUESTION} source:Harbour Line after:2026").json
    missed = sampled("ask", f"{QUESTION} source:Harbor Line")

    assert found["excerpts"][0]["article"]["source"] == "Harbour Line"
    assert [each["value"] for each in found["filters"]] == ["Harbour Line", "2026-01-01"]
    assert 0 < found["searched_articles"] < 14
    assert (missed.code, missed.err) == (0, "")
    assert "Searched 0 of 14 articles" in missed.out
    assert "No article is from “Harbor Line”. Spelt nearly so: Harbour Line." in missed.out
    assert f"There is an answer without “source”. Ask: {QUESTION}" in missed.out


@pytest.mark.parametrize("typed", ["ferry after:2024-13-45", "source:", 'ferry author:""', "before:soon"])
def test_filters_that_cannot_be_meant(sampled, typed):
    """A filter that makes no sense is no question: it is named, with how it is written; exit code 2."""
    ran = sampled("ask", typed)

    assert (ran.code, ran.out) == (2, "")
    assert "to mend it: write it as " in ran.err


def test_an_emptied_library(sampled):
    """Where every article was removed, what lists and what answers say how to begin again."""
    ids = [each["id"] for each in sampled("articles", "--json").json_lines]
    removed = sampled("remove", *ids)
    sampled("reindex", "--force")

    listed, asked = sampled("articles"), sampled("ask", "How much is an adult day return to Orrey?")

    assert removed.out.splitlines()[-1] == "Next: footnote reindex"
    assert (listed.code, listed.out, listed.err) == (0, "", "No articles yet. Next: footnote add FOLDER\n")
    assert "Next: footnote add FOLDER, then footnote reindex" in asked.out


def test_verify_what_changed(sampled, tmp_path):
    """A receipt says when its article was updated or removed; a mistyped one is not verified."""
    (tmp_path / "a.md").write_text("# Ferry\n\nThe night ferry to Skarrow sails at nine.")
    sampled("add", tmp_path / "a.md")
    sampled("reindex")
    receipt = sampled("ask", "--json", "When does the night ferry to Skarrow sail?").json["excerpts"][0][
        "receipt"
    ]
    typed = f"{receipt[:4].lower()}-{receipt[4:].replace('0', 'O')}"

    current = sampled("verify", typed)
    (tmp_path / "a.md").write_text("# Ferry\n\nThe night ferry to Skarrow sails at ten.")
    sampled("add", tmp_path / "a.md")
    updated = sampled("verify", receipt)
    sampled("remove", tmp_path / "a.md")
    removed = sampled("verify", receipt)
    wrong = sampled("verify", receipt[:-1] + ("0" if receipt[-1] != "0" else "1"))

    assert "as it is now" in current.out
    assert "sails at nine" in updated.out
    assert "updated since" in updated.out
    assert "The night ferry to Skarrow sails at[- nine-]{+ ten+}." in updated.out
    assert "removed since" in removed.out
    assert (wrong.code, wrong.out) == (1, "")


# Snapshots


def test_reindex(sampled, tmp_path):
    """A reindex takes in what is new, a second one finds nothing, a full one builds anyway."""
    (tmp_path / "a.md").write_text("# Kites\n\nKites flew over Wethersund.")
    sampled("add", tmp_path / "a.md")

    dry, done = sampled("reindex", "--dry-run"), sampled("reindex")
    same, idle = sampled("reindex"), sampled("reindex", "--dry-run")
    again, full = sampled("reindex", "--json"), sampled("reindex", "--full", "--json")
    sampled("remove", tmp_path / "a.md")
    reused = sampled("reindex")

    assert dry.out.startswith("A reindex would take in: 1 new, 0 changed, 0 removed.\n+ Kites  (")
    assert done.out.startswith("Done: 15 articles, ")
    assert done.err.splitlines()[0] == "loading the encoder…"
    assert same.out == idle.out == "Nothing has changed since the last reindex.\n"
    assert reused.out.startswith("Done: 14 articles, ")
    assert "embedding" not in reused.err
    assert (again.json["built"], full.json["built"]) == (False, True)
    assert again.json["changes"] == {"added": 0, "updated": 0, "removed": 0}
    assert full.json["snapshot"]["id"] > again.json["snapshot"]["id"]


def second_snapshot(sampled):
    """Add an article and index it."""
    (sampled.home / "kites.md").write_text("# Kites\n\nKites flew over Wethersund.")
    sampled("add", sampled.home / "kites.md")
    return sampled("reindex", "--json").json["snapshot"]["id"]


def test_rollback(sampled):
    """A rollback answers from the snapshot before."""
    first = sampled("status", "--json").json["snapshot"]["id"]
    second_snapshot(sampled)

    assert sampled("rollback", "--json").json == {"snapshot": first}
    assert sampled("status", "--json").json["snapshot"]["id"] == first
    assert sampled("rollback").code == 2


def test_damaged_snapshot(sampled):
    """A damaged snapshot is one line on stderr; the one before it answers."""
    first = sampled("status", "--json").json["snapshot"]["id"]
    second = second_snapshot(sampled)
    [path, *_] = (sampled.home / "snapshots" / second).glob("layers/*/passages.db")
    path.write_bytes(b"spoilt")

    ran = sampled("ask", "--json", QUESTION)

    assert (ran.code, ran.json["snapshot"]["id"], ran.json["verdict"]) == (0, first, "answer")
    assert ran.err.startswith(f"footnote: answering from snapshot {first}: snapshot {second} is damaged")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [["status"], ["articles"], ["ask", QUESTION], ["reindex"], ["add", SAMPLE]]
)
def test_damaged_library(sampled, command):
    """A damaged library is said in one line with what mends it, and left as it is."""
    (sampled.home / "library.db").write_bytes(b"garbage" * 1000)

    ran = sampled(*command)

    assert (ran.code, ran.out) == (2, "")
    assert "is damaged or not a library" in ran.err
    assert "to mend it: restore a backup: footnote restore FILE --force" in ran.err
    assert (sampled.home / "library.db").read_bytes() == b"garbage" * 1000


def test_snapshot_of_another_encoder(sampled):
    """A snapshot that another encoder built is refused with what mends it, which it does."""
    [path] = (sampled.home / "snapshots").glob("0*")
    replace(Manifest.read(path), encoder="0" * 64).write(path)

    refused = sampled("ask", QUESTION)
    mended = sampled("reindex", "--json")

    assert (refused.code, refused.out) == (2, "")
    assert "was built with encoder 000000000000, the settings name" in refused.err
    assert "to mend it: footnote reindex" in refused.err
    assert mended.json["built"]
    assert sampled("ask", QUESTION).code == 0


def test_snapshot_of_an_older_footnote(sampled):
    """A question says that the snapshot is of another format and what mends it, and that mends it."""
    [manifest] = (sampled.home / "snapshots").glob("*/manifest.json")
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": FORMAT - 1}))

    refused, shown = sampled("ask", QUESTION), sampled("status")
    mended = sampled("reindex", "--json")
    asked = sampled("ask", QUESTION, "--json")

    assert refused.code == 2
    assert (
        f"has format {FORMAT - 1}, this version reads {FORMAT}\n  to mend it: footnote reindex" in refused.err
    )
    assert f"has format {FORMAT - 1}" in shown.out
    assert (mended.json["built"], mended.json["embedded"]) == (True, 0)
    assert (asked.code, asked.json["verdict"]) == (0, "answer")


def test_stopped_reindex(sampled):
    """Ctrl-C ends a reindex with one line and code 130; the old snapshot answers as before."""
    before = sampled("status", "--json").json["snapshot"]
    with spawn(sampled.home, "reindex", "--full", command=STOPPABLE) as process:
        said = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (said, process.returncode, out) == ("loading the encoder…\n", 130, "")
    assert err.split("\n")[-2] == "footnote: stopped"
    assert "Traceback" not in err
    assert sampled("status", "--json").json["snapshot"] == before
    assert sampled("ask", QUESTION).code == 0


@pytest.mark.parametrize("command", [["reindex"], ["add", SAMPLE], ["remove", "a"]])
def test_one_writer(sampled, command):
    """What writes while another process writes is told which one it is; asking goes on."""
    with writing(sampled.home):
        ran = sampled(*command)
        asked = sampled("ask", QUESTION)

    assert (ran.code, asked.code) == (2, 0)
    assert f"process {os.getpid()}" in ran.err
    assert "wait until it has finished" in ran.err
