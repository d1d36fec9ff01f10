"""Baked pages against the same bytes without a site around them: through nginx, and from the application server alone."""

import json
import os
from pathlib import Path

from tests.bench.load import compared
from tests.bench.rows import Row, at_least
from tests.deploy.site import Running, bake, fetch, granian, newest_article, site
from tests.on_postgresql import free_port

NGINX_LIMIT = 0.9
APPLICATION_LIMIT = 0.8
PLAIN = """
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        gzip_static on;
        brotli_static on;
    }}
"""


def measure() -> list[Row]:
    port = free_port()
    # Beside the site's folder, which is not known before the site is made: nginx looks here for the plain files
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"wlg-bench-plain-{port}"
    folder.mkdir()
    try:
        with site(also=PLAIN.format(port=port, folder=folder)) as running:
            rows = []
            for name, path in (("article", newest_article(running)), ("home", "/")):
                bake(running, path)
                rows += through_nginx(running, name, path, folder, f"http://127.0.0.1:{port}")
                rows += application_alone(running, name, path)
            return rows
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def through_nginx(running: Running, name: str, path: str, folder: Path, plain: str) -> list[Row]:
    rows = []
    (folder / f"{name}.html").write_bytes(fetch(running.url + path, Accept_Encoding="identity")[0])
    (folder / f"{name}.html.br").write_bytes(fetch(running.url + path, Accept_Encoding="br")[0])
    for accept in ("br", "identity"):
        same, _ = fetch(f"{plain}/{name}.html", Accept_Encoding=accept)
        assert same == fetch(running.url + path, Accept_Encoding=accept)[0]
        ours, other, ratio = compared(running.url + path, f"{plain}/{name}.html", accept=accept)
        note = f" ({ours:,.0f} against {other:,.0f} requests/s, {len(same):,} bytes)"
        rows.append(at_least(f"{name}, baked, through nginx ÷ a plain file ({accept})", ratio, NGINX_LIMIT, note=note))
    return rows


def application_alone(running: Running, name: str, path: str) -> list[Row]:
    rows = []
    for accept in ("br", "identity"):
        body, headers = fetch(running.application_url + path, Accept_Encoding=accept)
        file = running.var / f"bare-{name}-{accept}"
        file.write_bytes(body)
        # What the server adds by itself is left to it
        kept = [(key.title(), value) for key, value in headers.items() if key not in {"date", "server", "connection"}]
        environment = running.environment | {"BARE_BODY": str(file), "BARE_HEADERS": json.dumps(kept)}
        port = free_port()
        with granian("tests.bench.bare:application", port, environment):
            bare = f"http://127.0.0.1:{port}{path}"
            assert fetch(bare)[0] == body
            ours, other, ratio = compared(running.application_url + path, bare, accept=accept)
        note = f" ({ours:,.0f} against {other:,.0f} requests/s)"
        title = f"{name}, baked, application server alone ÷ a bare WSGI program ({accept})"
        rows.append(at_least(title, ratio, APPLICATION_LIMIT, note=note))
    return rows
