"""Dates in addresses, written as WordPress writes them: `/2013/12/10/`."""

from functools import cache

from django.urls import register_converter


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year; raise ValueError, which means no such address, for one that no piece can have."""
        year = int(value)
        if not 1900 <= year < 9999:
            raise ValueError(value)
        return year

    def to_url(self, value: int | str) -> str:
        """Write the year."""
        return f"{int(value):04}"


class TwoDigitConverter:
    """A month or a day, of two digits."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """Write the number with two digits."""
        return f"{int(value):02}"


@cache
def register_dates() -> None:
    """Make `<year:…>` and `<two:…>` known to routes; whoever uses them calls this first."""
    register_converter(YearConverter, "year")
    register_converter(TwoDigitConverter, "two")
