"""A stand-in for a provider of OpenID Connect: it answers what requests would fetch, and says what a test tells it to."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests

SERVER = "https://login.council.example"


class Provider:
    """Knows one person, and can be made to lie."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {
            "sub": "person-7",
            "email": "Ivy@council.example",
            "email_verified": True,
            "name": "Ivy Lane, Head of Planning",
            "picture": "https://login.council.example/ivy.jpg",
        }
        self.token: dict[str, Any] = {"iss": SERVER, "aud": "the-blog", "exp": 4_000_000_000}
        self.token_sub = ""
        self.is_down = False
        self.nonsense: dict[str, Any] | None = None
        self.asked: list[str] = []
        self.codes: list[str] = []

    def answer(self, _session: Any, method: str, url: str, **given: Any) -> requests.Response:
        """Answer in place of `requests.Session.request`."""
        path = urlsplit(url).path
        self.asked.append(path)
        if self.is_down:
            raise requests.ConnectionError
        found: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": SERVER,
                "authorization_endpoint": f"{SERVER}/authorize",
                "token_endpoint": f"{SERVER}/token",
                "userinfo_endpoint": f"{SERVER}/me",
                "jwks_uri": f"{SERVER}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "secret-of-the-provider", "token_type": "Bearer", "id_token": self._id_token()},
            "/me": self.person,
        }[path]
        if path == "/token":
            self.codes.append(str((given.get("data") or {}).get("code_verifier")))
            if self.nonsense is not None:
                found = self.nonsense
        response = requests.Response()
        response.status_code = 200
        response.headers["Content-Type"] = "application/json"
        response._content = json.dumps(found).encode()
        return response

    def _id_token(self) -> str:
        claims = {**self.person, **self.token, "sub": self.token_sub or self.person["sub"]}
        return jwt.encode(claims, "a key that nobody looks at, for the token came straight", algorithm="HS256")


def state_in(url: str) -> dict[str, str]:
    """Return what a visitor is sent to the provider with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
