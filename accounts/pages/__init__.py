"""The account’s own pages, one module a page. Each makes one call and answers; signing in and up are allauth’s."""
