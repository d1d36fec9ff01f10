"""Drawing with flat colours: what the demonstration's pictures have in common."""

import io
import itertools
import math

from PIL import Image, ImageDraw

Point = tuple[float, float]

# The house's own colours (static/site.css), and a few that go with them
PAPER, GROUND, TINT = "#fcfcfa", "#f1f3ee", "#e6f1eb"
INK, SOFT, RULE = "#171b19", "#434c48", "#d3d8d2"
GREEN, DEEP, NIGHT = "#0c5a45", "#073b2d", "#10261f"
MINT, SAGE, MOSS = "#7fd0ae", "#b9d3c4", "#4f8a73"
BRICK, PEACH, OCHRE, CREAM = "#94330f", "#f4ae8c", "#e2a93f", "#f6ecd4"
PETROL, SKY = "#0b5566", "#cfe3e2"

SCALE = 0.8  # 1600 × 1000 become 1280 × 800: twice the width of the column
FINER = SCALE * 2  # Drawn twice as large, then made smaller: edges are smooth


class Sheet:
    """A sheet to draw on; coordinates from the top left, the same whatever the scale."""

    def __init__(self, ground: str, *, width: int = 1600, height: int = 1000) -> None:
        self.image = Image.new("RGB", (round(width * FINER), round(height * FINER)), ground)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: list[Point], fill: str) -> None:
        """Fill what lies between points."""
        self.pen.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, *, radius: float = 0) -> None:
        """Fill a rectangle, with round corners if wanted."""
        self.pen.rounded_rectangle(
            (left * FINER, top * FINER, right * FINER, bottom * FINER), radius=radius * FINER, fill=fill
        )

    def disc(self, x: float, y: float, radius: float, fill: str, *, height: float = 0) -> None:
        """Fill a circle, or an ellipse whose half height is given."""
        tall = height or radius
        self.pen.ellipse(
            ((x - radius) * FINER, (y - tall) * FINER, (x + radius) * FINER, (y + tall) * FINER), fill=fill
        )

    def line(self, points: list[Point], fill: str, width: float) -> None:
        """Draw a line with round joints and ends."""
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.pen.line(scaled, fill=fill, width=round(width * FINER), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    def turned(self, centre: Point, size: Point, degrees: float, fill: str) -> None:
        """Fill a rectangle that is turned about its centre."""
        (x, y), (half_width, half_height) = centre, (size[0] / 2, size[1] / 2)
        corners = [(-half_width, -half_height), (half_width, -half_height), (half_width, half_height)]
        self.shape([turn((x, y), corner, degrees) for corner in [*corners, (-half_width, half_height)]], fill)

    def png(self) -> io.BytesIO:
        """Return the finished picture as the bytes of a PNG."""
        out = io.BytesIO()
        self.image.reduce(2).save(out, "PNG")
        out.seek(0)
        return out


def turn(centre: Point, offset: Point, degrees: float) -> Point:
    """Return the point at an offset from a centre, after a turn about it."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return centre[0] + offset[0] * cosine - offset[1] * sine, centre[1] + offset[0] * sine + offset[1] * cosine


def curve(*points: Point, steps: int = 24) -> list[Point]:
    """Return points on a Bézier curve of any degree."""
    drawn = []
    for step in range(steps + 1):
        left, part = list(points), step / steps
        while len(left) > 1:
            left = [(a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in itertools.pairwise(left)]
        drawn.append(left[0])
    return drawn
