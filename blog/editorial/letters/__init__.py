"""Letters: their kinds and words, what people chose to get, writing them as rows, and sending what is due."""
