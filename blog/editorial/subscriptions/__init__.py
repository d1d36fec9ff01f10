"""Following the blog by mail: asked for, confirmed, managed and ended, all without an account.

`asking` takes in what somebody types and `confirming` makes it active; `managing` is the page behind the link in every
letter; `ending` and `bouncing` end; `moving` follows names that are merged or hidden; `forgetting` clears and erases;
`counting` is what editors see. `links` are signed and hold no address.
"""
