"""Sessions in the database, found by keys that a database can be asked for."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    """Django's own, but a cookie with anything beside letters and digits counts as none: PostgreSQL takes no NUL."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and len(key) >= 8 and key.isalnum()
