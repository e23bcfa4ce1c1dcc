"""R9, G27: the server's own clock: wall time at its start, and steady time since."""

from app.clock import STEP, ServerClock


class Machine:
    """A machine whose wall clock can be set while its steady clock continues. Seconds."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 50.0

    def forward(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def clock(self) -> ServerClock:
        return ServerClock(lambda: self.wall, lambda: self.steady)


def test_R9_G27_a_jump_of_the_machine_s_clock_moves_nothing() -> None:
    machine = Machine()
    clock = machine.clock()
    began = clock()
    for jump in (3600, -7200, 120):
        machine.wall += jump
        machine.forward(10)
    assert clock() == began + 30_000


def test_R9_a_new_start_takes_the_new_time() -> None:
    machine = Machine()
    before = machine.clock()()
    machine.wall += 3600
    assert machine.clock()() == before + 3_600_000


def test_R9_it_is_moved_by_a_little_at_a_time() -> None:
    clock = Machine().clock()
    began = clock()
    clock.slew(5_000)
    assert clock() == began + STEP
    clock.slew(-30)
    assert clock() == began + STEP - 30
