"""Signing in by an OpenID Connect provider, if one is set: what it is asked, and what its answer proves."""
