"""Companies, processes, workshops and their members. What happens in a workshop is on the board."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from app.engine.agenda import THRESHOLD
from app.storage.database import metadata

company = Table(
    "company",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(400), nullable=False),
    Column("owner_id", String(64), ForeignKey("account.id"), nullable=False, index=True),
    # F4: a process is deleted this many months after its last activity.
    Column("keep_months", Integer, nullable=False, server_default="24"),
    # D2: whether the conversations for two are switched on.
    Column("conversations", Boolean, nullable=False, server_default="1"),
    # The default language of its meetings.
    Column("language", String(8), nullable=False, server_default="da"),
    # As given, *#0f5a5e*; empty for the default. `app/colour.py` derives how it is used.
    Column("colour", String(7), nullable=False, server_default=""),
    # A12: how many answers its meetings need before any are shown.
    Column("threshold", Integer, nullable=False, server_default=str(THRESHOLD)),
)

company_logo = Table(
    "company_logo",
    metadata,
    # X26: redrawn from the upload, and in the database, so that it is in backups.
    Column("company_id", String(64), ForeignKey("company.id", ondelete="CASCADE"), primary_key=True),
    Column("png", LargeBinary, nullable=False),
)

process = Table(
    "process",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("company_id", String(64), ForeignKey("company.id"), nullable=False, index=True),
    Column("group", String(400), nullable=False),
    Column("cycle", Integer, nullable=False),
    Column("board_id", String(64), nullable=False, unique=True),
    # F4: the day (ISO) of its last activity: it was made, or a meeting was made or ended.
    Column("last_day", String(10), nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("process_id", String(64), ForeignKey("process.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "account_id", String(64), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    # facilitator, co_facilitator or reader
    Column("role", String(32), nullable=False),
    # F3: the duty in the working group, in the group's own words; NULL if not a member of it.
    Column("duty", String(400), nullable=True),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", String(64), primary_key=True),
    # X2: the SHA-256 of 32 random bytes.
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    # NULL: to begin a process of one's own.
    Column("process_id", String(64), ForeignKey("process.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("role", String(32), nullable=False),
    Column("duty", String(400), nullable=True),
    Column(
        "invited_by", String(64), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    # Whom it was made for, as the inviter wrote it.
    Column("name", String(400), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

workshop = Table(
    "workshop",
    metadata,
    Column("id", String(64), primary_key=True),
    Column(
        "process_id", String(64), ForeignKey("process.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    # As given when it was made; afterwards the board's own record is authoritative.
    Column("title", String(400), nullable=False),
    Column("language", String(8), nullable=False),
    Column("date", String(10), nullable=False),
    # F1: the phase of the template it was made from.
    Column("phase", Integer, nullable=False),
    # Which of the machine's addresses the QR code names; NULL follows the setting or the default route.
    Column("base_url", String(200), nullable=True),
    Column("made_at", BigInteger, nullable=False),
)

own_template = Table(
    "own_template",
    metadata,
    Column("id", String(64), primary_key=True),
    Column(
        "company_id", String(64), ForeignKey("company.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("name", String(400), nullable=False),
    # F1: the phase of the meeting it was saved from.
    Column("phase", Integer, nullable=False),
    # JSON: a list of activity, title, minutes and settings, in the agenda's order.
    Column("items", Text, nullable=False),
)
