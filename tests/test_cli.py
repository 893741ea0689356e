import os
import resource
import subprocess
import sys

import click
import pytest
from command import COMMAND, SAMPLE, can_drop_privilege, spawn, spawned
from secrets_kept import TOKEN

from bot.cli import cli, run

QUESTION = "How much will the flood barrier cost?"
SECRET = "hush-hush-question about the flood barrier"

pytestmark = pytest.mark.usefixtures("undisturbed")


# A home that is not there yet


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["status"], 0, "Library    none yet: footnote add FOLDER"),
        (["articles"], 0, "No articles yet. Next: footnote add FOLDER"),
        (["config"], 0, "telegram_token = not set  (default)"),
        (["doctor"], 0, "does not exist yet"),
        (["ask", "Who?"], 2, "there is no snapshot yet\n  to mend it: footnote add FOLDER, then footnote"),
        (["reindex"], 2, "there is no library in"),
        (["reindex", "--dry-run"], 2, "there is no library in"),
        (["rollback"], 2, "there is no snapshot to go back to"),
        (["remove", "a"], 2, "there is no library in"),
        (["verify", "0M08E0VY54"], 2, "there is no library in"),
        (["verify", "nonsense!"], 2, "there is no library in"),
        (["serve"], 2, "there is no Telegram token"),
    ],
)
def test_nothing_there_yet(footnote, command, code, said):
    """Each command says what comes first, and none of them makes a home only by looking for one."""
    ran = footnote(*command)

    assert ran.code == code
    assert said in ran.out + ran.err
    assert not footnote.home.exists()


def test_home_is_for_its_owner(footnote):
    """A home that is made is open to its owner only."""
    footnote("add", SAMPLE)

    assert footnote.home.stat().st_mode & 0o077 == 0


# Settings


def test_unknown_setting(sampled):
    """An unknown setting stops every command before it does anything."""
    (sampled.home / "footnote.toml").write_text("max_excerpt = 1")

    ran = sampled("ask", QUESTION)

    assert (ran.code, ran.out) == (2, "")
    assert "max_excerpt, which is no setting\n  to mend it: write max_excerpts" in ran.err


def test_config(sampled, monkeypatch):
    """Settings are shown with their origin; the token is not."""
    (sampled.home / "footnote.toml").write_text("workers = 3")
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_TOKEN", TOKEN)

    text, rows = sampled("config"), sampled("config", "--json")

    assert "workers = 3  (footnote.toml)\n" in text.out
    assert "telegram_token = set, hidden  (environment)\n" in text.out
    assert {row["name"]: row["value"] for row in rows.json}["workers"] == 3
    assert "ABCDEF" not in text.out + rows.out


def test_home_after_the_command(footnote, tmp_path):
    """The home may be named after the command too, where it counts."""
    assert footnote("status", "--json", "--home", tmp_path).json["home"] == str(tmp_path)


# The edges


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask"], ["add"], ["reindex", "--fast"], []])
def test_usage(arguments, capsys):
    """What is no command, or lacks something, shows how it is used; exit code 2."""
    assert run(arguments) == 2
    assert "Usage: footnote" in capsys.readouterr().err


def test_every_command_explains_itself(capsys):
    """Every command has a help with the options that all share, and a line in the overview."""
    assert run(["--help"]) == 0
    overview = capsys.readouterr().out

    for name, command in cli.commands.items():
        assert run([name, "--help"]) == 0
        shown = capsys.readouterr().out
        assert "--home" in shown
        assert "--verbose" in shown
        assert f"\n  {name}" in overview
        assert isinstance(command, click.Command)
    assert "..." not in overview.split("Commands:")[1]


def test_version(capsys):
    """The version is the installed one."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("footnote, version ")


def imported(*arguments):
    """The top-level packages that a command imports."""
    program = (
        "import sys\nfrom bot.cli import run\ncode = run(sys.argv[1:])\n"
        "print('\\nIMPORTED', *{name.split('.')[0] for name, found in sys.modules.items() if found})\n"
        "sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.rsplit("IMPORTED", 1)[1].split())


TELEGRAM = {"telegram", "tornado", "httpx"}
TORCH = {"torch", "transformers", "sentence_transformers"}
SEARCH = {"faiss", "openvino", "tantivy"}


@pytest.mark.parametrize(
    ("command", "never"),
    [
        (["--help"], TELEGRAM | TORCH | SEARCH | {"numpy", "pydantic"}),
        (["config"], TELEGRAM | TORCH | SEARCH),
        (["articles"], TELEGRAM | TORCH | SEARCH),
        (["ask", QUESTION], TELEGRAM | TORCH | {"openvino_telemetry", "prompt_toolkit", "rich"}),
        (["chat"], TELEGRAM | TORCH | {"prompt_toolkit", "rich"}),
    ],
)
def test_imports(sampled_home, command, never):
    """A command imports only what it needs, so it starts at once; asking needs neither torch nor Telegram."""
    assert imported("--home", sampled_home, *command) & never == set()


def test_reader_that_wants_no_more(sampled):
    """A pipe that is closed early is no failure and leaves no traceback."""
    with spawn(sampled.home, "articles", "--json", stdout=subprocess.PIPE) as process:
        process.stdout.close()
        err = process.stderr.read()

    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_terminal_without_these_letters(sampled, encoding):
    """A letter that the terminal cannot show stops nothing; JSON keeps it as an escape."""
    environ = {**os.environ, "PYTHONIOENCODING": encoding}

    text = spawned(sampled.home, "articles", env=environ, errors="replace")
    parsed = spawned(sampled.home, "articles", "--json", env=environ).json_lines

    assert (text.code, text.err, len(text.out.splitlines())) == (0, "", 14)
    assert "«La casa de sal» gana el Ancla de Oro en Peñasal" in {each["title"] for each in parsed}


def test_verbose_keeps_questions_to_itself(sampled):
    """A verbose log says what happens, and neither the question nor the words of articles."""
    ran = spawned(sampled.home, "-v", "ask", SECRET)

    assert ran.code == 0
    assert "hush" not in ran.err
    assert "Wethersund" not in ran.err


def make_read_only(home):
    """Take from everybody the right to write to a home."""
    for path in (*home.rglob("*"), home):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)


@pytest.mark.skipif(not can_drop_privilege(), reason="needs setpriv to be an ordinary user")
def test_home_that_may_only_be_read(sampled):
    """In a home this user may not write to, looking and asking work; writing is refused in one line."""
    make_read_only(sampled.home)
    before = sorted(sampled.home.rglob("*"))

    asked, shown, refused = (
        spawned(sampled.home, *command, unprivileged=True)
        for command in (["ask", "--json", QUESTION], ["status"], ["reindex"])
    )
    sampled.home.chmod(0o700)

    assert (asked.code, asked.err, asked.json["verdict"]) == (0, "", "answer")
    assert (shown.code, shown.err) == (0, "")
    assert refused.code == 2
    assert refused.err.startswith("footnote: cannot write to ")
    assert sorted(sampled.home.rglob("*")) == before


@pytest.mark.skipif(not can_drop_privilege(), reason="needs setpriv to be an ordinary user")
def test_nowhere_to_write(sampled):
    """Where neither the home nor any folder for temporary files takes a byte, it is said what to set."""
    make_read_only(sampled.home)

    asked = spawned(
        sampled.home,
        *("ask", QUESTION),
        unprivileged=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )
    sampled.home.chmod(0o700)

    assert asked.code == 2
    assert "nor in any folder for temporary files" in asked.err
    assert "TMPDIR" in asked.err


def test_as_a_module():
    """The command runs as a module too, with the same exit codes."""
    assert subprocess.run([*COMMAND, "--version"], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*COMMAND, "nonsense"], capture_output=True, check=False).returncode == 2
