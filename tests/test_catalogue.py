import ast
import re
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor
from telegram.constants import BotCommandLimit, BotDescriptionLimit, CallbackQueryLimit

from bot import admin_words, words
from bot.catalogue import LOCALES, RIGHT_TO_LEFT, formatted, nearest

BOT = Path(__file__).parents[1] / "bot"
CATALOGUES = BOT / "catalogues"
PLURALS = {"zero", "one", "two", "few", "many", "other"}
# Numbers that between them meet every plural rule of the languages we speak.
NUMBERS = (0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 101, 1204)


class Parts(Visitor):
    """The variables of a message, those that are numbers, and the plural forms each choice has."""

    def __init__(self):
        self.variables, self.chosen, self.forms = set(), {}, []

    def visit_VariableReference(self, node):  # noqa: N802 - the library's name
        """Note a value that is put in."""
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node):  # noqa: N802 - the library's name
        """Note what a value is chosen by."""
        keys = {
            key.name if isinstance(key := each.key, fluent.Identifier) else key.value
            for each in node.variants
        }
        name = node.selector.id.name
        self.chosen.setdefault(name, set()).update(keys)
        if keys & (PLURALS - {"other"}):
            self.forms.append(keys)
        self.generic_visit(node)


def messages(language):
    """The parts of each message of a language, by its name; the command line speaks English only."""
    found = {}
    for path in sorted((CATALOGUES / language).glob("[!c]*.ftl")):
        body = parse(path.read_text("utf-8")).body
        assert not [each for each in body if isinstance(each, fluent.Junk)], path
        for entry in body:
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} is in {path.name} for a second time"
                found[entry.id.name] = Parts()
                found[entry.id.name].visit(entry)
    return found


ENGLISH_PARTS = messages("en")


def values_for(parts, number):
    """Values for every variable of a message: numbers where it counts, else each of its choices or a word."""
    filled = {}
    for name in parts.variables:
        chosen = parts.chosen.get(name, set())
        counts = not chosen or chosen & (PLURALS | {"0"})
        filled[name] = number if counts else sorted(chosen)[number % len(chosen)]
    return filled


def said_in_code():
    """Names of messages that the code says: whole ones, and beginnings that it completes."""
    whole, beginnings = set(), set()
    for path in BOT.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            for each in ast.walk(call.args[0]):
                if isinstance(each, ast.JoinedStr) and isinstance(each.values[0], ast.Constant):
                    beginnings.add(each.values[0].value)
                elif isinstance(each, ast.Constant) and isinstance(each.value, str):
                    whole.add(each.value)
    return whole, {each for each in beginnings if re.fullmatch(r"[a-z]+(-[a-z]+)*-", each)}


def test_every_message_is_said():
    """No message is left in the catalogue that nothing says any more."""
    whole, beginnings = said_in_code()
    text = "\n".join(path.read_text("utf-8") for path in BOT.rglob("*.py"))

    unsaid = [
        name
        for name in ENGLISH_PARTS
        if name not in whole and f'"{name}"' not in text and not name.startswith(tuple(beginnings))
    ]
    assert unsaid == []


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_languages_say_the_same(language):
    """Every language has every message, with the values that the English one has."""
    parts = messages(language)

    assert parts.keys() == ENGLISH_PARTS.keys()
    differing = {name: each.variables ^ ENGLISH_PARTS[name].variables for name, each in parts.items()}
    assert {name: each for name, each in differing.items() if each} == {}


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_plural_forms(language):
    """Where a message counts, it has every plural form that whole numbers have in its language."""
    rule = Locale.parse(LOCALES[language]).plural_form
    wanted = {rule(number) for number in range(1000)}

    for name, parts in messages(language).items():
        for forms in parts.forms:
            assert wanted <= forms | {"other"}, f"{name} lacks {wanted - forms}"
            assert "other" in forms, name


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_every_message_can_be_said(language):
    """Every message of every language can be said, whatever it counts, and says something."""
    for name, parts in ENGLISH_PARTS.items():
        for number in NUMBERS:
            said = formatted(language, name, values_for(parts, number))
            assert said.strip(), name
            assert "{" not in said, name


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_what_telegram_takes(language):
    """Menus and descriptions are as short as Telegram wants them, and buttons as a phone does."""
    say = words.Words(language)

    for name in words.COMMANDS + admin_words.COMMANDS:
        assert 3 <= len(say(f"menu-{name}")) <= BotCommandLimit.MAX_DESCRIPTION
    assert len(say("description")) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(say("short-description")) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    for toast in ("expired", "not-ready", "thanks", "why-not", "reason-noted", "editors-told", "reported"):
        assert len(say(toast)) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    for button in (
        "more",
        "found",
        "helped-noted",
        "not-helped-noted",
        "closest",
        "ask-differently",
        "report",
    ):
        assert len(say(button)) <= 30


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_right_to_left(language):
    """In a right-to-left sentence, what is put in stands apart, so that neither rearranges the other."""
    said = formatted(language, "newest", {"day": "14 May 2026"})

    assert "\u206814 May 2026\u2069" in said


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("de-AT", "de"), ("pt-br", "en"), (None, "en"), ("", "en"), ("fa_IR", "fa"), ("UK", "uk")],
)
def test_nearest(code, language):
    """What Telegram says of a reader's language leads to one that we speak."""
    assert nearest(code) == language


def test_days():
    """Dates are written as each language writes them, as far as they are known."""
    assert words.Words("de").day("2026-05-14T09:30:00Z") == "14. Mai 2026"
    assert words.Words("ru").day("2026-05-14") == "14 мая 2026\u202fг."
    assert words.Words("es").day("2026-05") == "mayo de 2026"
    assert words.Words("uk").day("2026") == "2026"
    assert words.ENGLISH.day("2026-05-00") == "May 2026"


def test_unknown_message():
    """A message that no catalogue has is a mistake of ours, and raises."""
    with pytest.raises(KeyError, match="no-such-message"):
        formatted("en", "no-such-message", {})
    assert "no-such-message" not in ENGLISH_PARTS
