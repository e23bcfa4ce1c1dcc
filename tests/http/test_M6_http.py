"""M6: each HTTP operation, called as its schema says and otherwise: no 5xx, no undocumented status.

One call to each in every run, a hundred of each kind in `make soak`. Operations that delete what the others
need are called with ids that do not exist.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance

from app.contract.openapi import document, faults
from tests.support.meeting import Meeting, signed_in
from tests.support.server import Server

SOAK = "TRIVSEL_SOAK" in os.environ
EACH = 100 if SOAK else 1
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SCHEMA = schemathesis.openapi.from_dict(json.loads(document()))
OPERATIONS: list[Any] = [each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)]
FAULTS = frozenset(faults())
#: Of a refusal over HTTP, and of one to a command sent by POST.
SHAPES = (
    {"code", "text", "id"},
    {"code", "text", "id", "retry_after"},
    {"type", "ref", "code", "fresh", "retry_after"},
)
#: These delete the caller, or what the others need.
ENDS = {"DELETE /api/session", "DELETE /api/account"}
DELETES = {
    f"DELETE /api/{what}" for what in ("workshops/{workshop}", "processes/{process}", "companies/{company}")
}


@dataclass
class Asker:
    """The caller, and what there is to call it with."""

    url: str
    headers: dict[str, str]
    ids: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    #: Of a manager's link, which is shown in a body.
    token: str = ""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("http") / "data", laid=True) as server:
        yield server


@pytest_asyncio.fixture(scope="module")
async def lead(running: Server) -> AsyncIterator[Asker]:
    """A facilitator of a process with one meeting, whose door is open."""
    async with signed_in(running) as http:
        meeting = await Meeting(running.url, http).make()
        await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="open")
        home = (await http.get("/api/home")).json()
        made = await meeting.post(f"/api/processes/{meeting.process}/links", days=2)
        ids = {
            "process": meeting.process,
            "workshop": meeting.workshop,
            "company": home["companies"][0]["id"],
            "link": made["id"],
        }
        yield Asker(
            running.url,
            {"Origin": running.url},
            ids,
            {one.name: str(one.value) for one in http.cookies.jar},
            made["url"].partition("#")[2],
        )


def name_of(operation: Any) -> str:
    """As the table of roles names it."""
    return f"{operation.method.upper()} {operation.path}"


def said_wrong(case: Any, answer: Any) -> str | None:
    """What is wrong with an undocumented answer, or None."""
    status = answer.status_code
    if status >= 500:
        return "broken"
    if status < 300:
        if str(status) not in case.operation.definition.raw["responses"]:
            return "not declared"
        try:
            case.validate_response(answer, checks=[response_schema_conformance])
        except Exception as why:  # noqa: BLE001  whatever it is called, it says how the answer differs
            return str(why)
        return None
    try:
        body = json.loads(answer.content)
    except ValueError:
        return "no refusal"
    known = isinstance(body, dict) and body.get("code") in FAULTS and body.keys() in SHAPES
    return None if known else "no refusal"


def thrown(asker: Asker, operation: Any, mode: GenerationMode, many: int) -> list[str]:
    """What was wrong in this many calls to one operation."""
    named = name_of(operation)
    wrong: list[str] = []

    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        derandomize=not SOAK,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), own=st.booleans())
    def ask(case: Any, own: bool) -> None:
        if named not in DELETES and (own or not SOAK):
            for name in case.path_parameters.keys() & asker.ids.keys():
                case.path_parameters[name] = asker.ids[name]
        if asker.token and isinstance(case.body, dict) and "token" in case.body and "summary" in named:
            case.body["token"] = asker.token
        answer = case.call(
            base_url=asker.url,
            headers=asker.headers,
            cookies=asker.cookies,
            allow_redirects=False,
            timeout=60,
        )
        if fault := said_wrong(case, answer):
            wrong.append(f"{named} {answer.status_code} {fault[:300]} {answer.content[:120]!r}")

    # An operation without parameters cannot be called wrongly.
    with suppress(Unsatisfiable):
        ask()
    return wrong


def modes(nth: int) -> tuple[GenerationMode, ...]:
    """Both of them, or in short runs one of them in turn."""
    return MODES if SOAK else (MODES[nth % 2],)


def test_M6_X20_facilitators_are_answered_as_declared(lead: Asker, running: Server) -> None:
    them = [one for one in OPERATIONS if name_of(one) not in ENDS]
    wrong = [
        fault
        for nth, one in enumerate(them)
        for mode in modes(nth)
        for fault in thrown(lead, one, mode, EACH)
    ]
    assert not wrong, "\n".join(wrong)
    assert "Traceback" not in running.output() and "unexpected" not in running.output()


def test_M6_X20_strangers_and_people_with_a_link_are_answered_as_declared(
    lead: Asker, running: Server
) -> None:
    nobody = Asker(lead.url, lead.headers, lead.ids, token=lead.token)
    (summary,) = (one for one in OPERATIONS if one.path == "/api/summary")
    them = OPERATIONS if SOAK else OPERATIONS[1::3]
    wrong = [
        fault
        for nth, one in enumerate(them)
        for mode in modes(nth)
        for fault in thrown(nobody, one, mode, EACH)
    ]
    wrong += thrown(nobody, summary, GenerationMode.POSITIVE, 100 if SOAK else 4)
    assert not wrong, "\n".join(wrong)
    assert "Traceback" not in running.output() and "unexpected" not in running.output()
