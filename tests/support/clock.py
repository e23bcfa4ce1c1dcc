"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


class Clock:
    """Call it for the time, `forward` moves it; hand `clock.ms` in wherever the product takes a clock."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def ms(self) -> int:
        """The same as the server's own clock tells it."""
        return int(self.now.timestamp() * 1000)

    def forward(self, seconds: float) -> datetime:
        """Let time pass without waiting for it."""
        self.now += timedelta(seconds=seconds)
        return self.now
