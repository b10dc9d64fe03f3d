"""Where the time of an import goes: one process, a stopwatch around the public function of each stage.

Used by ``benchmarks.backlog``; ``python -m benchmarks.import_shares HOME`` syncs the inbox of a home folder
and prints the seconds per stage as JSON.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

from pipelines import decoding, intake, settings, steps

# stage → the functions that make it up, by the module whose attribute is called
STAGES: dict[str, list[tuple[ModuleType, str]]] = {
    "find, hash": [(intake, "find_files"), (intake, "look")],
    "decode": [(decoding, "read_workouts")],
    "quality, per activity": [(decoding, "summarise")],
    "measures of streams": [(decoding, "stream_measure_of")],
    "keep originals": [(intake, "keep_original")],
    "store": [(intake, "write_batch")],
    "measure (views, per day)": [(steps, "measure")],
    "assess": [(steps, "assess")],
    "alerts": [(steps, "deliver")],
    "publish": [(steps, "publish")],
}


def main() -> None:
    seconds = measured(Path(sys.argv[1]))
    print(json.dumps(seconds))


def measured(home_path: Path) -> dict[str, float]:
    """Seconds per stage of one sync of the inbox with one worker; ``all`` is the whole of it.

    The functions of each stage are replaced in this process, so call it in one of its own.
    """
    spent: Counter[str] = Counter()
    for stage, places in STAGES.items():
        for module, name in places:
            setattr(module, name, _timed(spent, stage, getattr(module, name)))
    config = settings.load(home_path).model_copy(update={"workers": 1})
    began = time.perf_counter()
    with steps.open_home(config) as home:
        steps.sync(
            home,
            {a.id: [steps.inbox_of(home.settings, a)] for a in home.logbook.athletes()},
            lambda _: nullcontext(lambda *_: None),
        )
    whole = time.perf_counter() - began
    return {**{stage: spent[stage] for stage in STAGES}, "rest": whole - spent.total(), "all": whole}


def _timed(spent: Counter[str], stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            spent[stage] += time.perf_counter() - began  # type: ignore[assignment]

    return timed


if __name__ == "__main__":
    main()
