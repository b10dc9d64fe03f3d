"""Line drawings of the ten exercises, seen from the side, as SVG: start dashed, end in full, an arrow between.

A figure is a handful of points joined by strokes. Lines take the colour of the text around them, so the drawings
fit a light page, a dark one and paper; what moves is in the accent colour and thicker, so colour says nothing alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]
Line = tuple[Point, ...]

WIDTH, HEIGHT, FLOOR = 200, 140, 128
HEAD = 9.0
ACCENT = "var(--accent, #a8480f)"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One exercise. ``alt`` says in words what is to be seen.

    ``body`` are the limbs that rest, ``moving`` those that end the movement, ``start`` where they came from;
    ``things`` are chair, wall, band or roll; ``arrow`` is a curve of three points: from, over, to.
    """

    alt: str
    head: Point
    body: tuple[Line, ...]
    moving: tuple[Line, ...]
    start: tuple[Line, ...] = ()
    things: tuple[Line, ...] = ()
    rounds: tuple[tuple[Point, float], ...] = ()
    arrow: tuple[Point, Point, Point] | None = None
    floor: float = FLOOR
    start_head: Point | None = field(default=None)


CHAIR: tuple[Line, ...] = (((56, 42), (56, FLOOR)), ((56, 88), (98, 88), (98, FLOOR)))

DRAWINGS: dict[str, Drawing] = {
    "seated_knee_extension": Drawing(
        alt="Sitting on a chair, one shin swings forwards and up until the knee is half straight.",
        head=(72, 27),
        body=(((70, 40), (72, 82), (112, 82)), ((70, 50), (84, 66), (96, 80))),
        moving=(((112, 82), (138, 111), (148, 105)),),
        start=(((112, 82), (112, 120), (124, 120)),),
        things=CHAIR,
        arrow=((122, 126), (142, 130), (152, 114)),
    ),
    "heel_slide": Drawing(
        alt="Lying on the back, one heel slides along the floor towards the hip and the knee bends.",
        head=(22, 102),
        body=(((34, 106), (92, 108), (132, 108), (170, 108), (172, 98)), ((40, 107), (70, 112))),
        moving=(((92, 108), (120, 78), (134, 110), (144, 107)),),
        arrow=((172, 124), (160, 130), (142, 122)),
        floor=116,
    ),
    "quad_set": Drawing(
        alt="Sitting with the leg straight on the floor; the back of the knee presses down.",
        head=(50, 42),
        body=(((48, 56), (70, 108)), ((48, 62), (36, 84), (30, 112))),
        moving=(((70, 108), (112, 108), (154, 108), (158, 96)),),
        arrow=((112, 74), (112, 84), (112, 100)),
        floor=116,
    ),
    "short_arc_quad": Drawing(
        alt="Lying on the back with a rolled towel under the knee; the heel lifts until the leg is straight.",
        head=(20, 102),
        body=(((32, 106), (82, 108), (116, 90)), ((38, 107), (66, 112))),
        moving=(((116, 90), (154, 74), (158, 64)),),
        start=(((116, 90), (150, 110), (158, 102)),),
        rounds=(((117, 104), 11),),
        arrow=((166, 108), (176, 94), (168, 80)),
        floor=116,
    ),
    "terminal_knee_extension": Drawing(
        alt="Standing with a band from a post around the back of the knee; the bent knee straightens against it.",
        head=(84, 18),
        body=(((84, 30), (84, 70)), ((84, 38), (96, 54), (108, 62))),
        moving=(((84, 70), (84, 99), (84, 126), (96, 126)),),
        start=(((84, 70), (97, 97), (84, 126)),),
        things=(((176, 60), (176, FLOOR)), ((84, 99), (176, 95)), ((84, 99), (176, 102))),
        arrow=((110, 84), (102, 78), (90, 86)),
    ),
    "straight_leg_raise": Drawing(
        alt="Lying on the back with one knee bent; the other leg, straight, lifts as high as a foot is long.",
        head=(20, 102),
        body=(((32, 106), (84, 108)), ((84, 108), (110, 76), (124, 110), (134, 110)), ((38, 107), (66, 112))),
        moving=(((84, 108), (123, 94), (161, 80), (158, 69)),),
        start=(((84, 108), (125, 110), (166, 110)),),
        arrow=((178, 108), (184, 96), (174, 86)),
        floor=116,
    ),
    "mini_squat": Drawing(
        alt="Standing, the knees bend a little over the toes while the hips move back and the arms reach forward.",
        head=(102, 31),
        body=(((98, 44), (86, 78)), ((97, 50), (118, 56), (138, 54))),
        moving=(((86, 78), (108, 100), (98, 126), (114, 126)),),
        start=(((98, 32), (98, 68), (98, 98), (98, 126)),),
        start_head=(98, 20),
        arrow=((66, 62), (62, 72), (66, 84)),
    ),
    "wall_sit": Drawing(
        alt="Leaning on a wall, feet a step in front of it, knees bent a little, and holding still.",
        head=(72, 26),
        body=(((70, 38), (70, 76)), ((70, 46), (80, 62), (88, 76))),
        moving=(((70, 76), (95, 99), (98, 126), (112, 126)),),
        things=(((60, 8), (60, FLOOR)),),
        arrow=((120, 62), (116, 74), (106, 86)),
    ),
    "lunge_hold": Drawing(
        alt="One foot a small step in front of the other, both knees bent a little, a hand on a chair for support.",
        head=(92, 20),
        body=(
            ((92, 32), (90, 72)),
            ((90, 72), (76, 102), (54, 122), (62, 127)),
            ((92, 40), (110, 58), (138, 64)),
        ),
        moving=(((90, 72), (114, 94), (116, 126), (130, 126)),),
        things=(((140, 62), (140, FLOOR)), ((140, 92), (170, 92), (170, FLOOR))),
        arrow=((66, 60), (62, 68), (66, 80)),
    ),
    "stationary_bike": Drawing(
        alt="On a stationary bike with the saddle so high that the knee stays slightly bent at the bottom.",
        head=(94, 18),
        body=(((90, 30), (78, 62)), ((90, 36), (110, 50), (128, 48)), ((78, 62), (112, 72), (104, 98))),
        moving=(((78, 62), (98, 90), (98, 118), (110, 118)),),
        things=(
            ((70, 64), (86, 64)),
            ((78, 66), (98, 106), (136, 106)),
            ((128, 48), (132, 48), (140, 106)),
            ((72, FLOOR), (150, FLOOR)),
            ((98, 106), (98, 118)),
            ((98, 106), (102, 98)),
        ),
        rounds=(((142, 106), 18), ((98, 106), 4)),
        arrow=((114, 96), (122, 108), (114, 122)),
    ),
}


def svg(exercise: str) -> str:
    """The drawing of one of ``models/exercises.toml`` as an SVG element with its words. Raises KeyError."""
    drawing = DRAWINGS[exercise]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">',
        f"<title>{drawing.alt}</title>",
        f'<path d="M8 {drawing.floor:g}H192" stroke-width="1.5" opacity=".45"/>',
        _paths(drawing.things, 'stroke-width="2" opacity=".55"'),
        "".join(
            f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" stroke-width="2" opacity=".55"/>'
            for (x, y), r in drawing.rounds
        ),
        _paths(drawing.start, 'stroke-dasharray="1 6" opacity=".7"'),
        ""
        if drawing.start_head is None
        else _head(drawing.start_head, 'stroke-dasharray="1 6" opacity=".7"'),
        _paths(drawing.body, ""),
        _head(drawing.head, ""),
        _paths(drawing.moving, f'stroke="{ACCENT}" stroke-width="4"'),
        _arrow(drawing.arrow),
        "</svg>",
    ]
    return "".join(parts)


def words_of(svg: str) -> str:
    """What is to be seen on a drawing, for those who do not see it."""
    return svg.partition("<title>")[2].partition("</title>")[0]


def _paths(lines: tuple[Line, ...], style: str) -> str:
    return "".join(f'<path d="M{_points(line)}" {style}/>' for line in lines)


def _points(line: Line) -> str:
    return "L".join(f"{x:g} {y:g}" for x, y in line)


def _head(at: Point, style: str) -> str:
    return f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="{HEAD:g}" {style}/>'


def _arrow(curve: tuple[Point, Point, Point] | None) -> str:
    """A bent line with a tip that points where the curve ends."""
    if curve is None:
        return ""
    start, over, end = curve
    along_x, along_y = end[0] - over[0], end[1] - over[1]
    length = (along_x**2 + along_y**2) ** 0.5
    ux, uy = along_x / length * 6, along_y / length * 6
    tip = [(end[0] - ux + side * uy, end[1] - uy - side * ux) for side in (0.8, -0.8)]
    return (
        f'<path d="M{start[0]:g} {start[1]:g}Q{over[0]:g} {over[1]:g} {end[0]:g} {end[1]:g}" '
        f'stroke="{ACCENT}" stroke-width="2"/>'
        f'<path d="M{tip[0][0]:.1f} {tip[0][1]:.1f}L{end[0]:g} {end[1]:g}L{tip[1][0]:.1f} {tip[1][1]:.1f}" '
        f'stroke="{ACCENT}" stroke-width="2"/>'
    )
