import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.config import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted(ROOT.glob("*.md"))
README = (ROOT / "README.md").read_text("utf-8")

_FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def parse(arguments):
    """Read arguments as `footnote` does, without doing anything."""
    context = cli.make_context("footnote", list(arguments))
    name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(name, rest, parent=context)


def shown_commands():
    """Every `footnote …` line in a code fence of any page."""
    for page in PAGES:
        for fence in _FENCE.findall(page.read_text("utf-8")):
            for line in fence.splitlines():
                if line.startswith("footnote "):
                    yield line


def remedies():
    """Every command that the program tells people to run."""
    for path in sorted(ROOT.glob("[bcr]*/**/*.py")):
        yield from re.findall(
            r"""(?:["']|: )footnote (?:-v |--home \S+ )?([a-z]+)\b""", path.read_text("utf-8")
        )


def test_readme_is_short():
    """Whoever opens the README can read it."""
    assert len(README.splitlines()) < 200


def test_settings_in_the_readme():
    """Every setting has a row with its default, and no other has; the variables' rule is there."""
    rows = {name: default for name, default, _ in _ROW.findall(README)}

    assert list(rows) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        shown = rows[name].strip("`")
        expected = {"–", "made up"} if field.default in (None, ()) else {str(field.default)}
        assert shown in expected, name
    assert "`FOOTNOTE_HOME`" in README
    examples = set(re.findall(r"FOOTNOTE_([A-Z_]+)", README)) - {"HOME"}
    assert examples
    assert {name.lower() for name in examples} <= Settings.model_fields.keys()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_commands_in_the_readme(name):
    """Every command is in the README."""
    assert re.search(rf"`footnote {name}\b", README)


def test_commands_of_the_readme_exist():
    """Every command and option that a page names in passing exists."""
    for page in PAGES:
        for named in re.findall(r"`footnote ([a-z]+)\b", page.read_text("utf-8")):
            assert named in cli.commands, f"{page.name}: footnote {named}"
    options = {
        spelling
        for command in (cli, *cli.commands.values())
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for spelling in parameter.opts
    }
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - {"--once"}
    assert named <= options


@pytest.mark.parametrize("line", list(shown_commands()))
def test_shown_commands(line):
    """Every command in a code fence is one that `footnote` understands."""
    parse(shlex.split(line, comments=True)[1:])


def test_remedies():
    """Every command that a message tells people to run exists."""
    found = set(remedies())

    assert {"reindex", "add", "doctor"} <= found <= cli.commands.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links(page):
    """Every file and every heading that a page links to is there."""
    text = page.read_text("utf-8")
    for target in _LINK.findall(_FENCE.sub("", text)):
        if "://" in target:
            continue
        path, _, heading = target.partition("#")
        found = (page.parent / path) if path else page
        assert found.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings]


def test_files_named_in_the_architecture():
    """Every file named in ARCHITECTURE.md exists, by its path or by its name in a package."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    known = {
        path.name for package in ("bot", "corpus", "retrieval", ".") for path in (ROOT / package).glob("*.*")
    }

    for named in re.findall(r"(?<![\w/])((?:[\w-]+/)*[\w-]+\.(?:py|toml|md))\b", text):
        assert (ROOT / named).exists() or named in known, named


def test_folders_in_the_readme():
    """Every folder at the top is in the README."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    ).stdout
    folders = {path.split("/")[0] for path in listed.split("\0") if "/" in path}
    if not folders:
        pytest.skip("not a checkout")

    for folder in sorted(folder for folder in folders if not folder.startswith(".")):
        assert f"{folder}/" in README, folder


def test_architecture_is_short():
    """Whoever looks for a place in the code finds it on two screens."""
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) < 150
