"""A kept recording as GPX 1.1 with heart rate and cadence in Garmin's extension; a pause starts a segment."""

from __future__ import annotations

import math

import numpy as np

from data_samples.watch import Kept

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Kneewise sample generator" xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">
"""


def gpx(kept: Kept) -> bytes:
    """The file's bytes. GPX has no place for totals: readers measure distance and descent themselves."""
    lines = [f"<metadata><time>{_time(kept, 0)}</time></metadata>"]
    lines.append(f"<trk><name>{kept.outing.kind.title()} run</name><type>running</type>")
    for first, last in _segments(kept):
        lines.append("<trkseg>")
        lines += [_point(kept, int(row)) for row in kept.rows[(kept.rows >= first) & (kept.rows <= last)]]
        lines.append("</trkseg>")
    return (_HEAD + "\n".join([*lines, "</trk>", "</gpx>", ""])).encode()


def _segments(kept: Kept) -> list[tuple[int, int]]:
    edges = [0, *(second for off, on, _ in kept.pauses for second in (off - 1, on)), kept.elapsed_s]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _time(kept: Kept, second: int) -> str:
    return kept.at(second).strftime("%Y-%m-%dT%H:%M:%SZ")


def _point(kept: Kept, row: int) -> str:
    beats, strides = float(kept.heart_rate_bpm[row]), float(kept.cadence_rpm[row])
    told = "" if math.isnan(beats) else f"<gpxtpx:hr>{beats:.0f}</gpxtpx:hr>"
    told += "" if math.isnan(strides) else f"<gpxtpx:cad>{np.floor(strides):.0f}</gpxtpx:cad>"
    return (
        f'<trkpt lat="{kept.latitude_deg[row]:.6f}" lon="{kept.longitude_deg[row]:.6f}">'
        f"<ele>{kept.altitude_m[row]:.1f}</ele><time>{_time(kept, row)}</time>"
        f"<extensions><gpxtpx:TrackPointExtension>{told}</gpxtpx:TrackPointExtension></extensions></trkpt>"
    )
