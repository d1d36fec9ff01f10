"""Readers for environment variables. Every setting comes through here, and a wrong one stops the start."""

import os
import secrets
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or the default; raise ImproperlyConfigured if there is neither."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}; the README says what it means.")
    return value


def address(name: str, default: str | None = None) -> str:
    """Return the address of a site without a slash at its end; raise ImproperlyConfigured for anything else."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"{name} is {value!r}; write an address like https://blog.example.")
    return value


def link(name: str) -> str:
    """Return a web address with whatever path, or nothing; raise ImproperlyConfigured for anything else."""
    value = text(name, "").strip()
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured(f"{name} is {value!r}; write an address like https://hub.example/.")
    return value


def choice(name: str, default: str, *, among: Iterable[str]) -> str:
    """Return one of several words; raise ImproperlyConfigured for any other."""
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of {', '.join(among)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no; raise ImproperlyConfigured for anything else."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, *, default: int) -> int:
    """Return a whole number of at least 0; raise ImproperlyConfigured for anything else."""
    value = text(name, str(default)).strip()
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
    return int(value)


def listing(name: str, *, default: str = "") -> list[str]:
    """Return the comma-separated parts, stripped, without empty ones."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def beginning_with(prefix: str) -> dict[str, str]:
    """Return the variables whose names begin like this, by the rest of their names."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


def package(name: str, *, needed_by: str) -> None:
    """Raise ImproperlyConfigured if a package is not installed that a variable makes necessary."""
    if find_spec(name) is None:
        raise ImproperlyConfigured(f"{needed_by} is set, but a package it needs is missing; the README says which.")


def kept_secret(name: str, path: Path) -> str:
    """Return the variable, or the secret kept in the file at path.

    The file is made on first use, readable by its owner alone (mode 0600). Two processes that start at once agree:
    the file is created exclusively, and the loser reads what the winner wrote.
    """
    value = os.environ.get(name)
    if value:
        return value
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        # Unlike a rename, a link fails where the file exists already, and it is never half-written
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
