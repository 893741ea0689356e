import json
import os
import pty
import stat
import subprocess

from command import spawn
from shelf_desk import ShelfDesk

from bot.chat import converse
from bot.narrowed import NO_OFFERS
from bot.words import ENGLISH

TYPED = "How much is an adult day return to Orrey?\n\nAnd for a car?\n/new\nAnd for a car?\n"


def test_question_after_question():
    """A line is a question that may lean on those before it, or /new; what is no question is objected to."""
    desk, shown, told = ShelfDesk(), [], []

    converse(
        desk,
        ["Which ferry carried oranges?\n", "  \n", "And when was that?", "?!", "/new", "And when was that?"],
        show=lambda reply, took_ms, offered: shown.append((reply.searched, took_ms >= 0)),
        tell=lambda line, said: told.append(said),
        verify=lambda receipt: None,
    )

    together = "Which ferry carried oranges? And when was that?"
    assert shown == [
        ("Which ferry carried oranges?", True),
        (together, True),
        ("And when was that?", True),
    ]
    assert told == [ENGLISH("no-words"), ENGLISH("new")]


def test_filters_are_understood():
    """A line may say which articles; what cannot be meant is said, and nothing is answered then."""
    desk, shown, told = ShelfDesk(), [], []

    converse(
        desk,
        [
            "Which ferry carried oranges? source:paper",
            "ferry after:2026-13-45",
            "source:Coast",
            "crate source:Coats",
        ],
        show=lambda reply, took_ms, offered: shown.append((reply, offered)),
        tell=lambda line, said: told.append(said),
        verify=lambda receipt: None,
    )

    (bread, no_offers), (missed, offered) = shown
    assert {each.article.id for each in bread.excerpts} == {"a3"}
    assert no_offers == NO_OFFERS
    assert told[0].startswith("after:2026-13-45 is no day.\nTo mend it: write it as after:2024-05-31")
    assert told[1:] == [ENGLISH("empty-question")]
    assert (missed.scope.articles, offered.wider[0].verdict) == (0, "related")
    assert offered.unknown[0][1] == ("The Coast",)


def chatted(home, *arguments, typed):
    """What `footnote chat` said to a file of lines."""
    with spawn(home, "chat", *arguments, stdin=subprocess.PIPE) as process:
        out, err = process.communicate(typed, timeout=60)
    assert process.returncode == 0, err
    return out


def test_lines_from_a_file(sampled):
    """Without a terminal every question stands above its reply, which says what was searched for."""
    out = chatted(sampled.home, typed=TYPED)

    first, second, rest = out.split("> And for a car?")
    assert first.startswith("> How much is an adult day return to Orrey?\n\n  │ ")
    assert "Searched for: How much is an adult day return to Orrey? And for a car?" in second
    assert "costs £46 each way" in second
    assert ENGLISH("new") in second
    assert ENGLISH("searched-for", question="").rstrip() not in rest


def test_a_reply_a_line(sampled):
    """With --json each line that is not empty prints one object, and nothing else is printed."""
    more = "?!\nferry after:2026-13-45\n"

    printed = [json.loads(line) for line in chatted(sampled.home, "--json", typed=TYPED + more).splitlines()]

    replies = [each for each in printed if "verdict" in each]
    assert printed[2] == {"command": "/new", "said": ENGLISH("new")}
    assert printed[4] == {"question": "?!", "problem": ENGLISH("no-words")}
    assert printed[5]["question"] == "ferry after:2026-13-45"
    assert printed[5]["problem"].startswith("after:2026-13-45 is no day.\nTo mend it: ")
    assert len(printed) == 6
    assert [reply["searched"] == reply["question"] for reply in replies] == [True, False, True]
    assert [reply["question"] for reply in replies][1:] == ["And for a car?", "And for a car?"]


def test_at_a_terminal(sampled):
    """At a terminal questions are asked for, and Ctrl-D ends."""
    ours, theirs = pty.openpty()
    with spawn(sampled.home, "chat", stdin=theirs) as process:
        os.write(ours, b"How much is an adult day return to Orrey?\n\x04")
        out, err = process.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)

    assert process.returncode == 0
    assert out.startswith("  │ ")
    assert err.endswith("> > \n")


def test_at_a_terminal_that_shows_replies(sampled):
    """At a real terminal lines can be edited; what was asked is kept for this user alone, or not at all."""
    kept = sampled.home / "chat_history"

    shown = seen_at_a_terminal(sampled.home, "chat", typed="How mush\x7f\x7fch is a day return?\r/quit\r")
    written, mode = kept.read_text().splitlines(), stat.S_IMODE(kept.stat().st_mode)
    unkept = seen_at_a_terminal(sampled.home, "chat", "--no-history", typed="/status\r/help\r/quit\r")

    assert f"{kept}, for you alone; --no-history keeps nothing." in " ".join(shown.split())
    assert "receipt" in shown
    assert written == ["How much is a day return?", "/quit"]
    assert mode == 0o600
    assert "Ready. 14 articles" in unkept
    assert "Tab completes" in unkept
    assert kept.read_text().splitlines() == written


def seen_at_a_terminal(home, *arguments, typed):
    """What a terminal of its own shows of a command that is typed to."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"}
    with spawn(home, *arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=environ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
        process.wait(60)
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode(errors="replace")


def test_commands_from_a_file(sampled):
    """Commands do at a pipe what they do at a terminal, and /quit ends though more lines follow."""
    receipt = chatted(sampled.home, typed=TYPED).split("receipt ")[1].split()[0]
    lines = [
        "How much is an adult day return to Orrey? after:2026",
        "/help",
        "/context",
        "/more",
        f"/source {receipt}",
        "/quit",
        "x",
    ]

    out = chatted(sampled.home, typed="\n".join(lines))

    assert "Tab completes" not in out
    assert "Verified: these words stand in the article as it is now." in out
    assert ENGLISH("more-heading") in out
    assert [line for line in out.splitlines() if line.startswith("> ")] == [
        f"> {line}" for line in lines[:-1]
    ]


def test_without_a_library(footnote):
    """Where there is nothing to ask, the command says what to do, before anything is typed."""
    ran = footnote("chat")

    assert ran.code == 2
    assert "footnote add FOLDER" in ran.err
