"""The project: settings, addresses and the entry for the server. The only place where the apps meet."""
