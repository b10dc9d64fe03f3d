"""Memory and time for one recording of 100,000 samples, each reader in a fresh process of its own."""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

RECORDS = 100_000
START = 1_000_000_000
# (number, size, base type) of record fields as a current watch writes them.
_FIELDS = ((253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (5, 4, 0x86), (73, 4, 0x86), (78, 4, 0x86), (7, 2, 0x84),
           (39, 2, 0x84), (41, 2, 0x84), (84, 2, 0x84), (3, 1, 2), (4, 1, 2), (53, 1, 2), (13, 1, 1))  # fmt: skip
_TURNS = 5  # a message of another kind after so many samples


def measured_in_a_fresh_process() -> Iterator[str]:
    """Lines that say what reading the large file costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.fit"
        path.write_bytes(large_fit())
        yield f"\nOne file of {RECORDS:,} records, {path.stat().st_size / 1e6:.1f} MB, in a fresh process each:"
        for reader in ("kneewise", "fitparse"):
            plain, traced = (
                json.loads(
                    subprocess.run(
                        [sys.executable, "-m", "benchmarks.large_fit", reader, str(path), how],
                        capture_output=True,
                        text=True,
                        check=True,
                    ).stdout
                )
                for how in ("plain", "traced")
            )
            yield (
                f"  {reader:<10} {plain['cpu_s']:.3f} s CPU, peak RSS {plain['peak_mb']:.0f} MB "
                f"({plain['before_mb']:.0f} MB before reading), allocated at peak {traced['traced_mb']:.1f} MB"
            )


def large_fit() -> bytes:
    """A run of ``RECORDS`` samples, one a second, and its session."""
    layout = struct.pack("<BBBHB", 0x40, 0, 0, 20, len(_FIELDS)) + b"".join(bytes(f) for f in _FIELDS)
    other = struct.pack("<BBBHB", 0x41, 0, 0, 233, 1) + bytes((2, 4, 13))
    kind = struct.pack("<BBBHB", 0x42, 0, 0, 0, 1) + bytes((0, 1, 0)) + b"\x02\x04"
    session = struct.pack("<BBBHB", 0x43, 0, 0, 18, 4)
    session += bytes((253, 4, 0x86, 2, 4, 0x86, 7, 4, 0x86, 5, 1, 0))
    session += struct.pack("<BIIIB", 3, START + RECORDS, START, RECORDS * 1000, 1)
    record = struct.Struct("<BIiiIIIHHHHBBBb")
    body = bytearray(kind + layout + other)
    for second in range(RECORDS):
        body += record.pack(
            0, START + second, 700_000_000 + 250 * (second % 9000), 200_000_000 + second % 4000, 300 * second, 3000,
            2600 + second % 300, 250 + second % 50, 800 + second % 90, 2400 + second % 70, 5000 + second % 100,
            140 + second % 20, 85, second % 128, 20,
        )  # fmt: skip
        if second % _TURNS == 0:
            body += b"\x01\x00\x00\x00\x00"
    body += session
    from pipelines.sources.fit_checksum import fit_checksum

    whole = struct.pack("<BBHI4sH", 14, 0x20, 2132, len(body), b".FIT", 0) + bytes(body)
    return whole + struct.pack("<H", fit_checksum(whole))


def _measure(reader: str, path: Path, how: str) -> dict[str, float]:
    if reader == "kneewise":
        from pipelines.sources.reading import read_workouts
    else:
        import fitparse
    before_mb = _peak_mb()
    if how == "traced":
        tracemalloc.start()
    begun = time.process_time()
    data = path.read_bytes()
    if reader == "kneewise":
        count = len(read_workouts(data, path.name).recordings[0].track)
    else:
        count = sum(message.name == "record" for message in fitparse.FitFile(data).get_messages())
    cpu_s = time.process_time() - begun
    assert count == RECORDS
    traced_mb = tracemalloc.get_traced_memory()[1] / 1e6
    return {"cpu_s": cpu_s, "before_mb": before_mb, "peak_mb": _peak_mb(), "traced_mb": traced_mb}


def _peak_mb() -> float:
    """Of this process alone: elsewhere than on Linux the peak may include the process that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(
            int(line.split()[1]) / 1e3 for line in status.read_text().splitlines() if line.startswith("VmHWM")
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
