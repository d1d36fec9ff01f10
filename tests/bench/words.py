"""Invented texts in any quantity: always the same for the same number, varied, and with two words that are counted."""

import random
from functools import cache
from itertools import accumulate

# One piece in a thousand holds the first, one in ten the second; no other text does
RARE, COMMON = "kingfisher", "turnstile"
RARE_EVERY, COMMON_EVERY = 1000, 10
RARE_AT, COMMON_AT = 7, 4  # The first piece that holds each


def several(words: str) -> list[str]:
    """Return the words of a list as it is written here."""
    return words.split()


KNOWN = several("""
the a of to and in that it for is on with was as by at this we they not are from be have which one had but has or an
there what who when if all more no will their would been so out up about into than them can only other time some could
council officer list row enquiry meeting agenda minute budget ward street library planning housing letter form phone
desk clerk report chair vote committee member resident office tenant permit notice review public record service
morning evening week month year office window kettle chair table paper folder drawer corridor stairs lift door
somebody nobody everybody asked answered waited wrote called read signed sent closed opened counted found kept lost
slowly quickly twice again never always perhaps because before after until while under over between against without
""")
STARTS = several("""
b br c ch d dr f fl g gr h k l m n p pl r s sh st t th tr v w
""")
MIDDLES = several("""
a e i o u ea ou ai
""")
ENDS = several("""
b ck d ft l ll m n nd ng nt p r rd rn s sk st t th x
""")
INVENTED = 6000
SENTENCES = 12_000
FORENAMES = several("""
Ada Ben Cass Dana Ewan Faye Gita Hal Ines Jo Kit Lena Mo Nell Omar Priya Quin Rosa Sam Tom Una Vic Wren Yusuf Zoe Alma
Bram Cleo Dev Esme Finn Greta Hugh Ivy Joan Kofi Lou Mina Ned Olu
""")
SURNAMES = several("""
Abbey Barrow Carden Dale Ellery Farrow Garside Hallam Ingram Jessop Kendal Larkin Marsh Nettle Orchard Pickard Quarry
Raine Sallow Thorpe Underhill Vance Whitlock Yarrow Ash Birch Cope Dunn Eaves Frost Grange Hurst Ives Judd Keld Lowe
Moss Nye Oakes Penn Rudd Stead Tarn Upton Vale Wold Yates Ayre Beck Croft Dene Edge Fell Gill Holt
""")


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return words and how often each comes or one before it, as in a language: few often, most hardly ever."""
    shuffled = random.Random(11)
    made = dict.fromkeys(KNOWN)
    while len(made) < len(KNOWN) + INVENTED:
        syllables = [shuffled.choice(STARTS) + shuffled.choice(MIDDLES) for _ in range(shuffled.choice([1, 1, 2]))]
        made.setdefault("".join(syllables) + shuffled.choice(ENDS))
    words = [word for word in made if word not in {RARE, COMMON}]
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


@cache
def sentences() -> list[str]:
    """Return sentences of 8 to 22 words, from which texts are put together."""
    chosen = random.Random(12)
    words, up_to = vocabulary()
    made = []
    for _ in range(SENTENCES):
        sentence = chosen.choices(words, cum_weights=up_to, k=chosen.randint(8, 22))
        made.append(f"{' '.join(sentence).capitalize()}.")
    return made


def line(number: int, *, least: int = 4, most: int = 7) -> str:
    """Return the words of a title."""
    chosen = random.Random(number)
    words, _ = vocabulary()
    return " ".join(chosen.choices(words, k=chosen.randint(least, most))).capitalize()


def text(number: int, count: int) -> str:
    """Return so many sentences of plain text."""
    return " ".join(random.Random(number).choices(sentences(), k=count))


def body(number: int) -> str:
    """Return a text of about 600 to 1,000 words, as clean HTML: paragraphs, headings, a quotation, a list."""
    chosen = random.Random(number)
    parts = [" ".join(chosen.choices(sentences(), k=chosen.randint(4, 6))) for _ in range(chosen.randint(8, 13))]
    if number % RARE_EVERY == RARE_AT:
        parts[3] += f" Then a {RARE} came by."
    if number % COMMON_EVERY == COMMON_AT:
        parts[4] += f" We went through the {COMMON} once more."
    made = [f"<p>{part}</p>" for part in parts]
    made[2] = f"<h2>{line(-number - 1)}</h2>{made[2]}"
    made[5] = f"<blockquote>{made[5]}</blockquote>"
    points = "".join(f"<li><p>{point}</p></li>" for point in chosen.choices(sentences(), k=3))
    made[6] += f"<ul>{points}</ul>"
    return "".join(made)


def name(number: int) -> str:
    """Return a person's name; no two numbers give the same."""
    given, family = FORENAMES[number % len(FORENAMES)], SURNAMES[number // len(FORENAMES) % len(SURNAMES)]
    turn = number // (len(FORENAMES) * len(SURNAMES))
    return f"{given} {chr(65 + turn)} {family}" if turn else f"{given} {family}"
