"""Comments: threads, pages, changing and taking away, closing, and who hears of them."""
