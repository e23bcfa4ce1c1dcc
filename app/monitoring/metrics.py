"""Metrics for monitoring the server, so coarse that none reveals when somebody does something (A11).

People's acts are held back and shown once a minute, in batches of ten or more. Gauges (rooms, screens, disk
space) are also updated once a minute, in coarse steps.
"""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.metrics_core import (
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)

from app.monitoring.health import MIB, Finding

#: How often what is shown is renewed, in seconds.
RENEWED = 60.0
#: The fewest acts that are shown: of fewer, each might be traced to somebody.
FEW = 10
#: The steps in which screens and disk space are counted.
SCREENS = 5
ROOM = 64 * MIB
#: Upper bounds, in seconds.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LEVELS = {"ok": 0, "warn": 1, "red": 2}


class Held:
    """Counts and durations by outcome, shown in batches only."""

    def __init__(self, name: str, says: str) -> None:
        self._name = name
        self._says = says
        self._held: Counter[tuple[str, int]] = Counter()
        self._took: Counter[str] = Counter()
        self._shown: Counter[tuple[str, int]] = Counter()
        self._shown_took: Counter[str] = Counter()

    def one(self, outcome: str, seconds: float) -> None:
        """Count one, without showing it yet."""
        self._held[outcome, bisect_left(BUCKETS, seconds)] += 1
        # In ms: the last digits of a sum of floats would reveal the order of adding.
        self._took[outcome] += round(seconds * 1000)

    def renew(self) -> None:
        """A minute is over."""
        if self._held.total() < FEW:
            return
        self._shown += self._held
        self._shown_took += self._took
        self._held.clear()
        self._took.clear()

    def collect(self) -> Metric:
        """What is shown."""
        family = HistogramMetricFamily(self._name, self._says, labels=("outcome",))
        for outcome in sorted({outcome for outcome, _ in self._shown}):
            counts = [self._shown[outcome, at] for at in range(len(BUCKETS) + 1)]
            ends = [*map(str, BUCKETS), "+Inf"]
            below = [(end, float(sum(counts[: at + 1]))) for at, end in enumerate(ends)]
            family.add_metric((outcome,), below, self._shown_took[outcome] / 1000)
        return family


@dataclass(frozen=True)
class Standing:
    """How things stand at one moment; rooms and screens are those of this process, as each is asked."""

    rooms: int
    screens: int
    findings: Sequence[Finding]
    #: Bytes; None if unknown.
    free: int | None
    #: The age of the newest backup in seconds; None if there is none.
    copied: float | None


class Metrics:
    """All figures, as one collector of a registry of their own."""

    def __init__(self, version: str) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self.registry.register(self)
        self.commands = Held(
            "trivsel_command_seconds", "Commands of all screens, until they were stored or refused."
        )
        self.requests = Held("trivsel_http_seconds", "HTTP requests, until their answer began.")
        self._version = version
        self._began = time.time() // 60 * 60
        self._shown: tuple[Metric, ...] = ()

    def renew(self, standing: Standing) -> None:
        """A minute is over."""
        self.commands.renew()
        self.requests.renew()
        self._shown = tuple(self._figures(standing))

    def collect(self) -> Iterable[Metric]:
        """Called by prometheus_client, possibly in a thread of its own."""
        return self._shown

    def _figures(self, standing: Standing) -> Iterable[Metric]:
        yield InfoMetricFamily("trivsel", "The version that runs.", {"version": self._version})
        yield GaugeMetricFamily("trivsel_start_time_seconds", "When it started, to the minute.", self._began)
        yield self.commands.collect()
        yield self.requests.collect()
        yield from _of(standing)


def _of(standing: Standing) -> Iterable[Metric]:
    yield GaugeMetricFamily("trivsel_rooms", "Meetings that are in use at this process.", standing.rooms)
    screens = round(standing.screens / SCREENS) * SCREENS
    yield GaugeMetricFamily(
        "trivsel_screens", f"Screens that are at this process, to the nearest {SCREENS}.", screens
    )
    if standing.free is not None:
        free = standing.free // ROOM * ROOM
        yield GaugeMetricFamily("trivsel_disk_free_bytes", "Room on the disk, in steps of 64 MiB.", free)
    if standing.copied is not None:
        hours = standing.copied // 3600 * 3600
        yield GaugeMetricFamily(
            "trivsel_backup_age_seconds", "Age of the newest copy, in whole hours.", hours
        )
    family = GaugeMetricFamily(
        "trivsel_health", "The lines of `trivsel doctor`: 0 is well, 1 a warning, 2 red.", labels=("line",)
    )
    for finding in standing.findings:
        family.add_metric((finding.id,), _LEVELS[finding.level])
    yield family
