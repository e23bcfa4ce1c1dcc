"""Wires signing in through a provider: the settings, and the accounts it opens."""

from fastapi import APIRouter

from app.access import Access
from app.accounts.joining import Joining
from app.accounts.routes import Cookie
from app.accounts.service import Accounts
from app.accounts.sign_on import SignOns
from app.accounts.sign_on_routes import Offered, routes as sign_on_routes
from app.limits import Clock
from app.processes.invitations import Invitations
from app.settings import Settings
from app.sign_on.keeping import Errands
from app.sign_on.provider import Provider
from app.storage.database import Database
from app.storage.spent import Spent


def routes(
    settings: Settings,
    database: Database,
    clock: Clock,
    key: bytes,
    accounts: Accounts,
    access: Access,
    cookie: Cookie,
) -> APIRouter:
    """The routes exist without a provider too, and say that there is none."""
    joining = Joining(database, clock, accounts, Invitations(database, clock, accounts))
    return sign_on_routes(
        offered=_offered(settings, clock),
        errands=Errands(key, clock, Spent(database, clock)),
        sign_ons=SignOns(database, clock, accounts, joining),
        accounts=accounts,
        access=access,
        cookie=cookie,
        clock=clock,
        mails=bool(settings.smtp_url),
    )


def _offered(settings: Settings, clock: Clock) -> Offered | None:
    if not settings.oidc_issuer:
        return None
    provider = Provider(
        issuer=settings.oidc_issuer,
        client=settings.oidc_client_id,
        secret=settings.oidc_client_secret,
        back=f"{settings.base_url}/sign-on",
        clock=clock,
    )
    return Offered(provider, settings.oidc_name)
