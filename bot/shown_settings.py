"""The settings as `footnote config` shows them."""

from __future__ import annotations

from pathlib import Path

from bot.config import PREFIX, SECRETS, Config, Settings


def shown_settings(config: Config) -> list[dict[str, object]]:
    """Every setting with its value and origin, for people and programs: secrets are masked."""
    rows: list[dict[str, object]] = [
        {
            "name": "home",
            "value": str(config.home),
            "origin": config.home_origin,
            "variable": f"{PREFIX}HOME",
            "about": "Where everything is kept",
        }
    ]
    for name, field in Settings.model_fields.items():
        value = getattr(config.settings, name)
        if name in SECRETS:
            value = None if value is None else "set, hidden"
        elif isinstance(value, Path):
            value = str(value)
        elif name == "smoke_questions":
            value = tuple(map(str, value))
        rows.append(
            {
                "name": name,
                "value": value,
                "origin": config.origins[name],
                "variable": f"{PREFIX}{name.upper()}",
                "about": field.description,
            }
        )
    return rows
