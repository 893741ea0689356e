"""`footnote serve` in a process of its own beside a simulated Telegram, and what it takes of the machine."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from command import SAMPLE, spawn

from bot.simulator import ADMIN, Simulator

READY_S = 600.0
STOP_S = 300.0


@dataclass(frozen=True)
class Served:
    """A bot at work.

    Attributes:
        home: Its home.
        process: Its process.
        log: What it writes to stderr.
    """

    home: Path
    process: subprocess.Popen
    log: Path

    @property
    def rss_mb(self) -> float:
        """Its memory, in MB; as Linux tells."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6

    @property
    def cpu_s(self) -> float:
        """How long it has computed."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def n_descriptors(self) -> int:
        """How many files and connections it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208 - entries come and go

    @property
    def errors(self) -> list[str]:
        """The errors it logged."""
        lines = self.log.read_text("utf-8").splitlines()
        return [line for line in lines if " ERROR " in line or " CRITICAL " in line or "Traceback" in line]


def sample_home(home: Path) -> None:
    """Index the sample library there."""
    for arguments in (["add", str(SAMPLE)], ["reindex"]):
        command(home, *arguments)


def command(home: Path, *arguments: str) -> None:
    """Run a command on the home, however long it takes on a busy machine."""
    with spawn(home, *arguments) as process:
        _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(said)


@asynccontextmanager
async def served(telegram: Simulator, home: Path, **settings: object) -> AsyncIterator[Served]:
    """The bot of a home, once it asks for updates; stopped as a service is."""
    log = home / "serve.log"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    environ |= {
        "FOOTNOTE_TELEGRAM_TOKEN": telegram.token,
        "FOOTNOTE_TELEGRAM_API_URL": telegram.url,
        "FOOTNOTE_ADMINS": str(ADMIN.id),
        **{f"FOOTNOTE_{name.upper()}": str(value) for name, value in settings.items()},
    }
    with log.open("w", encoding="utf-8") as stderr:
        process = spawn(home, "serve", stderr=stderr, stdout=subprocess.DEVNULL, env=environ)
        try:
            await telegram.wait_for(lambda: telegram.sent("setMyCommands"), timeout_s=READY_S)
            yield Served(home, process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.wait, STOP_S)
