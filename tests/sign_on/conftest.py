"""A sign-in provider, and a server that uses it."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.clock import Clock
from tests.support.house import House, house
from tests.support.identity import Provider, provider


@pytest.fixture(scope="package")
def running() -> Iterator[Provider]:
    """One for all tests."""
    with provider() as made:
        yield made


@pytest.fixture
def there(running: Provider) -> Provider:
    """Honest, until a test bends it."""
    running.honest()
    return running


@pytest_asyncio.fixture
async def home(tmp_path: Path, there: Provider) -> AsyncIterator[House]:
    """Its clock follows the provider's, which is the machine's."""
    settings = {
        "oidc_issuer": there.url,
        "oidc_client_id": "trivsel",
        "oidc_client_secret": "hemmelig",
        "oidc_name": "Firmaets konto",
    }
    clock = Clock(datetime.now(UTC))
    async with house(tmp_path, clock, base_url="http://localhost:8000", more=settings) as made:
        yield made
