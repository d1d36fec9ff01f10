"""What web servers need to be told: where feeds lie, what has moved, which headers go along. One file for each kind.

All of it is a comfort: without any of these files every page can be read, for small pages lead on from old addresses
and to the feeds. Apache and the hosts with limits get no more than `MOST_RULES` old addresses; nginx gets all.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlsplit

from blog.editorial.upkeep.old_paths import TELLING
from blog.plain_files.moves import Moves

# Of GitLab Pages, which carries out none of more than that; Cloudflare Pages has 2,000
MOST_RULES = 900
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
# What stands before `feed/`, with names for what differs
FEEDS = ["", "comments/", *(f"{kind}/:slug/" for kind in ("category", "tag", "author", "series"))]
FEEDS.append(":year/:month/:day/:slug/")
FORMATS = {
    "": ("index.xml", "application/rss+xml; charset=utf-8"),
    "atom/": ("index.xml", "application/atom+xml; charset=utf-8"),
    "json/": ("index.json", "application/feed+json; charset=utf-8"),
}
HASHED = r"\.[0-9a-f]{12}\.[^/]+$"


def files(*, moves: Moves, site: str, gone: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield these files with their names. `gone` are the paths whose pages say that something was taken down.

    No list names those, for a piece may have been taken down for what its address says: only their own folders tell.
    """
    moves = moves.without_what_was_taken_down()
    rules = {old: _encoded(to) for old, to in sorted(moves.to.items()) if old.isprintable()}
    yield ".htaccess", _apache(rules, moves).encode()
    for path in sorted(gone):
        yield f"{path.strip('/')}/.htaccess", _gone(path).encode()
        yield f"{path.strip('/')}/.gone", b""
    yield "_redirects", _redirects(rules, moves).encode()
    yield "_headers", _headers().encode()
    yield "nginx.conf", _nginx(rules, moves, site=site).encode()
    yield "old-addresses.json", _for_the_script(moves).encode()
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site}/sitemap.xml\n".encode()
    yield ".nojekyll", b""
    yield "README.txt", README.format(site=site, most=MOST_RULES).encode()


def _apache(rules: dict[str, str], moves: Moves) -> str:
    lines = [
        "# For Apache 2.4 with AllowOverride All",
        "Options -Indexes",
        "DirectoryIndex index.html index.xml index.json",
        "AddDefaultCharset utf-8",
        "ErrorDocument 404 /404.html",
        "<IfModule mod_headers.c>",
        *(f'  Header always set {name} "{value}"' for name, value in HEADERS.items()),
        '  Header set Cache-Control "no-cache"',
        f'  Header set Cache-Control "public, max-age=31536000, immutable" "expr=%{{REQUEST_URI}} =~ m#{HASHED}#"',
        "</IfModule>",
        "<IfModule mod_rewrite.c>",
        "RewriteEngine On",
    ]
    # What names more things in its question comes first, for the conditions of one that names fewer fit it, too
    for old, to in sorted(_most(rules), key=lambda row: -row[0].count("&")):
        path, mark, question = old.partition("?")
        pattern = f'"^{_in_pattern(path.strip("/"))}/?$"'
        # In any order, and among others; Joomla writes words behind a number
        lines += [
            f'RewriteCond %{{QUERY_STRING}} "(?:^|&){_in_pattern(part)}(?:[&:]|%3a|$)" [NC]'
            for part in question.split("&")
            if mark
        ]
        lines.append(f"RewriteRule {pattern} {_in_substitution(to)}{'?' if mark else ''} [R=301,L,NE,NC]")
    for old, to in _rules_below(moves):
        lines.append(f'RewriteRule "^{_in_pattern(old.strip("/"))}/(.*)$" {_in_substitution(to)}$1 [R=301,L,NE,NC]')
    for below, (index, kind) in FORMATS.items():
        # The type has to be set in the round that finds the file. Where a feed was once, a small page leads on
        lines.append(f"RewriteRule ^(?:.+/)?feed/{below}{re.escape(index)}$ - [T={kind.partition(';')[0]}]")
        lines.append(f"RewriteCond %{{REQUEST_FILENAME}}/{index} -f")
        lines.append(f"RewriteRule ^((?:.+/)?feed/{below})$ $1{index} [L]")
    return "\n".join([*lines, "</IfModule>", ""])


def _gone(path: str) -> str:
    return f'ErrorDocument 410 {path}index.html\nRedirectMatch 410 "^{re.escape(path)}$"\n'


def _redirects(rules: dict[str, str], moves: Moves) -> str:
    """Write the rules for Netlify and Cloudflare Pages, GitLab Pages and others, the plain ones first.

    Netlify needs the `!` where a file is at the address too; Cloudflare passes over a line with one.
    """
    plain = [(old, to) for old, to in _most(rules) if "?" not in old]
    lines = ["# For Netlify, Cloudflare Pages and hosts that read the same"]
    lines += [f"{_quoted(old)} {to} 301" for old, to in plain]
    lines += [f"{_quoted(old.rstrip('/') + '/')} {to} 301" for old, to in plain if not old.endswith(".html")]
    for before in FEEDS:
        for below, (index, _kind) in FORMATS.items():
            at = f"/{before}feed/{below}"
            lines += [f"{at} {at}{index} 200!", f"{at} {at}{index} 200"]
    lines += [f"{_quoted(old)}* {to}:splat 301" for old, to in _rules_below(moves)[:40]]
    return "\n".join([*lines, ""])


def _headers() -> str:
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    for before in FEEDS:
        for below, (index, kind) in FORMATS.items():
            for at in (f"/{before}feed/{below}", f"/{before}feed/{below}{index}"):
                lines += [at, f"  Content-Type: {kind}"]
    for folder in ("/media/*", "/cards/*"):
        lines += [folder, "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join([*lines, ""])


def _nginx(rules: dict[str, str], moves: Moves, *, site: str) -> str:
    plain = {old.rstrip("/") or "/": to for old, to in rules.items() if "?" not in old}
    asked = {old: to for old, to in rules.items() if "?" in old}
    names = sorted({_names(old) for old in asked} - {()}, key=lambda each: (-len(each), each))
    maps = ["map_hash_max_size 65536;", "map_hash_bucket_size 2048;"]
    maps += _map("$uri", "$moved", [*plain.items(), *((f"{old}/", to) for old, to in plain.items() if old != "/")])
    maps += _map("$uri?$args", "$moved_asked", [(old, to) for old, to in asked.items() if not _names(old)])
    maps += [line for name in sorted({name for each in names for name in each}) for line in _number(name)]
    variables = ["$moved_asked"]
    for number, each in enumerate(names, 1):
        rows = [(old, to) for old, to in asked.items() if _names(old) == each]
        variables.append(f"$moved_asked_{number}")
        maps += _map(f"$uri?{'&'.join(f'{name}=$asked_{name}' for name in each)}", variables[-1], rows)
    variables.append("$moved")
    leads = [line for name in variables for line in (f"    if ({name}) {{", f"        return 301 {name};", "    }")]
    below = [
        f"    rewrite {_in_nginx('(?i)^' + _in_pattern(old) + '(.*)$')} {_in_nginx(to + '$1')} permanent;"
        for old, to in _rules_below(moves)
    ]
    text = NGINX
    for mark, given in {
        "#maps": "\n".join(maps),
        "#leads": "\n".join(leads),
        "#below": "\n".join(below),
        "#headers": "\n".join(f'    add_header {name} "{value}" always;' for name, value in HEADERS.items()),
        "HOST": urlsplit(site).hostname or "_",
    }.items():
        text = text.replace(mark, given)
    return text


def _map(source: str, variable: str, rows: list[tuple[str, str]]) -> list[str]:
    """Write a map. nginx tells no capitals from small letters in one, and refuses to start over two that are alike."""
    known = {old.lower(): to for old, to in sorted(rows, reverse=True)}
    lines = [f"    {_in_nginx(old)} {_in_nginx(to)};" for old, to in sorted(known.items())]
    return [f'map "{source}" {variable} {{', '    default "";', *lines, "}"]


def _for_the_script(moves: Moves) -> str:
    below = dict(sorted(moves.below.items()))
    content = {"telling": sorted(TELLING), "to": dict(sorted(moves.to.items())), "below": below}
    return json.dumps(content, ensure_ascii=False, indent=0)


def _most(rules: dict[str, str]) -> list[tuple[str, str]]:
    return list(rules.items())[: MOST_RULES // 2]


def _rules_below(moves: Moves) -> list[tuple[str, str]]:
    """Return the rules for beginnings, the longest first: of several that fit it is meant."""
    rows = [(old, _encoded(to)) for old, to in moves.below.items() if old.isprintable()]
    return sorted(rows, key=lambda row: (-len(row[0]), row[0]))[:MOST_RULES]


def _names(old: str) -> tuple[str, ...]:
    """Return the names of a question, sorted as they are in it; none where nginx can't ask for each by its name."""
    names = tuple(name for name, _value in parse_qsl(old.partition("?")[2]))
    return names if len(set(names)) == len(names) and all(re.fullmatch(r"[a-z_]+", name) for name in names) else ()


def _number(name: str) -> list[str]:
    """Write a map that gives what is asked under a name: of a number with words behind it (`12:a-title`) the number."""
    pattern = _in_nginx(r"~*^(?<number_of_" + name + r">\d+)(?::|%3a)")
    return [f"map $arg_{name} $asked_{name} {{", f"    default $arg_{name};", f"    {pattern} $number_of_{name};", "}"]


def _encoded(to: str) -> str:
    """Return a target without signs that mean something to any of these servers."""
    return quote(to, safe="/-_.~?=&#%")


def _quoted(path: str) -> str:
    return quote(path, safe="/-_.~")


def _in_pattern(text: str) -> str:
    return re.escape(text).replace('"', r"\x22").replace("\\ ", r"\x20").replace("%", r"\x25")


def _in_substitution(path: str) -> str:
    return path.replace("%", r"\%")


def _in_nginx(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


NGINX = """# For nginx: put this file into /etc/nginx/conf.d/ and change the two lines that say so.
#maps

server {
    listen 80;  # Change: or as your other sites listen, with your certificate
    listen [::]:80;
    server_name HOST;
    root /srv/www/HOST;  # Change: where the files are
    index index.html;
    charset utf-8;
    charset_types text/plain text/css text/javascript application/javascript application/json
                  application/xml text/xml application/rss+xml application/atom+xml application/feed+json;
    gzip on;
    gzip_types text/plain text/css text/javascript application/javascript application/json application/xml text/xml
               application/rss+xml application/atom+xml application/feed+json image/svg+xml;
#headers

#leads
#below
    error_page 404 /404.html;
    error_page 410 @gone;
    if (-f $document_root${uri}.gone) {
        return 410;
    }

    location / {
        try_files $uri $uri/ =404;
    }
    location ~ /feed/(index\\.xml)?$ {
        default_type application/rss+xml;
        types { }
        index index.xml;
    }
    location ~ /feed/atom/(index\\.xml)?$ {
        default_type application/atom+xml;
        types { }
        index index.xml;
    }
    location ~ /feed/json/(index\\.json)?$ {
        default_type application/feed+json;
        types { }
        index index.json;
    }
    location ~ /\\. {
        return 404;
    }
    location @gone {
        try_files ${uri}index.html /404.html;
    }
}
"""

README = """This folder is a whole blog as plain files: {site}

Any web server can host it. Nothing has to be installed, and nothing runs: put the files, those that begin with a dot
included, where your host wants them, and point the name of the site there.

To look at it on your own computer:  python3 -m http.server 8000   in this folder, then open http://localhost:8000/
(Opened as files, without a server, pages don't find each other: their links begin at the top of the site.)

- Apache: .htaccess says what is needed (AllowOverride All). Up to {most} old addresses are redirected by it; small
  pages lead on from the others.
- nginx: nginx.conf is a site for /etc/nginx/conf.d/. Two lines in it have to be changed.
- Netlify, Cloudflare Pages, GitLab Pages: upload the folder; _redirects and _headers are read there.
- GitHub Pages, object storage and everything else: upload the folder. Name index.html as the page of a folder and
  404.html as the page for errors.

What a server without configuration does otherwise: feeds are reached through a small page (/feed/ leads on to
/feed/index.xml); old addresses lead on through small pages; old addresses with a question (/?p=7) are led on by a small
script on the front page and on 404.html; what was taken down is answered with its page and 200 instead of 410.

The search needs a script and a web server, but no program: its index is in the folder search/. Without a script the
search page shows the archive.

Beside this folder lies a list of its files with their SHA-256 (<folder>.files.json), which is not for the public. With
it the program that wrote the folder can check it, manage.py export_site <folder> --check-only, and can write the site
anew into it: that replaces what has changed, and takes away only what is in the list.
"""
