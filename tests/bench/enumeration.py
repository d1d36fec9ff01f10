"""Whether time tells who has an account: the same doors with known and unknown addresses, in turn, in one run."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.bench.inside import blog_in_this_process
from tests.bench.rows import Row

ROUNDS = 30
# How far the medians may lie apart: a tenth of a request, less than it differs from one to the next
LIMIT = 1.10
PASSWORD = "seven green kettles"
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "signing up": ("/accounts/signup/", {"email": "{}", "display_name": "Dana", "password1": PASSWORD}),
    "signing in by password": ("/accounts/login/", {"login": "{}", "password": "three wrong words"}),
    "asking for a code": ("/accounts/login/code/", {"email": "{}"}),
    "asking for a new password": ("/accounts/password/reset/", {"email": "{}"}),
    "adding an address": ("/accounts/email/", {"email": "{}", "action_add": ""}),
}


def measure() -> list[Row]:
    """Measure in this process, on SQLite, with the real way to hash passwords."""
    with blog_in_this_process():
        return [compared(name, *FORMS[name]) for name in FORMS] + [by_passkey()]


def compared(name: str, path: str, form: dict[str, str]) -> Row:
    """Send a form with addresses that have an account and with others, in turn, and compare the medians."""
    from django.contrib.auth.hashers import make_password

    from tests.factories import UserFactory
    from tests.people import confirm

    label = name.replace(" ", "-")
    known = [f"known{number}-{label}@council.example" for number in range(ROUNDS + 1)]
    hashed = make_password(PASSWORD)  # Once, for it is slow
    for address in known:
        user = confirm(UserFactory(email=address))
        type(user).objects.filter(pk=user.pk).update(password=hashed)
    unknown = [address.replace("known", "nobody") for address in known]

    def send(address: str) -> Callable[[], Any]:
        client = _visitor(is_in=path == "/accounts/email/")
        given = {field: value.format(address) for field, value in form.items()}
        return lambda: client.post(path, given)

    return _row(name, [(send(one), send(other)) for one, other in zip(known, unknown, strict=True)])


def by_passkey() -> Row:
    """The same for a passkey that says it belongs to an account that is there, and to one that isn't."""
    from tests.factories import UserFactory

    def send(number: int) -> Callable[[], Any]:
        client = _visitor(is_in=False)
        client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
        credential = f'{{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {{"userHandle": "{number}"}}}}'
        return lambda: client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    known = [UserFactory().pk for _ in range(ROUNDS + 1)]
    return _row("signing in by passkey", [(send(pk), send(pk + 10**6)) for pk in known])


def _visitor(*, is_in: bool) -> Any:
    from django.test import Client

    from tests.factories import UserFactory
    from tests.people import confirm, signed_in

    return signed_in(confirm(UserFactory()), SERVER_NAME="127.0.0.1") if is_in else Client(SERVER_NAME="127.0.0.1")


def _row(name: str, pairs: list[tuple[Callable[[], Any], Callable[[], Any]]]) -> Row:
    times: tuple[list[float], list[float]] = ([], [])
    for turn, pair in enumerate(pairs):
        # Whichever is first alternates, so that what the one warms up favours neither
        for which in (0, 1) if turn % 2 else (1, 0):
            began = time.perf_counter()
            answer = pair[which]()
            took = (time.perf_counter() - began) * 1000
            assert answer.status_code in {200, 302}, (name, answer.status_code)
            if turn:  # The first of each only reads templates
                times[which].append(took)
    known, unknown = (statistics.median(measured) for measured in times)
    ratio = max(known, unknown) / min(known, unknown)
    value = f"{known / unknown:.3f} (known {known:.1f} ms, unknown {unknown:.1f} ms, medians of {len(times[0])})"
    return Row(f"{name}: known ÷ unknown address", value, f"between {1 / LIMIT:.2f} and {LIMIT:.2f}", ratio <= LIMIT)
