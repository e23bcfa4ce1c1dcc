"""Who may come in, wired: accounts meet what is theirs in companies and processes here."""

from fastapi import APIRouter

from app.access import Access
from app.accounts.leaving import Leaving
from app.accounts.leaving_routes import routes as leaving_routes
from app.accounts.own import OwnAccount
from app.accounts.own_routes import routes as own_routes
from app.accounts.proof import Proof
from app.accounts.routes import Cookie, routes as account_routes
from app.accounts.service import Accounts
from app.limits import Clock
from app.storage.database import Database


def routes(
    *, database: Database, clock: Clock, accounts: Accounts, access: Access, cookie: Cookie, leaving: Leaving
) -> tuple[APIRouter, ...]:
    """Those of signing in, and of one's own account."""
    proof = Proof(database, clock, accounts.passwords)
    own = OwnAccount(database, accounts, proof)
    return (
        account_routes(accounts=accounts, access=access, cookie=cookie),
        own_routes(own=own, proof=proof, access=access, cookie=cookie),
        leaving_routes(leaving=leaving, access=access, cookie=cookie),
    )
