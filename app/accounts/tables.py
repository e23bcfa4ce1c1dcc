"""Accounts, sessions and one-time links. Only people with an account are here, never a participant (A3).

A member with a personal link (F3) has an account too, without e-mail or password to sign in with.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, String, Table

from app.storage.database import metadata

account = Table(
    "account",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    # Case-folded, so that one address is one account; for a member with a personal link the account's id
    # instead.
    Column("email", String(254), nullable=False, unique=True),
    # Empty if there is none: no password matches it.
    Column("password_hash", String(200), nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    # False for people invited to somebody else's process.
    Column("may_begin", Boolean, nullable=False, server_default="1"),
)

#: People who can sign in only by a personal link.
by_link = account.c.email == account.c.id

session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),
    # The cookie holds 32 random bytes; here is only their SHA-256 (X4).
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column(
        "account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("proved_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

#: The identity of an account at a provider (X28): issuer and subject are the person there.
sign_on = Table(
    "sign_on",
    metadata,
    Column("issuer", String(400), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column(
        "account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    # Nonce, sealed secret and tag, under the server's key.
    Column("sealed", LargeBinary(64), nullable=False),
    # False until a first code of the phone was right.
    Column("on", Boolean, nullable=False),
    # The step of the last accepted code: neither it nor an earlier one is accepted again.
    Column("last_step", BigInteger, nullable=False),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column(
        "account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("purpose", String(32), nullable=False),
    # Whose personal link it is; the first link makes an account and has none yet.
    Column("account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("expires_at", BigInteger, nullable=True),
    Column("used_at", BigInteger, nullable=True),
)
