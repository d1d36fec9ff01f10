"""Two portraits: drawn as flatly as the scenes, for people who do not exist."""

from wlg.demonstration.drawing import BRICK, CREAM, DEEP, GREEN, INK, PAPER, SAGE, Sheet, curve

SIDE = 640


def priya() -> Sheet:
    """Draw a woman with long dark hair."""
    sheet = Sheet(SAGE, width=SIDE, height=SIDE)
    sheet.disc(320, 300, 236, "#cfe2d6")
    sheet.box(158, 240, 482, 600, "#2b2220", radius=120)
    sheet.disc(320, 250, 168, "#2b2220")
    sheet.disc(320, 700, 250, BRICK, height=190)
    sheet.box(272, 400, 368, 540, "#9a6546", radius=44)
    sheet.shape([(262, 520), (378, 520), (320, 592)], "#9a6546")
    sheet.disc(320, 310, 116, "#b57a56", height=146)
    sheet.shape(
        [*curve((196, 320), (170, 50), (470, 50), (448, 320)), *curve((448, 320), (400, 190), (290, 180), (196, 320))],
        "#2b2220",
    )
    for x in (276, 364):
        sheet.disc(x, 318, 9, INK)
        sheet.line(curve((x - 24, 290), (x, 280), (x + 24, 290)), "#2b2220", 7)
    sheet.line(curve((318, 326), (336, 366), (312, 366)), "#9a6546", 6)
    sheet.line(curve((282, 398), (320, 424), (358, 398)), "#7a3325", 8)
    return sheet


def tom() -> Sheet:
    """Draw a man with glasses and a short beard."""
    sheet = Sheet("#d9cfae", width=SIDE, height=SIDE)
    sheet.disc(320, 300, 236, CREAM)
    sheet.disc(320, 710, 262, GREEN, height=200)
    sheet.shape([(238, 530), (320, 640), (402, 530)], PAPER)
    sheet.box(268, 410, 372, 560, "#d99f7f", radius=48)
    sheet.disc(202, 322, 24, "#e4b193", height=34)
    sheet.disc(438, 322, 24, "#e4b193", height=34)
    sheet.disc(320, 306, 122, "#edc0a3", height=152)
    sheet.shape(
        [
            *curve((198, 330), (220, 500), (420, 500), (442, 330)),
            *curve((442, 330), (410, 410), (230, 410), (198, 330)),
        ],
        "#7a4b2c",
    )
    sheet.disc(320, 418, 36, "#edc0a3", height=14)
    sheet.line(curve((294, 414), (320, 428), (346, 414)), "#8c3d2b", 7)
    sheet.shape(
        [*curve((192, 300), (170, 110), (470, 90), (450, 300)), *curve((450, 300), (420, 200), (280, 250), (192, 300))],
        "#7a4b2c",
    )
    for x in (268, 372):
        sheet.disc(x, 312, 42, DEEP)
        sheet.disc(x, 312, 34, "#f6d9c5")
        sheet.disc(x, 314, 9, INK)
    sheet.line([(308, 306), (332, 306)], DEEP, 7)
    sheet.line(curve((318, 336), (334, 370), (310, 370)), "#cf9474", 6)
    return sheet
