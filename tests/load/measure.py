"""Measurements and their formats: percentiles, CPU time of a process tree, memory."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values is; nan when there is none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def latencies(seconds: Sequence[float]) -> str:
    """p50 / p90 / p99 in ms."""
    return " / ".join(f"{percentile(seconds, share) * 1000:.1f}" for share in (0.5, 0.9, 0.99))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its threads so far, from the kernel's own nanoseconds."""
    return _scheduled(pid, 0)


def waited_seconds(pid: int) -> float:
    """How long a process and its threads have been runnable so far without getting a CPU."""
    return _scheduled(pid, 1)


def _scheduled(pid: int, field: int) -> float:
    total = 0
    for process in _tree(pid):
        for told in Path(f"/proc/{process}/task").glob("*/schedstat"):
            # A thread may have ended since.
            with suppress(OSError):
                total += int(Path(told).read_text().split()[field])
    return total / 1e9


def resident(pid: int) -> int:
    """Resident bytes of a process and its children."""
    return sum(psutil.Process(process).memory_info().rss for process in _tree(pid))


def _tree(pid: int) -> list[int]:
    parent = psutil.Process(pid)
    return [pid, *(child.pid for child in parent.children(recursive=True))]


def pin(pid: int, core: int) -> None:
    """Keep server and generator off each other's core, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for process in _tree(pid):
            for thread in Path(f"/proc/{process}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {cores[core % len(cores)]})


def give_way(pid: int) -> None:
    """Run only while nothing else wants the core, where the system can do that."""
    if sys.platform == "linux":
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setscheduler(int(thread.name), os.SCHED_IDLE, os.sched_param(0))


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = ["", f"## {title}", "", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
