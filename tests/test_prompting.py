import stat
from contextlib import contextmanager

import pytest
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from shelf_desk import SHELF, ShelfDesk, version

from bot.prompting import MAX_KEPT, ChatCompleter, KeptHistory, lines_typed


def completer_of(shelf=SHELF):
    """Completes the names of a shelf."""
    desk = ShelfDesk(shelf)
    return ChatCompleter(lambda: desk.articles(0, 100)[0])


@contextmanager
def typing(text, **how):
    """The lines that come of keys pressed at a terminal."""
    with create_pipe_input() as keys:
        keys.send_text(text)
        yield lines_typed(completer_of(), terminal=keys, screen=DummyOutput(), **how)


def offered(before, shelf=SHELF):
    """What a line becomes by each completion."""
    found = completer_of(shelf).get_completions(Document(before), None)
    return [before[: len(before) + each.start_position] + each.text for each in found]


def test_lines_can_be_edited():
    """Lines are edited with the usual keys, and Ctrl-D ends."""
    with typing("Wherre\x7f\x7fe now?\r\x01/new\r\x04") as lines:
        assert list(lines) == ["Where now?", "/new"]


def test_ctrl_c():
    """Ctrl-C stops the command, as it does everywhere."""
    with typing("Who\x03") as lines, pytest.raises(KeyboardInterrupt):
        next(lines)


def test_earlier_lines_come_back(tmp_path):
    """The arrow key brings back what was asked before, in another process too."""
    path = tmp_path / "chat_history"
    with typing("Who came?\rWhere to?\r\x04", history=KeptHistory(path)) as lines:
        list(lines)
    with typing("\x1b[A\x1b[A\r\x04", history=KeptHistory(path)) as lines:
        again = list(lines)

    assert again == ["Who came?"]
    assert path.read_text().splitlines() == ["Who came?", "Where to?", "Who came?"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_history_is_bounded(tmp_path):
    """The last thousand lines are kept, whatever the file holds, and for this user alone from then on."""
    path = tmp_path / "chat_history"
    path.write_bytes(b"\xff\xfe half a letter\n" + b"".join(b"line %d\n" % n for n in range(5_000)))
    path.chmod(0o644)

    kept = list(KeptHistory(path).load_history_strings())

    assert (len(kept), kept[0], kept[-1]) == (MAX_KEPT, "line 4999", "line 4000")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["chat_history"]


def test_a_line_is_one_line(tmp_path):
    """What was pasted with line breaks and control characters is kept as one line."""
    history = KeptHistory(tmp_path / "chat_history")

    history.store_string("Who\n+came\x1b[2J?\r\n")

    assert list(history.load_history_strings()) == ["Who +came [2J?"]


def test_commands_are_completed():
    """A slash and the beginning of a command offer those that go on so."""
    assert offered("/so") == ["/sources", "/source"]
    assert offered("/quit now") == offered("What about /so") == []
    assert len(offered("/")) == 8


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("oranges source:", ['oranges source:"The Coast"', 'oranges source:"Town Paper"']),
        ("source:co", ['source:"The Coast"']),
        ('source:"town p', ['source:"Town Paper"']),
        ("source:oast", []),
        ('source:"The Coast" or', []),
        ("outsource:T", []),
        ("author:x", []),
    ],
)
def test_names_are_completed(before, after):
    """Behind source: outlets are offered by the beginning of a word, those of most articles first."""
    assert offered(before) == after


def test_hostile_names():
    """Names of other scripts, with quotation marks and control characters, are offered as they are typed."""
    shelf = (
        version(1, "Words.", source='The "Daily"\n\x1b[31mCoast', author="Ирина Волкова"),
        version(2, "Words.", source="", author="x" * 5_000),
    )

    assert offered("source:", shelf) == ['source:"The Daily [31mCoast"']
    assert offered("author:волк", shelf) == ['author:"Ирина Волкова"']


class Watched(DummyOutput):
    """A screen; what it shows is told."""

    def __init__(self, tell):
        self._tell, self._shown = tell, ""

    def write(self, text):
        """See `Output`."""
        self._shown += text
        self._tell(self._shown)


def test_tab_completes():
    """Tab puts in the one completion that there is."""
    with create_pipe_input() as keys:
        entered = []

        def enter_once_completed(shown):
            if 'Paper"' in shown and not entered:
                entered.append(True)
                keys.send_text("\r")

        keys.send_text("source:to\t")
        screen = Watched(enter_once_completed)
        line = next(lines_typed(completer_of(), terminal=keys, screen=screen))

    assert line == 'source:"Town Paper"'
