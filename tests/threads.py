"""Two at the same moment."""

import threading
from collections.abc import Callable

from django.db import connection

from blog.editorial.refusals import EditorialRefusal


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together, and return what each gave or how it was refused."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            outcomes[index] = act()
        except EditorialRefusal as refusal:
            outcomes[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
