"""Pictures of the world outside: a road at night, a town hall, a map. Drawn the same every time."""

import math
import random

from wlg.demonstration.drawing import (
    BRICK,
    CREAM,
    DEEP,
    GREEN,
    INK,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PEACH,
    PETROL,
    RULE,
    SKY,
    SOFT,
    TINT,
    Sheet,
    curve,
    turn,
)


def salt() -> Sheet:
    """Draw hills at night, a lit window, and a lorry that grits the road."""
    sheet = Sheet("#143a37")
    for number, colour in enumerate(("#16403c", "#194742", "#1d4f49", "#235a52")):
        sheet.disc(1180, 300, 620 - number * 130, colour)
    sheet.disc(1180, 300, 92, CREAM)
    sheet.disc(1148, 282, 14, "#ebdfc0")
    sheet.disc(1206, 322, 21, "#ebdfc0")
    stars = random.Random(4)  # noqa: S311  A pattern
    for _ in range(70):
        sheet.disc(stars.uniform(0, 1600), stars.uniform(0, 430), stars.choice([1.2, 1.6, 2.4]), "#cfe0d2")
    for number, colour in enumerate(("#2f6b60", "#245a4f", "#1b493f", "#143a31", "#0e2b24")):
        _hill(sheet, base=470 + number * 92, height=95 - number * 11, shift=number * 1.9, colour=colour)
    road = curve((-60, 838), (420, 764), (900, 850), (1660, 744), steps=60)
    sheet.shape([(486, 738), (120, 700), (60, 822), (486, 790)], "#2c5a49")
    sheet.line(road, "#7d958a", 62)
    sheet.shape([(488, 750), (150, 776), (110, 826), (488, 786)], "#c9bd84")
    for start in range(1, 60, 3):
        sheet.line(road[start : start + 2], PAPER, 4)
    _house(sheet, 250, 640)
    _lorry(sheet, 610, 778)
    return sheet


def _hill(sheet: Sheet, *, base: float, height: float, shift: float, colour: str) -> None:
    ridge = [
        (x, base + height * (math.sin(x / 260 + shift) * 0.6 + math.sin(x / 113 + shift * 2.3) * 0.25))
        for x in range(0, 1620, 20)
    ]
    sheet.shape([(0, 1000), *ridge, (1600, 1000)], colour)


def _house(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape([(x - 90, y), (x - 90, y - 80), (x, y - 140), (x + 90, y - 80), (x + 90, y)], NIGHT)
    sheet.box(x + 44, y - 138, x + 64, y - 96, NIGHT)
    sheet.shape([(x - 52, y - 18), (x - 16, y - 18), (x + 6, y + 60), (x - 74, y + 60)], "#4a6a45")
    sheet.box(x - 52, y - 70, x - 16, y - 18, OCHRE)
    sheet.line([(x - 34, y - 70), (x - 34, y - 18)], NIGHT, 4)
    sheet.box(x + 22, y - 62, x + 50, y, "#0a1915")


def _lorry(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 120, y - 84, x - 44, y + 4, OCHRE, radius=10)
    sheet.box(x - 108, y - 72, x - 72, y - 38, SKY, radius=4)
    sheet.shape([(x - 36, y - 96), (x + 110, y - 96), (x + 86, y - 10), (x - 36, y - 10)], BRICK)
    sheet.shape([(x - 30, y - 96), (x + 30, y - 126), (x + 100, y - 96)], PAPER)
    sheet.box(x - 120, y - 12, x + 104, y + 6, INK)
    sheet.box(x - 92, y - 98, x - 72, y - 84, PEACH, radius=5)
    for wheel in (x - 84, x + 22, x + 78):
        sheet.disc(wheel, y + 8, 22, INK)
        sheet.disc(wheel, y + 8, 8, RULE)
    grains = random.Random(11)  # noqa: S311  A pattern
    for _ in range(90):
        along = grains.uniform(0, 1)
        sheet.disc(x + 116 + along * 190, y + 22 + grains.uniform(-1, 1) * (8 + 34 * along), 2.6, PAPER)


def clock() -> Sheet:
    """Draw a town hall with rows of windows, and a clock that stands at ten past four."""
    sheet = Sheet("#dfeceb")
    sheet.disc(1330, 220, 150, "#eaf3f0")
    for x, y, wide in ((210, 210, 170), (330, 240, 120), (1290, 330, 150), (1420, 355, 100)):
        sheet.box(x - wide, y, x + wide, y + 40, PAPER, radius=20)
    sheet.box(0, 880, 1600, 1000, "#9fb5a7")
    sheet.box(160, 430, 1440, 890, "#b5532c")
    sheet.box(140, 412, 1460, 440, CREAM)
    sheet.box(140, 650, 1460, 664, CREAM)
    sheet.shape([(560, 412), (800, 300), (1040, 412)], CREAM)
    sheet.shape([(616, 398), (800, 314), (984, 398)], "#b5532c")
    lit = random.Random(15)  # noqa: S311  A pattern
    beside = [200, 320, 440, 560, 984, 1104, 1224, 1344]
    for y, row in ((480, [*beside, 680, 772, 864]), (700, beside)):
        for x in row:
            _pane(sheet, x, y, OCHRE if lit.random() < 0.2 else PETROL)
    _tower(sheet)
    _door(sheet)
    for x in (60, 1540):
        sheet.box(x - 8, 760, x + 8, 890, DEEP)
        sheet.disc(x, 720, 74, GREEN)
        sheet.disc(x + 22, 690, 40, MOSS)
    return sheet


def _pane(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.box(x - 8, y - 8, x + 64, y + 128, CREAM, radius=4)
    sheet.box(x, y, x + 56, y + 120, colour)
    sheet.line([(x + 28, y), (x + 28, y + 120)], CREAM, 5)
    sheet.line([(x, y + 52), (x + 56, y + 52)], CREAM, 5)


def _tower(sheet: Sheet) -> None:
    sheet.box(690, 130, 910, 330, "#a34522")
    sheet.box(670, 108, 930, 140, CREAM)
    sheet.shape([(690, 108), (800, 10), (910, 108)], GREEN)
    sheet.line([(800, 20), (800, 0)], INK, 5)
    sheet.box(670, 322, 930, 344, CREAM)
    sheet.disc(800, 232, 84, CREAM)
    sheet.disc(800, 232, 74, PAPER)
    for hour in range(12):
        outer, inner = turn((800, 232), (0, -66), hour * 30), turn((800, 232), (0, -54), hour * 30)
        sheet.line([outer, inner], INK, 5 if hour % 3 == 0 else 3)
    sheet.line([(800, 232), turn((800, 232), (0, -36), 125)], INK, 9)
    sheet.line([(800, 232), turn((800, 232), (0, -56), 60)], INK, 6)
    sheet.disc(800, 232, 9, BRICK)


def _door(sheet: Sheet) -> None:
    for number in range(3):
        sheet.box(
            640 - number * 34, 866 + number * 20, 960 + number * 34, 890 + number * 20, ("#efe4c8", CREAM)[number % 2]
        )
    sheet.box(700, 676, 900, 868, CREAM)
    sheet.disc(800, 740, 76, DEEP)
    sheet.box(724, 736, 876, 868, DEEP)
    sheet.line([(800, 672), (800, 866)], GREEN, 6)
    sheet.disc(786, 806, 6, OCHRE)
    sheet.disc(814, 806, 6, OCHRE)
    for x in (676, 900):
        sheet.box(x, 668, x + 24, 868, PAPER)


def badges() -> Sheet:
    """Draw a map in squares, most of them pale, one of them almost black."""
    sheet = Sheet(TINT)
    shade = ("#d9e9df", "#c3ddcf", "#a3cbb7", "#74ae95", "#3f8069", GREEN)
    size, place = 100, random.Random(21)  # noqa: S311  A pattern
    for row in range(10):
        for column in range(16):
            near = 3.6 - math.hypot(column - 6.4, (row - 4.6) * 1.2) * 0.62 + place.uniform(-1.1, 1.1)
            level = max(0, min(4, round(near)))
            sheet.box(column * size + 3, row * size + 3, (column + 1) * size - 3, (row + 1) * size - 3, shade[level])
    river = curve((-40, 760), (260, 560), (420, 980), (760, 800), (1080, 600), (1180, 1010), (1640, 740), steps=60)
    sheet.line(river, "#7fb8c0", 44)
    sheet.line(river, "#94c7cd", 26)
    for road in (
        curve((-20, 210), (420, 260), (820, 420), (1620, 330), steps=40),
        curve((640, -20), (700, 330), (560, 640), (700, 1020), steps=40),
        curve((1230, -20), (1180, 300), (1300, 620), (1240, 1020), steps=40),
        curve((-20, 640), (360, 480), (760, 560), (1250, 520), (1620, 560), steps=40),
    ):
        sheet.line(road, SOFT, 15)
        sheet.line(road, PAPER, 10)
    sheet.box(1103, 203, 1197, 297, INK)
    for number, colour in ((78, BRICK), (70, INK)):
        sheet.box(1150 - number + 10, 250 - number + 10, 1150 + number - 10, 250 + number - 10, colour, radius=6)
    for x, y in ((330, 330), (905, 640), (1395, 430), (480, 130), (1420, 860), (212, 830)):
        sheet.shape([turn((x, y - 26), (-23, 6), 0), turn((x, y - 26), (23, 6), 0), (x, y + 20)], BRICK)
        sheet.disc(x, y - 30, 26, BRICK)
        sheet.disc(x, y - 30, 10, PAPER)
    return sheet
