"""What a site allows programs to read (robots.txt, RFC 9309)."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from corpus.page_address import origin_of
from corpus.refused import Refused

MAX_ROBOTS_BYTES = 512_000  # the RFC asks for 500 KiB at least; what follows is not read
MAX_CRAWL_DELAY_S = 10.0

_KEPT_S = 3_600.0
_TROUBLE_KEPT_S = 300.0
_MAX_KEPT_CHARS = 4 * MAX_ROBOTS_BYTES
_ENTRY_CHARS = 2_000  # what an entry costs at least, in the same unit
_AGENT_LINE = re.compile(r"\s*user[-\s]*agent\s*[:\s](?P<name>[^#]*)", re.IGNORECASE)


class Rules:
    """What one robots.txt says to one program.

    Args:
        text: The file; empty where there is none.
        agent: The program's name, without version.
    """

    def __init__(self, text: str, agent: str) -> None:
        self._agent = agent
        self._protego = Protego.parse(_of_interest(text, agent))

    def allow(self, address: str) -> bool:
        """Whether the page may be read."""
        return self._protego.can_fetch(address, self._agent)

    def delay_s(self) -> float:
        """The pause it asks for between two pages, in seconds, within reason."""
        return min(self._protego.crawl_delay(self._agent) or 0.0, MAX_CRAWL_DELAY_S)


def _of_interest(text: str, agent: str) -> str:
    """The file with all other programs called by one name.

    The parser keeps every rule once for each program it is for. A file of half a megabyte can name so many
    programs and rules that these fill the memory.
    """
    ours = {"", agent.lower()}
    lines: list[str] = []
    for line in text.splitlines():
        match = _AGENT_LINE.match(line)
        if match and match["name"].strip().rstrip("*").lower() not in ours:
            line = "User-agent: another"
        if not lines or line != lines[-1]:
            lines.append(line)
    return "\n".join(lines)


@dataclass(slots=True)
class _Entry:
    lock: Lock
    rules: Rules | Refused | None = None
    kept_until: float = 0.0
    cost_chars: int = _ENTRY_CHARS


class RobotsCache:
    """The rules of the sites that were asked last.

    Args:
        agent: The program's name, without version.
        ask: Gives the text at an address, empty where there is none, or raises `Refused`.
        clock: Seconds that never go back.
    """

    def __init__(self, agent: str, ask: Callable[[str], str], clock: Callable[[], float]) -> None:
        self._agent = agent
        self._ask = ask
        self._clock = clock
        self._lock = Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def rules_for(self, address: str) -> Rules:
        """The rules of the site that the page is on; they are asked for once an hour.

        Raises:
            Refused: The site cannot say what it allows, and so nothing is.
        """
        origin = origin_of(address)
        with self._lock:
            entry = self._entries.setdefault(origin, _Entry(Lock()))
            self._entries.move_to_end(origin)
        with entry.lock:
            if entry.rules is None or self._clock() > entry.kept_until:
                self._fill(entry, origin)
            rules = entry.rules
        self._shrink()
        if isinstance(rules, Rules):
            return rules
        assert rules is not None
        raise Refused(f"{rules.problem} (asked for robots.txt)", rules.remedy)

    def _fill(self, entry: _Entry, origin: str) -> None:
        try:
            text = self._ask(origin + "/robots.txt")
        except Refused as trouble:
            entry.rules = Refused(trouble.problem, trouble.remedy)
            entry.kept_until = self._clock() + _TROUBLE_KEPT_S
            return
        entry.rules = Rules(text, self._agent)
        entry.cost_chars = _ENTRY_CHARS + len(text)
        entry.kept_until = self._clock() + _KEPT_S

    def _shrink(self) -> None:
        with self._lock:
            cost = sum(entry.cost_chars for entry in self._entries.values())
            while cost > _MAX_KEPT_CHARS and len(self._entries) > 1:
                cost -= self._entries.popitem(last=False)[1].cost_chars
