"""Signing in through an OpenID Connect provider, if configured: the request, and what the answer proves."""
