"""Records → files: Markdown, WXR and JSON.

taking_out (rows → records) → markdown | wxr | lines (records → a file) → exporting (beside, verified, renamed)
"""
