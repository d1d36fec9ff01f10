"""What is kept out of the log: addresses that open something by themselves."""

import logging
import re

# What follows is as good as a password: invitations, pitches, the links of letters, new passwords, confirmations
SECRETS = re.compile(r"(/invitation/|/pitch/|/following/|/letters/end/|/password/reset/key/|/confirm-email/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Shortens such addresses. Django writes the path of every request that it refuses into the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with what is secret in its message left out."""
        message = record.getMessage()
        if SECRETS.search(message):
            record.msg, record.args = SECRETS.sub(r"\1…", message), ()
        return True
