"""Forms of the account pages: allauth's for signing in and for second factors, and our own."""
