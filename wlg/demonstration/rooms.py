"""Pictures of rooms: a wall of notes, a waiting room, a kitchen. Drawn the same every time."""

import random

from wlg.demonstration.drawing import (
    BRICK,
    CREAM,
    DEEP,
    GREEN,
    GROUND,
    INK,
    MINT,
    MOSS,
    OCHRE,
    PAPER,
    PEACH,
    PETROL,
    RULE,
    SAGE,
    SKY,
    SOFT,
    Point,
    Sheet,
    curve,
    turn,
)


def notes() -> Sheet:
    """Draw a wall of coloured notes in three columns, an open window, and notes that have blown away."""
    sheet = Sheet("#dbe8df")
    sheet.box(0, 872, 1600, 1000, "#8aa595")
    sheet.box(0, 858, 1600, 876, PAPER)
    _window(sheet)
    for x, heading in ((90, GREEN), (440, GREEN), (790, GREEN)):
        sheet.box(x, 92, x + 300, 100, heading)
        sheet.box(x, 62, x + 110, 78, SOFT, radius=8)
    for x in (415, 765):
        sheet.line([(x, 62), (x, 720)], "#b3cbbd", 3)
    place = random.Random(3)  # noqa: S311  A pattern
    for column, rows in ((90, 5), (440, 4), (790, 2)):
        for row in range(rows):
            for side in range(2):
                if place.random() < 0.86:
                    across = column + 72 + side * 152 + place.uniform(-9, 9)
                    _note(sheet, (across, 180 + row * 128 + place.uniform(-9, 9)), place.uniform(-7, 7), place)
    _radiator(sheet)
    flight = curve((1060, 420), (1190, 470), (1220, 640), (960, 790), steps=5)
    for number, centre in enumerate(flight[1:]):
        _note(sheet, centre, 24 + number * 31, place, size=84)
    for x, degrees in ((700, 12), (845, -38), (1000, 64), (1190, 8), (580, -15)):
        _note(sheet, (x, 942), degrees, place, size=86, is_pinned=False)
    return sheet


def _note(
    sheet: Sheet, centre: Point, degrees: float, place: random.Random, *, size: float = 112, is_pinned: bool = True
) -> None:
    colour = place.choice([PEACH, PEACH, OCHRE, CREAM, PAPER, MINT])
    sheet.turned((centre[0] + 5, centre[1] + 7), (size, size), degrees, "#b9cdc0" if is_pinned else "#6f8c7c")
    sheet.turned(centre, (size, size), degrees, colour)
    for row, length in enumerate(place.sample([0.62, 0.5, 0.68, 0.36], 3)):
        start = turn(centre, (-size * 0.34, -size * 0.12 + row * size * 0.17), degrees)
        sheet.line([start, turn(start, (size * length, 0), degrees)], SOFT, 3.5)
    if is_pinned and size > 100:
        sheet.disc(*turn(centre, (0, -size * 0.38), degrees), 7, BRICK)


def _window(sheet: Sheet) -> None:
    sheet.box(1210, 90, 1530, 600, PAPER)
    sheet.box(1232, 112, 1508, 578, SKY)
    sheet.disc(1334, 568, 100, SAGE, height=84)
    sheet.disc(1446, 572, 60, MOSS, height=70)
    sheet.box(1232, 560, 1508, 578, MOSS)
    sheet.disc(1440, 190, 36, CREAM)
    sheet.shape([(1222, 100), (1222, 590), (1120, 640), (1120, 60)], PAPER)
    sheet.shape([(1208, 124), (1208, 568), (1136, 604), (1136, 96)], "#bcd9d8")
    sheet.line([(1208, 340), (1136, 348)], PAPER, 10)
    sheet.box(1190, 596, 1550, 620, PAPER)
    sheet.line([(1370, 112), (1370, 578)], PAPER, 14)


def _radiator(sheet: Sheet) -> None:
    sheet.box(700, 744, 1170, 762, "#c2cfc7", radius=6)
    for x in range(712, 1160, 38):
        sheet.box(x, 740, x + 30, 886, PAPER, radius=14)
        sheet.line([(x + 23, 758), (x + 23, 868)], "#cdd9d1", 5)
    sheet.box(690, 846, 1180, 858, "#c2cfc7", radius=6)


def chairs() -> Sheet:
    """Draw nine chairs bolted together in a waiting room, under two letters that point at each other."""
    sheet = Sheet("#e9efe6")
    sheet.box(0, 520, 1600, 800, "#a9c6b7")
    sheet.box(0, 512, 1600, 524, PAPER)
    sheet.shape([(0, 800), (1600, 800), (1600, 1000), (0, 1000)], "#6d8578")
    for x in range(-400, 2100, 160):
        sheet.line([(800 + (x - 800) * 0.82, 800), (x, 1000)], "#63796d", 3)
    sheet.box(0, 790, 1600, 806, "#dfe8e0")
    for x, shift in ((610, -2), (830, 3)):
        sheet.turned((x + 76, 252), (156, 210), shift, "#c9d3c8")
        sheet.turned((x + 70, 245), (156, 210), shift, PAPER)
        for row in range(7):
            y = 186 + row * 21
            sheet.line([(x + 18, y), (x + (122, 110, 126, 60, 118, 124, 84)[row], y)], RULE, 5)
        sheet.disc(x + 70, 156, 7, BRICK)
    sheet.line(curve((740, 330), (775, 378), (835, 378), (872, 332)), BRICK, 6)
    sheet.shape([(880, 318), (883, 346), (858, 336)], BRICK)
    sheet.line(curve((868, 172), (835, 118), (775, 118), (742, 168)), PETROL, 6)
    sheet.shape([(734, 184), (730, 154), (756, 164)], PETROL)
    for place in range(9):
        _chair(sheet, 116 + place * 158, OCHRE if place == 3 else GREEN)
    sheet.box(70, 778, 1530, 794, INK, radius=8)
    for x in (150, 620, 980, 1450):
        sheet.line([(x, 790), (x - 26, 896)], INK, 12)
        sheet.line([(x, 790), (x + 26, 896)], INK, 12)
    _bag(sheet, 590, 902)
    sheet.disc(742, 908, 22, PEACH)
    sheet.line(curve((722, 904), (742, 918), (763, 903)), PAPER, 5)
    return sheet


def _chair(sheet: Sheet, x: float, colour: str) -> None:
    sheet.shape([(x - 4, 560), (x + 112, 560), (x + 120, 738), (x - 12, 738)], colour)
    sheet.box(x + 8, 548, x + 100, 600, colour, radius=16)
    sheet.box(x + 36, 596, x + 72, 606, "#a9c6b7", radius=5)
    sheet.shape([(x - 14, 736), (x + 122, 736), (x + 132, 778), (x - 24, 778)], DEEP if colour == GREEN else "#b9822a")
    sheet.box(x - 24, 770, x + 132, 782, INK, radius=5)


def _bag(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(curve((x + 14, y - 66), (x + 24, y - 112), (x + 62, y - 112), (x + 72, y - 66)), BRICK, 7)
    sheet.shape([(x, y - 70), (x + 88, y - 70), (x + 98, y + 10), (x - 10, y + 10)], BRICK)
    sheet.box(x + 24, y - 52, x + 66, y - 18, PEACH, radius=3)
    sheet.line([(x + 30, y - 40), (x + 58, y - 40)], BRICK, 3)


def tally() -> Sheet:
    """Draw a sheet of tally strokes taped to a cupboard, with a pencil on a string, above a kettle."""
    sheet = Sheet("#6f9d89")
    for x in (-10, 530, 1070):
        sheet.box(x + 6, -20, x + 534, 720, "#7fab98")
        sheet.box(x + 46, 24, x + 494, 676, "#76a28f", radius=4)
    for x in (490, 1104):
        sheet.box(x - 8, 330, x + 12, 450, CREAM, radius=10)
    sheet.box(0, 742, 1600, 1000, GROUND)
    for x in range(0, 1600, 160):
        sheet.line([(x, 760), (x, 880)], RULE, 4)
    sheet.line([(0, 820), (1600, 820)], RULE, 4)
    sheet.box(0, 720, 1600, 752, "#557f6d")
    sheet.box(0, 880, 1600, 1000, "#3d2f28")
    sheet.box(0, 872, 1600, 900, "#5a463b")
    sheet.turned((812, 362), (440, 600), -1.5, "#5f8b78")
    sheet.turned((802, 352), (440, 600), -1.5, PAPER)
    for x, y, degrees in ((600, 66, -40), (1000, 56, 38), (604, 640, 42), (1008, 634, -38)):
        sheet.turned((x, y), (96, 34), degrees, "#e9e2c3")
    _strokes(sheet)
    sheet.line(curve((494, 446), (470, 560), (530, 640), (500, 690)), CREAM, 4)
    sheet.turned((488, 742), (16, 120), 9, OCHRE)
    sheet.shape([(470, 800), (487, 803), (475, 828)], CREAM)
    _kettle(sheet)
    for x, colour in ((240, BRICK), (372, GREEN)):
        sheet.box(x, 790, x + 92, 884, colour, radius=10)
        sheet.line(curve((x + 90, 808), (x + 140, 808), (x + 140, 862), (x + 88, 862)), colour, 13)
        sheet.disc(x + 46, 793, 46, CREAM, height=10)
    return sheet


def _strokes(sheet: Sheet) -> None:
    hand = random.Random(8)  # noqa: S311  A hand that is not quite steady
    for column, groups in enumerate((11, 5, 7, 9, 3)):
        x = 632 + column * 74
        sheet.line([(x, 128 - column * 2), (x + 46, 127 - column * 2)], GREEN, 6)
        for group in range(groups):
            y = 152 + group * 40 - column * 2
            for stroke in range(4):
                top = (x + 4 + stroke * 11 + hand.uniform(-2, 2), y + hand.uniform(-3, 3))
                sheet.line([top, (top[0] + hand.uniform(-3, 3), y + 26 + hand.uniform(-3, 3))], SOFT, 3)
            sheet.line([(x - 4, y + 22 + hand.uniform(-3, 3)), (x + 46, y + 4 + hand.uniform(-3, 3))], SOFT, 3)


def _kettle(sheet: Sheet) -> None:
    for shift, colour in ((0, "#a6c4b6"), (46, "#9abcac"), (-40, "#9abcac")):
        steam = curve((1120 + shift, 690), (1060 + shift, 620), (1190 + shift, 560), (1110 + shift, 470))
        sheet.line(steam, colour, 13)
    sheet.line(curve((1230, 712), (1250, 610), (1420, 610), (1440, 712)), INK, 20)
    sheet.shape([(1236, 752), (1140, 716), (1112, 734), (1222, 834)], PETROL)
    sheet.shape([(1230, 718), (1440, 718), (1490, 880), (1180, 880)], PETROL)
    sheet.disc(1335, 718, 105, "#0e687c", height=20)
    sheet.disc(1335, 694, 17, INK)
    sheet.box(1176, 864, 1494, 886, INK, radius=8)
    sheet.line([(1252, 750), (1228, 840)], "#2f8496", 9)
