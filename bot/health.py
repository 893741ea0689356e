"""`footnote health`: what the bot that serves this home says of itself, for container checks."""

from __future__ import annotations

import http.client
import json

from bot.config import Config, ConfigError, host_and_port
from bot.question import tidy

_PATIENCE_S = 5.0
_MAX_BYTES = 100_000
# What listens everywhere is asked on this machine.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - it binds nothing


def health_of(config: Config, *, ready: bool) -> tuple[bool, str]:
    """Whether it is alive, or ready to answer, and what it says.

    Raises:
        ConfigError: It is set up to tell nobody.
    """
    listen = config.settings.metrics_listen
    if listen is None:
        raise ConfigError(
            "a bot that is set up like this tells nobody how it is",
            "set FOOTNOTE_METRICS_LISTEN, for example to 127.0.0.1:9464, and start the bot again",
        )
    host, port = host_and_port(listen)
    # Not by urllib, which a proxy of the environment would be asked for.
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/ready" if ready else "/health")
        response = connection.getresponse()
        told = json.loads(response.read(_MAX_BYTES))
        problems = [f"{name}: {problem}" for name, problem in told.get("problems", {}).items()]
        return response.status == 200, tidy("; ".join([told["status"], *problems]))
    except (OSError, http.client.HTTPException) as error:
        return False, f"nothing answers on {listen} ({type(error).__name__})"
    except (AttributeError, KeyError, TypeError, ValueError):
        return False, f"what answers on {listen} is no footnote"
    finally:
        connection.close()
