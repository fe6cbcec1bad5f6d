"""Interleaved rounds: every variant and its baseline in turn, told as ratios, never as bare times."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

IS_BENCH = "BENCH_SIZES" in os.environ
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "1"))
# Ratios are of a shared machine: fail only with a quarter of room.
ROOM = 0.75


@dataclass(frozen=True)
class Variant:
    """One thing to measure, how often in a round, and within what, which is not timed."""

    run: Callable[[], object]
    times: int = 1
    within: Callable[[], AbstractContextManager[object]] = nullcontext


@dataclass(frozen=True)
class Ratio:
    """How often as fast as the baseline, round by round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def told(self) -> dict[str, float]:
        low, middle, high = statistics.quantiles(self.values, n=4) if len(self.values) > 1 else self.values * 3
        return {"q1": round(low, 3), "median": round(middle, 3), "q3": round(high, 3)}


def compare(baseline: Variant, variants: Mapping[str, Variant], *, rounds: int = ROUNDS) -> dict[str, Ratio]:
    """Each variant's speed as a ratio to the baseline's in the same round; one round before is not counted."""
    assert "" not in variants, "no name is the baseline's"
    everything = {"": baseline, **variants}
    seconds: dict[str, list[float]] = {name: [] for name in everything}
    for number in range(rounds + 1):
        for name, variant in everything.items():
            found = _timed(variant)
            if number:
                seconds[name].append(found)
    return {
        name: Ratio(tuple(base / mine for base, mine in zip(seconds[""], seconds[name], strict=True)))
        for name in variants
    }


def _timed(variant: Variant) -> float:
    with variant.within():
        start = time.perf_counter()
        for _time in range(variant.times):
            variant.run()
        return (time.perf_counter() - start) / variant.times


def tell(name: str, lines: object) -> None:
    """Print the figures, and add them to the file that `script/bench --json` names."""
    print(name, json.dumps(lines))
    if target := os.environ.get("BENCH_JSON"):
        path = Path(target)
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() and path.stat().st_size else {}
        path.write_text(json.dumps({**known, name: lines}, indent=2) + "\n", encoding="utf-8")


def judge(found: Mapping[str, Ratio], wanted: Mapping[str, float]) -> None:
    """Fail where a median misses what was promised; a smoke run measures nothing."""
    if IS_BENCH:
        missed = {name: found[name].told() for name, least in wanted.items() if found[name].median < least * ROOM}
        assert not missed, missed
