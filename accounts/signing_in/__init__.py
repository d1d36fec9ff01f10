"""Signing in beyond a password: second factors, passkeys, other providers, sessions, and the limits on guessing."""
