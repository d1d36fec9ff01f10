"""The editors' desk, in the Django admin."""
