import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf_desk import SHELF, ShelfDesk, version

from bot.chat_commands import COMMANDS, ChatCommands
from bot.question import tidy
from bot.words import ENGLISH
from retrieval.receipt import receipt_of
from retrieval.types import Query


class Chat:
    """Commands over a shelf, and how often the conversation was forgotten."""

    def __init__(self, shelf=SHELF):
        self.desk, self.forgotten = ShelfDesk(shelf), 0
        self._commands = ChatCommands(self.desk, self._verify, self._forget)

    def ask(self, question):
        """Ask, as `converse` does."""
        query = Query(question)
        reply = self.desk.answer(query)
        self._commands.answered(query, reply)
        return reply

    def do(self, line):
        """Type a command."""
        return self._commands.do(line)

    def _verify(self, receipt):
        excerpt = self.desk.resolve(receipt)
        return f"Verified: {excerpt.text}" if excerpt else None

    def _forget(self):
        self.forgotten += 1


@pytest.fixture
def chat():
    """A conversation that has not begun."""
    return Chat()


def test_new(chat):
    """/new forgets the conversation, and with it what /more and /context were about."""
    chat.ask("Which ferry carried oranges?")

    told = chat.do("/new")

    assert told == ENGLISH("new")
    assert chat.forgotten == 1
    assert chat.do("/more") == chat.do("/context") == ENGLISH("chat-ask-first")


def test_more(chat):
    """/more shows what else comes near, numbered on, and says that it is no answer."""
    reply = chat.ask("Did it carry forty passengers?")

    told = chat.do("/more")

    assert told.startswith(f"{ENGLISH('more-heading')}\n\n")
    assert f"[{len(reply.excerpts) + 1}] " in told
    assert all(each.text not in told for each in reply.excerpts)


def test_more_of_nothing(chat):
    """Where nothing answers /more shows what comes closest; where there is nothing at all it says so."""
    chat.ask("zebras")
    empty = Chat(shelf=())
    empty.ask("zebras")

    assert chat.do("/more").startswith(ENGLISH("related-heading"))
    assert empty.do("/more") == ENGLISH("nothing-close")


def test_context(chat):
    """/context shows what stands around a quotation of the last reply, the first where none is named."""
    chat.ask("Which engineers replaced every bolt of the bridge?")

    first = chat.do("/context")

    assert first == chat.do("/context 1")
    assert "The old bridge reopened in May." in first
    assert first.endswith("[1] The bridge")


@pytest.mark.parametrize("number", ["0", "9", "-1", "one", "²", "9" * 5_000])
def test_no_such_quotation(chat, number):
    """What is no number of a quotation of the last reply is answered with those that are."""
    reply = chat.ask("Which ferry carried oranges?")

    assert chat.do(f"/context {number}") == ENGLISH("chat-which", number=len(reply.excerpts))


def test_sources():
    """/sources lists the articles by page, and says which page is the last."""
    chat = Chat(tuple(version(n, "Words.", title=f"Title {n}", source="The Coast") for n in range(1, 26)))

    first, second, beyond = chat.do("/sources"), chat.do("/sources 2"), chat.do("/sources 9")

    assert first.splitlines()[:2] == ["Articles 1–20 of 25, newest first:", "• Title 1 · The Coast"]
    assert second.splitlines()[-1] == "• Title 25 · The Coast"
    assert beyond == ENGLISH("chat-no-page", pages=2)
    assert Chat(shelf=()).do("/sources") == ENGLISH("no-articles")


def test_source(chat):
    """/source says what a receipt stands for, or that it stands for nothing."""
    reply = chat.ask("Which ferry carried oranges?")
    receipt = receipt_of(reply.excerpts[0])

    assert chat.do(f"/source {receipt}") == f"Verified: {reply.excerpts[0].text}"
    assert chat.do("/source 7F3K") == ENGLISH("chat-no-receipt", receipt="7F3K")
    assert chat.do("/source") == ENGLISH("chat-name-a-receipt")


def test_other_commands(chat):
    """/status and /help say what the bot says, /quit ends, and anything else is no command."""
    assert chat.do("/status") == ENGLISH.status(chat.desk.info())
    assert chat.do("/quit") is None
    assert chat.do("/etc/passwd") == chat.do("/") == chat.do("/NEW") == ENGLISH("chat-unknown")
    assert all(f"/{name} " in chat.do("/help") for name in COMMANDS if name != "help")


@given(st.text(max_size=200))
def test_whatever_is_typed(text):
    """Any line that begins with a slash gets words, or ends the conversation as /quit does."""
    chat = Chat()
    chat.ask("Which ferry carried oranges?")
    line = tidy(f"/{text}")

    assert (chat.do(line) is None) == (line.partition(" ")[0] == "/quit")
