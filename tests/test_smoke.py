"""A new snapshot is asked questions before it answers anybody, and admins decide where it fails."""

import asyncio

import pytest
from build import article
from command import Footnote
from hypothesis import given
from hypothesis import strategies as st
from newsroom import ADMINS, Newsroom, added, labels, pressed
from shelf_desk import SHELF, ShelfDesk
from talk import ask, calls, quotations, talking, text_of

from bot.admin_render import held
from bot.config import ConfigError, load_config
from bot.schedule import Schedule
from bot.simulator import ADMIN, GROUP
from bot.simulator.people import press
from bot.words import ENGLISH
from corpus.keys import derived_id, sent_key
from corpus.library import Library
from corpus.lock import writing
from corpus.watch import watch
from retrieval.errors import SmokeError
from retrieval.smoke import Failing, SmokeQuestion, ask_smoke_questions

BRIDGE = b"The bridge\n\nEngineers replaced every bolt of the bridge."
# Answered, but from the bridge's article only once that was added.
ASKED = {"question": "Who replaced the bolts of the bridge?", "article": derived_id(sent_key("bridge.txt"))}


@pytest.fixture
def careful(tmp_path, language_model):
    """A home whose snapshots have to know about the bridge."""
    return Newsroom(tmp_path / "home", smoke_questions=[ASKED])


def serving(newsroom, **how):
    """A simulated Telegram with the bot of that home at work."""
    desk = newsroom.desk()
    return talking(desk, editor=newsroom.editor(desk), admins=ADMINS, **how)


async def failed(telegram):
    """A reindex that failed its smoke question: the message that says so."""
    return await pressed(telegram, await added(telegram), "Reindex", "Until you decide")


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_a_failing_question_is_decided_about(careful, by):
    """Where a question fails nothing is switched: the admin sees what it got, and may switch anyway."""
    async with serving(careful, by=by) as telegram:
        told = await failed(telegram)
        before = await ask(telegram, "Which ferry carried oranges?")
        switched = await pressed(telegram, told, "Switch anyway", "Answering from")
        after = await ask(telegram, "Which ferry carried oranges?")

    asked, got = ASKED["question"], ENGLISH("smoke-answer", title="The ferry to the islands")
    assert told.text.splitlines() == [ENGLISH("smoke-failed", number=1, total=1), f"• “{asked}”: {got}"]
    assert labels(told) == ["Switch anyway", "Leave it"]
    assert not quotations(before)
    assert switched.text.endswith(": 1 article.")
    assert labels(switched) == ["Roll back"]
    assert quotations(after)
    assert [what for what, _ in careful.acts()] == ["add", "reindex", "switch"]


async def test_a_snapshot_is_left(careful):
    """Leaving it drops it, and its buttons say so from then on; the next reindex makes it again."""
    async with serving(careful) as telegram:
        told = await failed(telegram)
        [kept] = careful.snapshots()
        await pressed(telegram, told, "Leave it", ENGLISH("held-dropped"))
        left = careful.snapshots()
        for button in told.buttons:
            press(telegram.world, told, button, ADMIN)
        answers = await calls(telegram, "answerCallbackQuery", 5)
        await added(telegram, name="bridge.txt", content=BRIDGE)
        asked = await ask(telegram, "/reindex", chat=ADMIN.id)
        done = await pressed(telegram, asked, "Reindex", "Done: 2 articles")

    assert kept.startswith(".held-")
    assert left == []
    assert [each.params["text"] for each in answers[-2:]] == [ENGLISH("held-gone")] * 2
    assert labels(done) == ["Roll back"]


async def test_decided_after_a_restart(careful):
    """The buttons work in a process that never showed them."""
    async with serving(careful) as earlier:
        told = await failed(earlier)
    async with serving(careful) as later:
        later.world.started.add(ADMIN.id)
        switched = await pressed(later, later.world.post(told), "Switch anyway", "Answering from")

    assert labels(switched) == ["Roll back"]


async def test_in_a_group(careful):
    """A group is not told what the questions are; the admin may decide there too."""
    async with serving(careful) as telegram:
        await added(telegram)
        asked = await ask(telegram, "/reindex", chat=GROUP, user=ADMIN)
        await telegram.press(asked, "Reindex", user=ADMIN)
        told = await text_of(telegram, asked, ENGLISH("smoke-failed-here"))

    assert labels(told) == ["Switch anyway", "Leave it"]


async def test_on_schedule(careful, tmp_path):
    """A refresh on schedule that leads to a snapshot that fails tells the admins, with the buttons."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.md").write_text("# The ferry\n\nThe ferry carried forty oranges.")
    with writing(careful.path), Library.open(careful.path / "library.db") as library:
        watch(library, str(folder), every_s=0, policy="mark")
    told = []

    async def tell(alarm):
        told.append(alarm(ENGLISH))

    await Schedule(careful.config, careful.desk(), tell).look(asyncio.Event())

    [shown] = told
    assert "Who replaced the bolts" in shown.html
    assert [button.label for row in shown.rows for button in row] == ["Switch anyway", "Leave it"]


def test_command_line(sampled: Footnote):
    """The command says which question got what and switches to nothing; with --switch-anyway it does."""
    (sampled.home / "footnote.toml").write_text(
        'smoke_questions = ["How much is an adult day return to Orrey?", "Who was the first person on Mars?"]'
    )
    before = sampled("reindex")
    with Library.open(sampled.home / "library.db") as library:
        library.put(article(key="more", title="More", text="A heron stood on the pier all day."))

    refused, there = sampled("reindex"), sampled("config")
    anyway = sampled("reindex", "--switch-anyway")

    assert before.code == 0
    assert (refused.code, refused.out) == (2, "")
    assert "fails 1 of 2 smoke questions" in refused.err
    assert "“Who was the first person on Mars?” got no answer" in refused.err
    assert "footnote reindex --switch-anyway" in refused.err
    assert "smoke_questions = How much is an adult day return to Orrey?, Who was" in there.out
    assert anyway.code == 0
    assert "1 new" in anyway.out


@pytest.mark.parametrize(
    "written", ["[1]", '[""]', '["?!"]', "3", '[{question = "Who?", page = "x"}]', '[{article = "x"}]']
)
def test_no_smoke_question(tmp_path, written):
    """What is no question is refused with the name of the setting."""
    (tmp_path / "footnote.toml").write_text(f"smoke_questions = {written}")

    with pytest.raises(ConfigError, match="smoke_questions"):
        load_config(home=tmp_path, environ={}, flags={})


def test_smoke_questions_of_the_environment(tmp_path):
    """In the environment there is a question a line."""
    config = load_config(
        home=tmp_path, environ={"FOOTNOTE_SMOKE_QUESTIONS": "Who  came?\nWhere to?"}, flags={}
    )

    assert config.settings.smoke_questions == (SmokeQuestion("Who came?"), SmokeQuestion("Where to?"))


@given(st.lists(st.sampled_from(["Which ferry carried oranges?", "What about zebras?"]), max_size=5))
def test_every_question_is_asked(questions):
    """Each is asked once, in order, with progress before it; those that get no answer are given back."""
    desk, steps = ShelfDesk(), []
    asked = [SmokeQuestion(each) for each in questions]

    failing = ask_smoke_questions(asked, desk.answer, lambda name: None, on_progress=steps.append)

    assert desk.asked == questions
    assert [(each.done, each.total) for each in steps] == [(n, len(asked)) for n in range(len(asked) + 1)]
    assert failing == tuple(Failing(each, "not_found", "") for each in asked if "zebras" in each.question)


@pytest.mark.parametrize(("article_id", "passes"), [("a1", True), ("a2", False), ("nobody", False)])
def test_an_article_has_to_be_quoted(article_id, passes):
    """A question that names an article passes only where one of the excerpts is from it."""
    asked = SmokeQuestion("Did it carry forty passengers?", f"https://example.org/{article_id}")
    ids = {each.article_id for each in SHELF}

    failing = ask_smoke_questions(
        [asked],
        ShelfDesk(SHELF[:1]).answer,
        lambda name: name.rsplit("/")[-1] if name.rsplit("/")[-1] in ids else None,
        on_progress=lambda progress: None,
    )

    assert (failing == ()) == passes


def test_many_failing_questions_fit():
    """However many fail and however long they are, what is said of them fits a message."""
    failing = tuple(
        Failing(SmokeQuestion("word " * 200, "x" * 300), "related", "T" * 5_000) for _ in range(50)
    )

    shown = held(ENGLISH, SmokeError("000001-20261126T000000", failing, 50))

    assert len(shown.html) < 4_096
    assert "and 45 more" in shown.html
