"""One line of the table: what was measured, what it gave, and what it may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`is_met` is None where there is no limit: a number to know, not one to hold."""

    name: str
    value: str
    limit: str = ""
    is_met: bool | None = None

    @property
    def result(self) -> str:
        return "" if self.is_met is None else "met" if self.is_met else "not met"


def at_least(name: str, value: float, limit: float, *, unit: str = "", note: str = "") -> Row:
    return Row(name, f"{value:.2f}{unit}{note}", f"at least {limit}{unit}", value >= limit)


def at_most(name: str, value: float, limit: float, *, unit: str = "", note: str = "", digits: int = 2) -> Row:
    return Row(name, f"{value:.{digits}f}{unit}{note}", f"at most {limit}{unit}", value <= limit)


def information(name: str, value: str) -> Row:
    return Row(name, value)
