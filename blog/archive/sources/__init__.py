"""Other systems, one module or room each: their exports, read as records."""
