"""Conversations (D1-D3). Names, days and rhythm are readable; answers are sealed (`keys.py`).

No column says when an answer was given, how often, or whether there is one: all rows exist from the start and
are padded to the same lengths.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from app.storage.database import metadata

_CASCADE = "CASCADE"

pair = Table(
    "conversation_pair",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("company_id", String(64), ForeignKey("company.id", ondelete=_CASCADE), nullable=False, index=True),
    # The account whose list it is in.
    Column("account_id", String(64), ForeignKey("account.id", ondelete=_CASCADE), nullable=False, index=True),
    # As the leader typed it.
    Column("employee", String(400), nullable=False),
    Column("leader", String(400), nullable=False),
    Column("language", String(8), nullable=False),
    Column("rhythm", String(16), nullable=False),
    Column("minutes", Integer, nullable=False),
    # HH:MM, or NULL: no time agreed on.
    Column("time", String(5), nullable=True),
    # How often the plan was changed: calendars take the newer of two.
    Column("plan_rev", Integer, nullable=False),
    # The day, ISO, on which something was written last (retention).
    Column("last_day", String(10), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

link = Table(
    "conversation_link",
    metadata,
    # Derived from the link's 32 random bytes; the bytes themselves are not here.
    Column("door", LargeBinary(32), primary_key=True),
    Column(
        "pair_id",
        String(64),
        ForeignKey("conversation_pair.id", ondelete=_CASCADE),
        nullable=False,
        index=True,
    ),
    Column("side", String(16), nullable=False),
    # The pair's data key under a key of this link's.
    Column("wrapped", LargeBinary(64), nullable=False),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column(
        "pair_id",
        String(64),
        ForeignKey("conversation_pair.id", ondelete=_CASCADE),
        nullable=False,
        index=True,
    ),
    Column("number", Integer, nullable=False),
    Column("day", String(10), nullable=False),
    Column("employee_shared", Boolean, nullable=False),
    Column("leader_shared", Boolean, nullable=False),
)

answer = Table(
    "conversation_answer",
    metadata,
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversation.id", ondelete=_CASCADE),
        primary_key=True,
    ),
    Column("side", String(16), primary_key=True),
    Column("question", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
