"""What is in a Word file: bytes in, a text, its pictures and a list of what was left out come out.

The room knows neither pieces nor the database, and no Django: `child` runs in a process of its own, under limits, and
everything that opens the file runs there. `reading` is the door: it starts that process and bounds it from outside.

    reading → child → package (the zip) → roles, numbering (what Word's styles mean) → tidying → converting (mammoth)
"""
