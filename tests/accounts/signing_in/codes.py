"""What an authenticator app shows."""

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(user: User) -> User:
    """Set up an authenticator app for an account."""
    TOTP.activate(user, SECRET)
    return user


def shown(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return the code of this half minute, or of one before or after."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
