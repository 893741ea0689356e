"""What the container, the unit and the runbook name is there."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from test_docs import parse

from bot.app import FINISH_WITHIN_S
from bot.cli import cli
from bot.config import Settings, load_config

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["footnote"]
UNIT = (ROOT / "deploy" / "footnote.service").read_text("utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
FILES = {"Dockerfile": DOCKERFILE, "compose.yaml": str(COMPOSE), "unit": UNIT, "runbook": RUNBOOK}


def seconds(written):
    """A time such as 60s."""
    return float(written.removesuffix("s"))


@pytest.mark.parametrize("name", FILES)
def test_settings_exist(name):
    """Every setting that is named is one."""
    named = set(re.findall(r"FOOTNOTE_([A-Z_]+)", FILES[name])) - {"HOME"}

    assert named
    assert {each.lower() for each in named} <= Settings.model_fields.keys()


def test_settings_make_sense(tmp_path):
    """What the container and the unit set can be loaded."""
    for text in (DOCKERFILE.replace(" \\\n", "\n"), UNIT):
        environ = dict(re.findall(r"^(?:Environment=|\s+)(FOOTNOTE_[A-Z_]+)=(\S+)$", text, re.MULTILINE))
        settings = load_config(home=tmp_path, environ=environ, flags={}).settings

        assert (settings.log_format, settings.metrics_listen) == ("json", "127.0.0.1:9464")


def test_commands_of_the_runbook():
    """Every command that it tells people to type is understood."""
    for fence in re.findall(r"^```\n(.*?)^```", RUNBOOK, re.DOTALL | re.MULTILINE):
        for line in fence.splitlines():
            if line.startswith("footnote "):
                parse(shlex.split(line)[1:])
    for written in re.findall(r"`(?:sudo [^`]*/)?footnote ([a-z][^`]*)`", RUNBOOK):
        name, *rest = shlex.split(written)
        if name in ("backup", "restore") and name not in cli.commands:
            continue
        options = {each for each in rest if each.startswith("--")}
        known = {spelling for each in cli.commands[name].params for spelling in each.opts}
        assert options <= known, written


def test_commands_of_the_container():
    """It runs, and asks for its health by, commands that there are."""
    run = re.search(r'^ENTRYPOINT \["footnote"\]\nCMD \["(\w+)"\]$', DOCKERFILE, re.MULTILINE)
    asked = re.search(r'CMD \["footnote", "(\w+)"\]$', DOCKERFILE, re.MULTILINE)

    assert {run[1], asked[1]} <= cli.commands.keys()
    assert "/footnote serve" in UNIT


def test_files_exist():
    """Every file that is copied or named is there, and the container is sent nothing else."""
    copied = {
        each
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for each in line.split()
    }
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert copied == sent
    assert all((ROOT / each).exists() for each in copied)
    for named in ("deploy/footnote.service", "compose.yaml", "constraints.txt"):
        assert named in RUNBOOK
        assert (ROOT / named).exists()


def test_as_the_wheel_is_built():
    """The container is built of the packages that an install has."""
    packages = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    for package in re.findall(r'"(\w+)"', packages[1]):
        assert f"COPY {package} ./{package}\n" in DOCKERFILE
    assert DOCKERFILE.count("-c constraints.txt") == 2


def test_who_it_runs_as():
    """Both run it as somebody who may write the home only, with no capability left."""
    [uid] = re.findall(r"^USER (\d+:\d+)$", DOCKERFILE, re.MULTILINE)

    assert COMPOSE["user"] == uid
    assert COMPOSE["read_only"] is True
    assert COMPOSE["cap_drop"] == ["ALL"]
    assert COMPOSE["security_opt"] == ["no-new-privileges:true"]
    assert COMPOSE["volumes"] == ["home:/var/lib/footnote"]
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "PrivateTmp=yes"):
        assert f"\n{line}\n" in UNIT


def test_time_to_finish():
    """Both wait longer than the bot takes to finish what it is answering."""
    stop_s = re.search(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)

    assert seconds(COMPOSE["stop_grace_period"]) > FINISH_WITHIN_S
    assert float(stop_s[1]) > FINISH_WITHIN_S


def test_no_token_in_the_image():
    """The token is a file that neither git nor the image sees."""
    ignored = (ROOT / ".gitignore").read_text().splitlines()

    assert "telegram_token" in ignored
    assert "TOKEN" not in DOCKERFILE
    assert "TELEGRAM_TOKEN=" not in UNIT


def test_metrics_of_the_runbook():
    """Every metric that an alert is on is made, by its name there."""
    made = "".join((ROOT / "bot" / name).read_text("utf-8") for name in ("metrics.py", "standing.py"))

    for name in set(re.findall(r"footnote_\w+", RUNBOOK)):
        plain = re.sub(r"^footnote_|_(total|bucket|count)$", "", name)
        assert re.search(rf'"(footnote_)?{plain}"', made), name


def test_unit_is_sound(tmp_path):
    """Systemd understands every line of it."""
    unit = tmp_path / "footnote.service"
    unit.write_text(UNIT.replace("/opt/footnote/bin/footnote", "/bin/true"))
    try:
        ran = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not here")

    assert (ran.returncode, ran.stderr) == (0, "")
