"""The doors of workshops, the codes they had, the screens that are waiting, and those let in."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from app.storage.database import metadata

door = Table(
    "door",
    metadata,
    Column("workshop_id", String(64), primary_key=True),
    Column("board_id", String(64), nullable=False),
    Column("open", Boolean, nullable=False),
    # The six characters for typing. Useless once the door is closed, so they are stored in the clear.
    Column("code", String(6), nullable=False, unique=True),
    # Only the hash of the QR code's token; the server's key derives the token from `nonce` (X10).
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("nonce", LargeBinary(16), nullable=False),
    # "New code for all" raises it, which invalidates every earlier room token.
    Column("epoch", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

used_code = Table(
    "used_code",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("until", BigInteger, nullable=False),
)

screen = Table(
    "screen",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("workshop_id", String(64), nullable=False),
    Column("board_id", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_screen_workshop_id", "workshop_id"),
)

pairing = Table(
    "pairing",
    metadata,
    # The secret is the waiting screen's alone.
    Column("secret_hash", LargeBinary(32), primary_key=True),
    # Anybody in the room can read it off the wall, so it is stored in the clear.
    Column("code", String(4), nullable=False, unique=True),
    Column("expires_at", BigInteger, nullable=False),
    # The workshop in which the code was typed; empty until then.
    Column("workshop_id", String(64), nullable=True),
    Column("board_id", String(64), nullable=True),
    Index("ix_pairing_workshop_id", "workshop_id"),
)
