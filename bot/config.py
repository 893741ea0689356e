"""Settings: flags over environment over footnote.toml over defaults; anything unknown is an error."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from platformdirs import user_data_path
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NegativeInt,
    PositiveInt,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.group_rules import (
    GROUP_PER_MINUTE,
    MAX_WAITING,
    PER_MINUTE,
    PRIVATE_PER_MINUTE,
    TOTAL_PER_MINUTE,
)
from bot.logs import LogFormat
from bot.question import objection, tidy
from bot.words import ENGLISH
from corpus.errors import FootnoteError
from retrieval.encoder import Backend
from retrieval.manifest import INDEX_RECALL
from retrieval.model_folder import DEFAULT_MODEL
from retrieval.score import WEIGHTS
from retrieval.smoke import SmokeQuestion

PREFIX = "FOOTNOTE_"
FILE = "footnote.toml"

# Never read from footnote.toml, which ends up in backups and screenshots.
SECRETS = frozenset({"telegram_token", "webhook_secret"})

Origin = Literal["default", "footnote.toml", "environment", "flag"]

# More would make every reindex wait for them: one takes as long as an answer.
MAX_SMOKE_QUESTIONS = 50
_SMOKE_FORM = (
    'write ["Who wrote the report?"], or {question = "Who wrote the report?", article = "its id or address"}'
    " where one article has to be quoted"
)

# What Telegram takes as a webhook's secret.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ConfigError(FootnoteError):
    """A setting or argument that makes no sense."""


class Settings(BaseModel):
    """Every setting; each field's description is what the README and `footnote config` say of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram_token: SecretStr | None = Field(None, description="The bot's token, from @BotFather")
    telegram_token_file: Path | None = Field(None, description="A file that holds the token instead")
    telegram_api_url: str = Field("https://api.telegram.org", description="Another Bot API server")
    admins: tuple[PositiveInt, ...] = Field(
        (), description="User ids that may change the library from Telegram, separated by commas"
    )
    groups: tuple[NegativeInt, ...] = Field(
        (), description="Ids of the groups in which the bot stays, separated by commas; any when unset"
    )
    questions_per_minute: PositiveInt = Field(
        PER_MINUTE, description="Questions of one person in groups; inline, where typing asks, five times it"
    )
    group_questions_per_minute: PositiveInt = Field(
        GROUP_PER_MINUTE, description="Questions of a group together; Telegram lets 20 be answered"
    )
    private_questions_per_minute: PositiveInt = Field(
        PRIVATE_PER_MINUTE,
        description="Questions of one person in private; long and filtered ones count more",
    )
    total_questions_per_minute: PositiveInt = Field(
        TOTAL_PER_MINUTE, description="Questions of everybody together; Telegram lets 1,800 be answered"
    )
    max_waiting: int = Field(
        MAX_WAITING,
        ge=10,
        le=10_000,
        description="Questions that wait or are being answered; others are told so",
    )
    webhook_url: str | None = Field(None, description="Public address for updates; polling when unset")
    webhook_listen: str = Field("127.0.0.1:8080", description="Where the webhook listens, host:port")
    webhook_secret: SecretStr | None = Field(
        None, description="Shown by Telegram with each update; made up when unset"
    )
    encoder: Annotated[str, Field(min_length=1)] = Field(
        DEFAULT_MODEL, description="Model: the packaged one, `multilingual`, a folder, a name on a hub"
    )
    cross_encoder: Annotated[str, Field(min_length=1)] = Field(
        "auto", description="Reads the question with each text: `packaged`, a folder, a name on a hub, `off`"
    )
    backend: Backend = Field("auto", description="`openvino`, `torch`, or `auto`: the first that works")
    max_excerpts: int = Field(3, ge=1, le=3, description="Quotations in an answer, at most")
    max_excerpt_chars: int = Field(
        400, ge=100, le=1000, description="How far neighbouring sentences may widen a quotation"
    )
    max_passage_chars: int = Field(
        700, ge=200, le=2000, description="Longest passage; changing it needs a reindex"
    )
    recency_half_life: float = Field(
        14, gt=0, le=36_500, description="Days after which an article counts as half as recent"
    )
    answer_threshold: float = Field(
        WEIGHTS.thresholds["answer"],
        ge=0,
        le=1,
        description="Probability from which an excerpt is an answer; more where no cross-encoder has read it",
    )
    related_threshold: float = Field(
        WEIGHTS.thresholds["related"], ge=0, le=1, description="Probability from which it is shown as related"
    )
    stale_after_days: int | None = Field(
        None, ge=1, le=36_500, description="Days without a refresh after which readers and admins are told"
    )
    max_loss: float = Field(
        0.3, ge=0, le=1, description="Share of the articles that one reindex or refresh may lose unforced"
    )
    index_recall: float = Field(
        INDEX_RECALL, ge=0.5, le=1, description="Share of the nearest passages that a large index has to find"
    )
    smoke_questions: Annotated[tuple[SmokeQuestion, ...], Field(max_length=MAX_SMOKE_QUESTIONS)] = Field(
        (), description="Questions that a new snapshot has to answer before it is switched to"
    )
    fetch_allowed_hosts: tuple[str, ...] = Field(
        (), description="Hosts that pages may be fetched from though they are inside a network"
    )
    fetch_contact: str | None = Field(
        None, max_length=200, description="Told to the servers of pages: an e-mail or web address of yours"
    )
    workers: int = Field(2, ge=1, le=64, description="Questions answered at the same time")
    log_format: LogFormat = Field(
        "text", description="How `footnote serve` logs: `text`, or `json`, a line each"
    )
    metrics_listen: str | None = Field(
        None, description="Where /metrics, /health and /ready are served, host:port; nowhere when unset"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _is_no_switch(cls, value: object) -> object:
        if isinstance(value, bool):  # which would pass for 0 or 1
            raise ValueError("no setting is true or false")
        return value

    @field_validator("admins", "groups", mode="before")
    @classmethod
    def _split_ids(cls, value: object, field: ValidationInfo) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.lstrip("-").isdecimal() for part in parts):
                whose = "user" if field.field_name == "admins" else "group"
                raise ValueError(f"write numeric {whose} ids, separated by commas")
            return parts
        return value

    @field_validator("smoke_questions", mode="before")
    @classmethod
    def _questions_or_tables(cls, value: object) -> object:
        asked = value.splitlines() if isinstance(value, str) else value
        if not isinstance(asked, list | tuple):
            raise ValueError(_SMOKE_FORM)
        return [_smoke_question(each) for each in asked]

    @field_validator("fetch_allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            return value
        from corpus.page_address import host_form  # only who allows hosts waits for what reads their names
        from corpus.refused import Refused

        try:
            return [host_form(part.strip()) for part in parts if part.strip()]
        except Refused as refused:
            raise ValueError("write host names such as intranet.example, separated by commas") from refused

    @field_validator("fetch_contact")
    @classmethod
    def _fits_header(cls, value: str | None) -> str | None:
        if value and not (value.isascii() and value.isprintable()):
            raise ValueError("write an e-mail or web address in letters of ASCII")
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/\s]", value):
            raise ValueError("an address starts with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _is_host_and_port(cls, value: str | None) -> str | None:
        host, _, port = (value or "127.0.0.1:1").rpartition(":")
        if not host or not re.fullmatch(r"\d{1,5}", port) or not 0 < int(port) < 65536:
            raise ValueError("write host:port, for example 127.0.0.1:8080")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _can_be_sent(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("Telegram takes 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _thresholds_in_order(self) -> Self:
        if self.related_threshold > self.answer_threshold:
            raise ValueError(
                f"related_threshold ({self.related_threshold:g}) cannot be above answer_threshold"
                f" ({self.answer_threshold:g})"
            )
        return self

    def token(self) -> str:
        """The bot's token.

        Raises:
            ConfigError: There is none, or its file cannot be read.
        """
        if self.telegram_token:
            origin, token = f"{PREFIX}TELEGRAM_TOKEN", self.telegram_token.get_secret_value().strip()
        elif self.telegram_token_file:
            origin, token = str(self.telegram_token_file), _read_token(self.telegram_token_file)
        else:
            raise ConfigError(
                "there is no Telegram token",
                "get one from @BotFather and set FOOTNOTE_TELEGRAM_TOKEN, or try it without: footnote demo",
            )
        if len(token.split()) != 1:
            found = "no token" if not token else "more than a token"
            raise ConfigError(f"{origin} holds {found}", "put the token there that @BotFather shows")
        return token


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one home, and where each came from."""

    home: Path
    home_origin: Origin
    settings: Settings
    origins: Mapping[str, Origin]


def host_and_port(listen: str) -> tuple[str, int]:
    """The two parts of a setting that says where to listen."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def default_home() -> Path:
    """The platform's folder for this user's data."""
    return user_data_path("footnote", appauthor=False)


def chosen_home(home: Path | None, environ: Mapping[str, str]) -> tuple[Path, Origin]:
    """The folder that a command works on, and where that comes from; arguments as for `load_config`.

    Raises:
        ConfigError: It is no folder.
    """
    origin: Origin = "flag" if home else "environment" if environ.get(f"{PREFIX}HOME") else "default"
    home = (home or Path(environ.get(f"{PREFIX}HOME") or default_home())).expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise ConfigError(f"{home} is not a folder", "choose another with --home or FOOTNOTE_HOME")
    return home, origin


def load_config(*, home: Path | None, environ: Mapping[str, str], flags: Mapping[str, object]) -> Config:
    """Settings from every source; nothing is written.

    Args:
        home: From ``--home``; else FOOTNOTE_HOME, else `default_home`.
        environ: The environment.
        flags: Settings given on the command line; None means not given.

    Raises:
        ConfigError: A setting is unknown or makes no sense; the message says which and from where.
    """
    home, home_origin = chosen_home(home, environ)
    sources: list[tuple[Origin, dict[str, object]]] = [
        ("footnote.toml", _from_file(home / FILE)),
        ("environment", _from_environment(environ)),
        ("flag", {name: value for name, value in flags.items() if value is not None}),
    ]
    values: dict[str, object] = {}
    origins: dict[str, Origin] = dict.fromkeys(Settings.model_fields, "default")
    for origin, found in sources:
        values |= found
        origins |= dict.fromkeys(found, origin)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise _explained(error, values, origins, home / FILE) from None
    return Config(home, home_origin, settings, origins)


def _smoke_question(written: object) -> dict[str, str]:
    table = {"question": written} if isinstance(written, str) else written
    if not isinstance(table, dict) or not {"question"} <= table.keys() <= {"question", "article"}:
        raise ValueError(_SMOKE_FORM)
    if not all(isinstance(value, str) and value.strip() for value in table.values()):
        raise ValueError(_SMOKE_FORM)
    tidied = {name: tidy(value) for name, value in table.items()}
    if problem := objection(ENGLISH, tidied["question"]):
        raise ValueError(problem)
    return tidied


def _read_token(path: Path) -> str:
    path = path.expanduser().absolute()
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ConfigError(
            f"the token file {path} cannot be read: {reason}",
            "set FOOTNOTE_TELEGRAM_TOKEN_FILE to a readable file that holds only the token",
        ) from error


def _from_file(path: Path) -> dict[str, object]:
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}", f"make it readable for this user, or remove {path}"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise ConfigError(f"{path} is not TOML: {reason}", f"correct or remove {path}") from error
    for name in sorted(SECRETS & found.keys()):
        raise ConfigError(
            f"{path} holds {name}, which is a secret",
            f"set {PREFIX}{name.upper()} in the environment instead, and take it out of {path}",
        )
    return found


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and name != f"{PREFIX}HOME" and value
    }


def _explained(
    error: ValidationError, values: Mapping[str, object], origins: Mapping[str, Origin], file: Path
) -> ConfigError:
    """The first problem in words: which setting, from where, what is wrong, and what to do."""
    problem = error.errors(include_url=False, include_input=False)[0]
    reason = re.sub(r"^(Input|String) should", "it should", problem["msg"].removeprefix("Value error, "))
    if not problem["loc"]:
        return ConfigError(reason, "change one of the two")
    name = str(problem["loc"][0])
    shown, place = {
        "footnote.toml": (name, str(file)),
        "environment": (f"{PREFIX}{name.upper()}", "the environment"),
        "flag": (f"--{name.replace('_', '-')}", "the command"),
    }[origins[name]]
    if problem["type"] == "extra_forbidden":
        return ConfigError(f"{place} holds {shown}, which is no setting", _instead(name, origins[name]))
    value = "" if name in SECRETS else f" is {values[name]!r}"
    return ConfigError(f"{shown}{value}: {reason}", f"correct it in {place}")


def _instead(name: str, origin: Origin) -> str:
    known = [each for each in Settings.model_fields if origin == "environment" or each not in SECRETS]
    for close in difflib.get_close_matches(name, known, n=1):
        return f"write {PREFIX + close.upper() if origin == 'environment' else close}, or remove it"
    return f"remove it; the settings are {', '.join(known)}"
