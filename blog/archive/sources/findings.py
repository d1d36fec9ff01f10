"""What could not be brought as it was, gathered while one thing is read."""

from blog.archive.records import Loss, Weight


class Findings:
    """Losses of one thing, such as a piece. The same said twice is said once; `most` bounds how many."""

    def __init__(self, which: str, *, most: int = 100) -> None:
        self.which = which
        self._most = most
        self._losses: dict[tuple[str, str], Loss] = {}

    def lost(self, what: str, why: str) -> None:
        """Say that something isn't here at all."""
        self._add(what, why, Weight.LOST)

    def changed(self, what: str, why: str) -> None:
        """Say that something is here, but not as it was."""
        self._add(what, why, Weight.CHANGED)

    def noted(self, what: str, why: str) -> None:
        """Say what somebody may want to look at."""
        self._add(what, why, Weight.NOTED)

    def take(self) -> list[Loss]:
        """Return what was found, and begin anew."""
        losses = list(self._losses.values())
        self._losses.clear()
        return losses

    def _add(self, what: str, why: str, weight: Weight) -> None:
        if len(self._losses) < self._most:
            self._losses.setdefault((what, why), Loss(what, self.which, why, weight))
