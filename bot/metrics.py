"""Numbers for Prometheus: what was logged, counted, and how things stand when somebody asks.

What happens is taken from the log's own records, so nothing has to be told twice, and nothing can be measured
that may not be logged. A label is one of a few fixed words of this program, never anything that was written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.standing import Standing

_MS = re.compile(r"(\w+)_ms")
_STAGES = ("wait", "filters", "encode", "search", "read", "glance", "verify", "send")
# From a stage that took nothing to a reply that waited out a flood.
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90)
_LAGS_S = (1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400)
# More kinds of problems than there are; should a name ever be made up, the rest is told together.
_MAX_EVENTS = 100


class Metrics(logging.Handler):
    """Counts what is logged; to be added to the root logger.

    Args:
        standing: How things stand.
    """

    def __init__(self, standing: Standing) -> None:
        super().__init__(logging.INFO)
        self._registry = registry = CollectorRegistry()
        registry.register(_Gauges(standing))
        ProcessCollector(registry=registry)
        seconds = partial(Histogram, buckets=_BUCKETS_S, registry=registry)
        counter = partial(Counter, registry=registry)
        self._stages = seconds("footnote_stage_seconds", "Time of a question, by stage.", ["stage"])
        self._whole = seconds(
            "footnote_question_seconds",
            "From a question in hand to its reply sent, by kind of update.",
            ["kind"],
        )
        self._lag = Histogram(
            "footnote_update_lag_seconds",
            "From a question sent to it in hand; Telegram tells whole seconds.",
            buckets=_LAGS_S,
            registry=registry,
        )
        self._counted = counter("footnote_counted", "Questions, verdicts, what readers pressed.", ["what"])
        self._floods = counter("footnote_floods", "Calls that Telegram refused for speed.")
        self._flood_waits = counter("footnote_flood_wait_seconds", "How long it asked to wait.")
        self._problems = counter("footnote_problems", "Warnings and errors logged.", ["level", "event"])
        self._events: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Count what a record tells."""
        event, known = getattr(record, "event", record.funcName), getattr(record, "about", {})
        if event == "asked":
            self._note_question(known)
        elif event == "flood":
            self._floods.inc()
            self._flood_waits.inc(known["wait_s"])
        if record.levelno >= logging.WARNING:
            self._problems.labels(record.levelname.lower(), self._bounded(str(event))).inc()

    def page(self) -> bytes:
        """Everything, as Prometheus reads it. Reads files: not for the event loop."""
        return generate_latest(self._registry)

    def _note_question(self, known: Mapping[str, object]) -> None:
        for name, value in known.items():
            stage = _MS.fullmatch(name)
            if stage and stage[1] in _STAGES and isinstance(value, float):
                self._stages.labels(stage[1]).observe(value / 1000)
        took_ms, lag_s = known["took_ms"], known.get("lag_s")
        if isinstance(took_ms, float):
            self._whole.labels(known["kind"]).observe(took_ms / 1000)
        if isinstance(lag_s, float):
            self._lag.observe(lag_s)
        for what in str(known["counted"]).split(","):
            self._counted.labels(what).inc()

    def _bounded(self, event: str) -> str:
        if len(self._events) < _MAX_EVENTS:
            self._events.add(event)
        return event if event in self._events else "other"


class _Gauges(Collector):
    """How things stand, read when it is asked for."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterable[Metric]:
        """A metric each; what cannot be read now is left out."""
        for name, about, value in self._standing.numbers():
            yield GaugeMetricFamily(f"footnote_{name}", about, value=value)
        yield from self._reindex()

    def _reindex(self) -> Iterator[Metric]:
        ended = self._standing.desk.last_reindex.ended
        if ended is not None:
            told = GaugeMetricFamily(
                "footnote_reindex_ended_timestamp_seconds",
                "When this process last ended a reindex, by its outcome.",
                labels=["outcome"],
            )
            told.add_metric([ended[1]], ended[0])
            yield told

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is depends on the moment."""
        return ()
