"""The doors of workshops, the codes they had, the screens that wait, and those let in."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from app.storage.database import metadata

door = Table(
    "door",
    metadata,
    Column("workshop_id", String(64), primary_key=True),
    Column("board_id", String(64), nullable=False),
    Column("open", Boolean, nullable=False),
    # The six characters for typing. Worth nothing once the door is closed, so they lie here as they are.
    Column("code", String(6), nullable=False, unique=True),
    # Of what the QR code names there is only the hash; the server's key makes it again from `nonce` (X10).
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("nonce", LargeBinary(16), nullable=False),
    # "New code for all" raises it, and every room token of before is dead.
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
    # Anybody in the room reads it off the wall, so it lies here as it is.
    Column("code", String(4), nullable=False, unique=True),
    Column("expires_at", BigInteger, nullable=False),
    # Where somebody typed the code; empty while nobody has.
    Column("workshop_id", String(64), nullable=True),
    Column("board_id", String(64), nullable=True),
    Index("ix_pairing_workshop_id", "workshop_id"),
)
