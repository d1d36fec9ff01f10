"""How dates and times are written: 14 March 2026, 08.30."""
