"""What an article costs on the wire, as Chromium counts it."""

from typing import Any

from tests.bench.rows import Row, at_most, information
from tests.deploy.site import Running, newest_article, site

KILOBYTE = 1024
ICON, PICTURE = "Icon", "Image"
BEFORE_PICTURES = {"Document", "Stylesheet"}


def measure() -> list[Row]:
    with site() as running:
        return measure_article(running, newest_article(running))


def measure_article(running: Running, path: str) -> list[Row]:
    from playwright.sync_api import sync_playwright

    from tests.bench.chromium import CHROMIUM

    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: kind_of(event)}))
        network.on(
            "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]})
        )
        page.goto(running.url + path)
        page.wait_for_load_state("networkidle")
        has_icon = page.locator('link[rel="icon"]').count() > 0
        browser.close()
    if has_icon and ICON not in kinds.values():
        kinds["not shown"] = ICON  # Some versions make the request for it and don't show it
    text = sum(sizes[key] for key, kind in kinds.items() if kind in BEFORE_PICTURES) / KILOBYTE
    before = {key: kind for key, kind in kinds.items() if kind != PICTURE}
    whole = sum(sizes.get(key, 0) for key in before) / KILOBYTE
    named = ", ".join(sorted(kind.lower() for kind in before.values()))
    return [
        at_most("article with its stylesheet, on the wire", text, 20, unit=" KB", digits=1),
        information("the same with its script, all before pictures", f"{whole:.1f} KB"),
        Row("requests of an article, before its pictures", f"{len(before)} ({named})", "at most 4", len(before) <= 4),
        information("its pictures (portraits, the lead picture)", f"{len(kinds) - len(before)} more"),
    ]


def kind_of(event: dict[str, Any]) -> str:
    """Return what was fetched, as the browser's tools call it; the icon, which they call "other", by its name."""
    return ICON if "icon" in event["response"]["url"].rpartition("/")[2] else str(event["type"])
