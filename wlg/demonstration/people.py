"""The people of the demonstration. All of them are invented."""

from dataclasses import dataclass

PASSWORD = "any other business"  # noqa: S105  For the demonstration alone; printed when it is made


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and how they appear when they write."""

    slug: str
    display_name: str
    byline: str = ""
    role: str = ""
    organisation: str = ""
    about: str = ""
    is_pen_name: bool = False
    is_editor: bool = False
    is_administrator: bool = False

    @property
    def email(self) -> str:
        """An address that leads nowhere (RFC 2606)."""
        return f"{self.slug}@aob.example"


EDITORS = [
    Person(
        "tom-ashby",
        "Tom Ashby",
        "Tom Ashby",
        "Policy officer",
        "one of the editors",
        "Tom Ashby edits this blog in the evenings. By day he writes policy for a district council.",
        is_editor=True,
    ),
    Person(
        "sam-whitlock",
        "Sam Whitlock",
        "Sam Whitlock",
        "Revenues team leader",
        "one of the editors",
        "Sam Whitlock has worked in revenues for sixteen years and would like to be asked about something else.",
        is_editor=True,
    ),
    Person("ada-brook", "Ada Brook", is_editor=True, is_administrator=True),
]
GUESTS = [
    Person(
        "priya-raman",
        "Priya Raman",
        "Priya Raman",
        "Planning Systems Manager",
        "Calder Vale District Council",
        "Priya Raman runs planning systems at Calder Vale. Before that she was a planning officer for nine years. "
        "She writes here in her own name; the views are hers.",
    ),
    Person(
        "owen-pritchard",
        "Owen P.",
        "Owen Pritchard",
        "Housing options lead",
        "Llanfair",
        "Owen Pritchard has spent twelve years finding people somewhere to live by Friday.",
    ),
    Person(
        "helen-marsh",
        "Helen Marsh",
        "Helen Marsh",
        "Democratic services",
        "Thornmere",
        "Helen Marsh clerks eleven committees and remembers what was decided at all of them.",
    ),
    Person(
        "j-adeyemi",
        "J. Adeyemi",
        "J. Adeyemi",
        "Improvement and assurance",
        "Thornmere",
        "J. Adeyemi reads what the council sends to people, aloud, and then asks for it to be sent no more.",
    ),
    Person(
        "gwen-tudor",
        "Gwen Tudor",
        "Gwen Tudor",
        "Highways inspector",
        "Aberwen County",
        "Gwen Tudor walks eleven miles on a working day and measures what she finds.",
    ),
    Person(
        "dennis-okafor",
        "Dennis Okafor",
        "Dennis Okafor",
        "Enforcement officer",
        "Calder Vale",
        "Dennis Okafor knocks on doors for a living and is nearly always offered tea.",
    ),
    Person(
        "margaret-fell",
        "Margaret Fell",
        "Margaret Fell",
        "Registrar, retired",
        "",
        "Margaret Fell registered births, deaths and marriages for thirty-one years, in ink.",
    ),
    Person(
        "karen-holt",
        "K. H.",
        "A Head of Service",
        "",
        "",
        "A Head of Service runs one somewhere in England and would like to go on doing so.",
        is_pen_name=True,
    ),
]
READERS = [
    Person("dana-whitby", "Dana Whitby"),
    Person("bill-harker", "Bill Harker"),
    Person("ruth-onslow", "Ruth Onslow"),
    Person("night-porter", "The Night Porter"),
    Person("imran-sheikh", "Imran Sheikh"),
    Person("carys-bevan", "Carys Bevan"),
]
# Who stands behind the names that the texts use where they are not an account's own
BEHIND = {"a-head-of-service": "karen-holt", "the-night-porter": "night-porter"}

CATEGORIES = {
    "services": ("Services", "Bins, benefits, planning, roads: what people meet when they meet the council."),
    "people": ("People", "Who does the work, how they are managed, and what they say in the kitchen."),
    "democracy": ("Democracy", "Councillors, committees, elections, and the other government in Whitehall."),
}
SERIES = {
    "small-lists": ("Small lists", 4, "How one planning office found out what it had, who had it, and by when."),
    "central-and-local": (
        "Central and local",
        6,
        "What Whitehall and town halls ask of each other, told from both ends of the telephone.",
    ),
}
