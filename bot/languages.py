"""The languages the bot speaks, as those who read them call them (pure)."""

from __future__ import annotations

# Not in the catalogues: whoever looks for their language reads only its own name.
NAMES = {
    "en": "English",
    "ru": "Русский",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "uk": "Українська",
}
