"""D: readers of a summary may want a file; its libraries are loaded before they ask."""

from app.activities.registry import registry
from app.exports.maker import Maker
from app.exports.warming import load, names
from app.locales import words
from app.wiring import exporting
from tests.exports.making import FileMaker
from tests.exports.sample import sample
from tests.exports.web import PROCESS, Web

DA = words("da")


def test_everything_is_loaded_while_nobody_waits_and_no_more_once_somebody_does() -> None:
    assert load(lambda: False) == list(names())
    assert {"app.exports.setter", "app.exports.word", "app.exports.excel"} < set(names())
    asked = iter((False, False, True))
    assert load(lambda: next(asked)) == list(names())[:2]
    assert load(lambda: True) == []
    assert load(lambda: False, ["app.exports.left_out"]) == [*names(), "app.exports.left_out"]


async def test_the_reports_of_all_kinds_are_loaded_before_the_first_file() -> None:
    made = exporting.maker(meeting=lambda: False)
    assert {kind.report.__module__ for kind in registry.kinds.values()} == set(made._modules)


async def test_a_worker_that_is_warm_is_the_one_that_makes_the_file() -> None:
    maker = FileMaker()
    await maker.warm()
    started = maker._process
    await maker.warm()
    assert started is not None and maker._process is started
    assert (await maker.word(sample(), DA)).startswith(b"PK")
    assert maker._process is started
    await maker.close()


async def test_a_client_that_waits_for_a_file_is_not_held_up_by_warming() -> None:
    maker = Maker()
    async with maker._turn:
        await maker.warm()
        assert maker._process is None


async def test_reading_a_summary_starts_the_worker(web: Web) -> None:
    assert web.maker._process is None
    assert (await web.client.get(f"/api/processes/{PROCESS}/summary.html")).status_code == 200
    assert web.maker._process is not None
