"""The secret by which a phone proves that something is its own (A1); the board keeps only its hash."""

import hashlib
import hmac


def hashed(secret: str) -> str:
    """SHA-256, hex. A plain hash is enough for 256 random bits (ASVS 6.5.2)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def proves(secret: str, secret_hash: str | None) -> bool:
    """Whether this is the secret; always False once the hash is gone."""
    # Takes equally long whether the secret is wrong or no longer exists (B43).
    return hmac.compare_digest(hashed(secret), secret_hash or "0" * 64) and secret_hash is not None
