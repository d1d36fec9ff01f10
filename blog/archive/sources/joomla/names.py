"""Who wrote what in Joomla: accounts by their names, and the names “written by” that stood instead of them."""

from collections.abc import Iterator

from blog.archive.records import Person
from blog.archive.sources.joomla.gathering import Gathered
from blog.archive.sources.spool import Row
from blog.archive.sources.values import key_of, line


class Names:
    """The names on articles. Whoever is on none isn't among them, so that an account that wrote nothing stays there."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._accounts: dict[str, str] = {}
        for row in gathered.each("users"):
            self._accounts.setdefault(key_of(row.get("id")), line(row.get("name")) or line(row.get("username")))

    def people(self) -> Iterator[Person]:
        """Give each name that is on an article, once."""
        seen: set[str] = set()
        for table in ("content", "k2_items"):
            for row in self._gathered.each(table):
                key = self.of(row)
                if key and key not in seen:
                    seen.add(key)
                    yield Person(key=key, name=self._name(row))

    def of(self, row: Row) -> str:
        """Return the key of the name on an article; nothing if nobody knows it."""
        alias, account = line(row.get("created_by_alias")), key_of(row.get("created_by"))
        if alias and alias != self._accounts.get(account):
            return key_of(f"as-{alias}")
        return f"user-{account}" if self._accounts.get(account) else ""

    def _name(self, row: Row) -> str:
        return line(row.get("created_by_alias")) or self._accounts.get(key_of(row.get("created_by")), "")
