"""The accents that the masthead can choose: each pair has the contrast that WCAG 2.2 (1.4.3) asks for, and more."""

import re
from pathlib import Path

import pytest
from django.test import Client

from blog.models import Masthead
from blog.models.masthead import Accent

STATIC = Path(__file__).parents[2] / "static"
RULE = re.compile(r"([^{}]+)\{((?:--[a-z0-9-]+:#[0-9a-f]{6};?)+)\}")
SCHEMES = {"light": {"paper": "#fcfcfa", "ground": "#f1f3ee"}, "dark": {"paper": "#131716", "ground": "#1c2220"}}
SHARES = {"light": 0.09, "dark": 0.16}


def channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def accents(sheet: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the colours of each accent in light and in dark."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for selector, colours in RULE.findall((STATIC / sheet).read_text()):
        if name := re.search(r"\.accent-([a-z]+)", selector):
            scheme = "dark" if (name[1], "light") in found else "light"
            found[name[1], scheme] = dict(part.split(":") for part in colours.strip(";").split(";"))
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("accent", [accent for accent in Accent.values if accent != "green"])
def test_an_accent_can_be_read_on_every_ground(accent: str, scheme: str):
    colours, grounds = accents("site.css")[accent, scheme], SCHEMES[scheme]
    assert contrast(colours["--accent"], grounds["paper"]) >= 7.4
    assert contrast(colours["--accent"], grounds["ground"]) >= 6.8
    assert contrast(colours["--accent"], colours["--tint"]) >= 6.4
    assert contrast(colours["--accent-2"], grounds["paper"]) > contrast(colours["--accent"], grounds["paper"])
    assert contrast(colours["--accent-2"], colours["--tint"]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("accent", [accent for accent in Accent.values if accent != "green"])
def test_a_tint_is_a_little_of_the_accent_on_paper(accent: str, scheme: str):
    colours, share = accents("site.css")[accent, scheme], SHARES[scheme]
    mixed = [
        round(part * share + paper * (1 - share))
        for part, paper in zip(channels(colours["--accent"]), channels(SCHEMES[scheme]["paper"]), strict=True)
    ]
    assert channels(colours["--tint"]) == mixed


def test_the_desk_has_the_same_accents():
    assert accents("admin.css") == accents("site.css")


@pytest.mark.django_db
def test_the_accent_is_a_class_on_the_page(client: Client, as_editor: Client):
    assert "accent-" not in client.get("/").text
    Masthead.objects.create(pk=1, accent=Accent.PLUM)
    assert '<html lang="en-GB" class="accent-plum">' in client.get("/").text
    assert "accent-plum" in as_editor.get("/admin/").text
    assert "accent-plum" in as_editor.get("/admin/blog/tag/").text
