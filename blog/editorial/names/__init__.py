"""The names that readers see: authors and bylines, and who stands behind them, which no other room knows."""
