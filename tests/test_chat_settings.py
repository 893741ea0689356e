from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from remembering import Remembering

from bot.chat_settings import ChatSettings

GROUP, SUPERGROUP = -100, -1_001_234_567_890


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path)


def in_german(settings):
    """The same in German."""
    return replace(settings, language="de")


def test_group(remembering):
    """What is set for a group is there after a restart, and for no other group."""
    assert remembering.chats.change(GROUP, in_german) == ChatSettings(language="de")
    remembering.chats.change(GROUP, lambda settings: replace(settings, excerpts=3, quiet_not_found=True))

    again = Remembering(remembering.home)
    assert again.chats.settings(GROUP) == ChatSettings("de", 3, True)
    assert again.chats.settings(SUPERGROUP) == ChatSettings()
    again.chats.drop(GROUP)
    assert again.chats.settings(GROUP) == ChatSettings()
    assert again.rows() == {}


def test_two_admins(remembering):
    """Two admins who set two things at once both get theirs."""
    changes = (in_german, lambda settings: replace(settings, excerpts=2))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda change: remembering.chats.change(GROUP, change), changes))

    assert remembering.chats.settings(GROUP) == ChatSettings("de", 2)


def test_group_that_moved(remembering):
    """A group that becomes a supergroup keeps its settings, however often Telegram says so."""
    remembering.chats.change(GROUP, in_german)

    remembering.chats.move(GROUP, SUPERGROUP)
    remembering.chats.change(SUPERGROUP, lambda settings: replace(settings, excerpts=2))
    remembering.chats.move(GROUP, SUPERGROUP)

    assert remembering.chats.settings(SUPERGROUP) == ChatSettings("de", 2)
    remembering.chats.change(GROUP, lambda settings: replace(settings, excerpts=3))
    remembering.chats.move(GROUP, SUPERGROUP)
    assert remembering.chats.settings(SUPERGROUP) == ChatSettings("de", 2)
    assert remembering.rows() == {"chats": 1}


@pytest.mark.parametrize("excerpts", [0, 4])
def test_number_of_excerpts(remembering, excerpts):
    """One to three excerpts are shown; another number is refused, and nothing is changed."""
    with pytest.raises(ValueError, match="1 to 3"):
        remembering.chats.change(GROUP, lambda settings: replace(settings, excerpts=excerpts))

    assert remembering.chats.settings(GROUP) == ChatSettings()


def test_private_chat(remembering):
    """Nothing is set for a private chat: its id is its reader's, which stands nowhere."""
    with pytest.raises(ValueError, match="no group"):
        remembering.chats.change(7, in_german)


def test_language(remembering):
    """A reader's language is theirs until they choose another, or what their Telegram says."""
    remembering.languages.choose(7, "fa")
    remembering.languages.choose(8, "de")
    remembering.languages.choose(7, "uk")

    assert (remembering.languages.of(7), remembering.languages.of(9)) == ("uk", None)
    remembering.languages.choose(7, None)
    assert (remembering.languages.of(7), remembering.languages.of(8)) == (None, "de")
