"""Wires accounts to their companies and processes."""

from collections.abc import Callable

from fastapi import APIRouter

from app.access import Access
from app.accounts.admin_routes import routes as admin_routes
from app.accounts.joining import Joining
from app.accounts.joining_routes import routes as joining_routes
from app.accounts.leaving import Leaving
from app.accounts.leaving_routes import routes as leaving_routes
from app.accounts.own import OwnAccount
from app.accounts.own_routes import routes as own_routes
from app.accounts.proof import Proof
from app.accounts.resetting_routes import routes as resetting_routes
from app.accounts.routes import Cookie, routes as account_routes
from app.accounts.second_routes import routes as second_routes
from app.accounts.service import Accounts
from app.limits import Clock
from app.processes.invitations import Invitations
from app.processes.memberships import Memberships
from app.processes.people_routes import routes as people_routes
from app.storage.database import Database
from app.wiring.mailing import Mailing


def routes(
    *,
    database: Database,
    clock: Clock,
    accounts: Accounts,
    access: Access,
    cookie: Cookie,
    leaving: Leaving,
    base_url: Callable[[], str],
    mailing: Mailing,
) -> tuple[APIRouter, ...]:
    """Those of signing in, of one's own account, of mails, and of who belongs to a process."""
    invitations = Invitations(database, clock, accounts)
    joining = Joining(database, clock, accounts, invitations)
    proof = Proof(database, clock, accounts.passwords)
    own = OwnAccount(database, accounts, proof)
    return (
        account_routes(accounts=accounts, access=access, cookie=cookie),
        own_routes(own=own, proof=proof, access=access, cookie=cookie),
        leaving_routes(leaving=leaving, access=access, cookie=cookie),
        second_routes(accounts=accounts, access=access, clock=clock),
        admin_routes(resetting=mailing.resetting, access=access, base_url=base_url),
        resetting_routes(resetting=mailing.resetting, access=access),
        *mailing.routes(access),
        joining_routes(joining=joining, access=access, cookie=cookie),
        people_routes(
            memberships=Memberships(database, accounts),
            invitations=invitations,
            access=access,
            base_url=base_url,
            post=mailing.post,
        ),
    )
