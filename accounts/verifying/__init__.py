"""Verified public servants: domains that editors list, and the badge beside a name, which says that alone."""
