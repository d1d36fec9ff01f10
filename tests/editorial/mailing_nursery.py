"""`python -m tests.editorial.mailing_nursery`: workers that send mailings, to be killed. For `test_mailings_killed`.

Django is loaded once; each line on the standard input, a moment, starts a worker as a process of its own, which sends
what is due at that moment and ends. Its key is answered, so that a test can kill it like any process.
"""

import datetime as dt
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable


def main() -> None:
    import django

    django.setup()
    from django.urls import get_resolver

    from blog.editorial.mailings.sending import send_some

    assert get_resolver().url_patterns  # Loaded here, or each worker would take seconds to its first letter

    for line in sys.stdin:
        at = dt.datetime.fromisoformat(line.strip())
        child = os.fork()
        if child == 0:
            code = 1
            try:
                work(send_some, at)
                code = 0
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(code)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def work(send_some: Callable[..., int], at: dt.datetime) -> None:
    """Send until nothing is left or somebody says stop, as `manage.py worker` does."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    while not stopped.is_set() and send_some(at=at, most=25, is_stopped=stopped.is_set):
        pass


if __name__ == "__main__":
    main()
