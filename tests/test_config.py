import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from secrets_kept import TOKEN, WEBHOOK_SECRET

from bot.config import SECRETS, ConfigError, Settings, default_home, load_config
from bot.shown_settings import shown_settings


@pytest.fixture
def load(tmp_path):
    """Loads the settings of a home from its file, an environment and flags."""

    def load(toml="", flags=None, **environ):
        if toml:
            (tmp_path / "footnote.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
        return load_config(home=tmp_path, environ=environ, flags=flags or {})

    return load


@pytest.fixture
def problem(load):
    """The problem with settings that make no sense."""

    def problem(*sources, **environ):
        with pytest.raises(ConfigError) as caught:
            load(*sources, **environ)
        return caught.value

    return problem


def test_later_wins(load):
    """A flag wins over the environment, that over the file, that over the default; each says so."""
    config = load(
        "workers = 3\nmax_excerpts = 2\nbackend = 'torch'",
        {"telegram_api_url": "http://127.0.0.1:1/", "backend": None},
        FOOTNOTE_WORKERS="4",
        FOOTNOTE_TELEGRAM_API_URL="http://127.0.0.1:2",
    )

    settings = config.settings
    assert (settings.telegram_api_url, settings.workers, settings.max_excerpts, settings.backend) == (
        "http://127.0.0.1:1",
        4,
        2,
        "torch",
    )
    assert [config.origins[name] for name in ("telegram_api_url", "workers", "max_excerpts", "encoder")] == [
        "flag",
        "environment",
        "footnote.toml",
        "default",
    ]


def test_defaults_need_nothing(tmp_path):
    """A home that does not exist has the default settings, and is not made for asking."""
    config = load_config(home=tmp_path / "none", environ={}, flags={})

    assert config.settings == Settings()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("flag", "variable", "origin"), [("a", "b", "flag"), (None, "b", "environment"), (None, "", "default")]
)
def test_home(tmp_path, monkeypatch, flag, variable, origin):
    """The home comes from the flag, else the environment, else the platform; a ~ is the user's folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = {"flag": tmp_path / "a", "environment": tmp_path / "b", "default": default_home()}[origin]

    config = load_config(
        home=tmp_path / flag if flag else None,
        environ={"FOOTNOTE_HOME": f"~/{variable}" if variable else ""},
        flags={},
    )

    assert (config.home, config.home_origin) == (expected, origin)


def test_file_of_a_home_in_the_users_folder(tmp_path, monkeypatch):
    """The settings file is looked for where the ~ leads."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "footnote.toml").write_text("workers = 7")

    assert load_config(home=None, environ={"FOOTNOTE_HOME": "~"}, flags={}).settings.workers == 7


def test_home_is_a_file(tmp_path):
    """A file where the folder should be is said, with what to change."""
    (tmp_path / "home").write_text("")

    with pytest.raises(ConfigError, match="home is not a folder") as caught:
        load_config(home=tmp_path / "home", environ={}, flags={})

    assert "--home" in caught.value.remedy


@pytest.mark.parametrize(
    ("toml", "environ", "message", "remedy"),
    [
        ("max_excerpt = 1", {}, "footnote.toml holds max_excerpt, which is no", "write max_excerpts, or"),
        ("colour = 1", {}, "footnote.toml holds colour, which is no setting", "remove it; the settings are"),
        ("[bot]\nx = 1", {}, "footnote.toml holds bot, which is no setting", "remove it; the settings are"),
        ("", {"FOOTNOTE_WORKER": "1"}, "environment holds FOOTNOTE_WORKER", "write FOOTNOTE_WORKERS, or"),
        ("fetch_contact = 'Ünal'", {}, "fetch_contact is 'Ünal': write an e-mail or web", "footnote.toml"),
        ("workers = 'many'", {}, "workers is 'many': it should be a valid integer", "footnote.toml"),
        ("workers = 0", {}, "workers is 0: it should be greater", "footnote.toml"),
        ("workers = true", {}, "workers is True: no setting is true or false", "footnote.toml"),
        ("workers = [1]", {}, "workers is [1]: it should be a valid integer", "footnote.toml"),
        ("encoder = ''", {}, "encoder is '': it should have at least 1", "footnote.toml"),
        ("backend = 'gpu'", {}, "backend is 'gpu': it should be 'auto', 'openvino' or 'torch'", "toml"),
        ("answer_threshold = 0.1", {}, "cannot be above answer_threshold (0.1)", "change one of the two"),
        ("", {"FOOTNOTE_ADMINS": "me"}, "FOOTNOTE_ADMINS is 'me': write numeric user ids", "the environment"),
        ("", {"FOOTNOTE_ADMINS": "-100123"}, "FOOTNOTE_ADMINS is '-100123': it should be greater", "the env"),
        ("", {"FOOTNOTE_WEBHOOK_URL": "bot.example"}, "is 'bot.example': an address starts with http", "env"),
        ("", {"FOOTNOTE_WEBHOOK_LISTEN": "8080"}, "is '8080': write host:port", "the environment"),
        ("", {"FOOTNOTE_WEBHOOK_LISTEN": "::1:0"}, "is '::1:0': write host:port", "the environment"),
        ("workers = ", {}, "footnote.toml is not TOML: Invalid value (at", "correct or remove"),
        (b"\xff\xfe\x00", {}, "footnote.toml is not TOML: it is not UTF-8", "correct or remove"),
    ],
)
def test_what_makes_no_sense(problem, toml, environ, message, remedy):
    """The message names the setting, the value and where it stands; the remedy what to change there."""
    said = problem(toml, **environ)

    assert message in said.message
    assert remedy in said.remedy
    assert "\n" not in str(said)


def test_flag_that_makes_no_sense(problem):
    """A flag is named as it is written."""
    said = problem("", {"telegram_api_url": "localhost"})

    assert said.message.startswith("--telegram-api-url is 'localhost': an address starts with")


def test_settings_file_is_a_folder(tmp_path, problem):
    """What cannot be read at all is said with the system's reason."""
    (tmp_path / "footnote.toml").mkdir()

    assert "footnote.toml cannot be read: Is a directory" in problem().message


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_secrets_stay_out_of_the_file(problem, name):
    """A secret in the file is refused without showing it, and not offered for a misspelt name either."""
    refused = problem(f"{name} = 'hush-hush'")
    misspelt = problem(f"{name}s = 'hush-hush'")

    assert refused.message.endswith(f"footnote.toml holds {name}, which is a secret")
    assert f"FOOTNOTE_{name.upper()}" in refused.remedy
    assert "hush" not in f"{refused}{misspelt}"
    assert f"write {name}," not in misspelt.remedy


def test_secrets_are_masked(load):
    """Neither the settings' repr nor what is shown of them holds a secret."""
    config = load(FOOTNOTE_TELEGRAM_TOKEN=TOKEN, FOOTNOTE_WEBHOOK_SECRET=WEBHOOK_SECRET)

    shown = json.dumps(shown_settings(config)) + repr(config)

    assert TOKEN not in shown
    assert WEBHOOK_SECRET not in shown
    assert {row["name"]: row["value"] for row in shown_settings(config)}["telegram_token"] == "set, hidden"


def test_bad_secret_is_not_shown(problem):
    """A secret that Telegram would refuse is refused without showing it."""
    said = problem(FOOTNOTE_WEBHOOK_SECRET="hush hush")

    assert said.message.startswith("FOOTNOTE_WEBHOOK_SECRET: Telegram takes")
    assert "hush" not in str(said)


def test_shown_settings(load):
    """Every setting is shown with its variable, and each has a word on what it is for."""
    rows = shown_settings(load("admins = [1, 2]"))

    assert [row["name"] for row in rows] == ["home", *Settings.model_fields]
    assert all(row["variable"] == f"FOOTNOTE_{row['name'].upper()}" and row["about"] for row in rows)
    assert {row["name"]: row["value"] for row in rows}["admins"] == (1, 2)


@given(st.lists(st.integers(1, 2**52), max_size=5))
def test_admins_as_a_list(tmp_path_factory, ids):
    """Ids separated by commas, with spaces and a last comma, are those ids."""
    text = " , ".join(map(str, ids)) + ","

    config = load_config(home=tmp_path_factory.getbasetemp(), environ={"FOOTNOTE_ADMINS": text}, flags={})

    assert config.settings.admins == tuple(ids)


def test_token_from_the_environment(load):
    """The token is what the environment says, without the spaces around it; it wins over a file."""
    settings = load(FOOTNOTE_TELEGRAM_TOKEN=f" {TOKEN}\n", FOOTNOTE_TELEGRAM_TOKEN_FILE="/nowhere").settings

    assert settings.token() == TOKEN


@pytest.mark.holds_secret("token", "it is the token's own file")
def test_token_from_a_file(load, tmp_path, monkeypatch):
    """The token is what the file holds, wherever the user's folder is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "token").write_text(f"{TOKEN}\n")

    assert load(FOOTNOTE_TELEGRAM_TOKEN_FILE="~/token").settings.token() == TOKEN


def test_no_token(load):
    """Without a token the remedy says where to get one."""
    with pytest.raises(ConfigError, match="there is no Telegram token") as caught:
        load().settings.token()

    assert "@BotFather" in caught.value.remedy


@pytest.mark.holds_secret("token", "it is the token's own file")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "token cannot be read: No such file or directory"),
        (b" \n", "token holds no token"),
        pytest.param(f"{TOKEN}\n{TOKEN}\n".encode(), "token holds more than a token", id="two tokens"),
        (b"\xff\xfe\x00", "token cannot be read: it is not text"),
    ],
)
def test_bad_token_file(load, tmp_path, content, message):
    """A token file that is missing, empty or holds something else is named, and what it holds is not."""
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        load(FOOTNOTE_TELEGRAM_TOKEN_FILE=str(path)).settings.token()

    assert caught.value.message.endswith(message)
    assert TOKEN not in str(caught.value)
