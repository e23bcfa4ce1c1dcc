"""Managers' links (X12): created, opened, withdrawn; and the routes around them."""

import asyncio
from pathlib import Path

import pytest

from app.engine.commands import Role
from app.exports.links import Links
from app.http.errors import Problem
from app.limits import DAY, SECOND
from app.storage.database import Database
from tests.exports.web import OTHER, PROCESS, START, Now, Web


async def refused(opening: object) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        await opening  # type: ignore[misc]
    return problem.value.status_code, problem.value.code


async def test_X12_a_link_opens_its_process_and_counts(links: Links) -> None:
    made = await links.make(PROCESS)
    assert len(made.token) == 43
    for _ in range(3):
        assert (await links.open(made.token, None)).process == PROCESS
    assert [(link.id, link.opened, link.locked) for link in await links.of(PROCESS)] == [
        (made.link.id, 3, False)
    ]
    assert await links.of(OTHER) == []


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_X12_only_the_hash_of_link_and_password_is_kept(
    links: Links, database: Database, tmp_path: Path
) -> None:
    made = await links.make(PROCESS, password="en lang adgangskode")
    await links.open(made.token, "en lang adgangskode", "hash-of-an-address")
    await database.close()
    kept = b"".join(path.read_bytes() for path in files_in(tmp_path))
    for secret in (made.token, "en lang adgangskode", "hash-of-an-address"):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


async def test_B61_expired_withdrawn_cut_and_changed_links_are_one_answer(links: Links, now: Now) -> None:
    short, withdrawn = await links.make(PROCESS, days=1), await links.make(PROCESS, days=90)
    await links.revoke(withdrawn.link.id)
    await links.revoke(withdrawn.link.id)
    now.ms += DAY
    fresh = (await links.make(PROCESS)).token
    wrong = ("", "x", fresh[:-1], fresh.upper(), fresh + "A", " " + fresh, "\ud800", "æ" * 5000)
    for token in (short.token, withdrawn.token, *wrong):
        assert await refused(links.open(token, None)) == (410, "link_gone")
    assert [link.opened for link in await links.of(PROCESS)] == [0]


async def test_B62_wrong_passwords_wait_longer_and_never_lock(links: Links, now: Now) -> None:
    made = await links.make(PROCESS, password="adgangskode")
    assert await refused(links.open(made.token, None)) == (401, "password_needed")
    for _ in range(5):
        assert await refused(links.open(made.token, "forkert")) == (403, "link_password")
    # The right password waits too, or guessing could continue.
    assert await refused(links.open(made.token, "adgangskode")) == (429, "slow_down")
    now.ms += SECOND
    assert await refused(links.open(made.token, "forkert")) == (403, "link_password")
    now.ms += SECOND
    assert await refused(links.open(made.token, "adgangskode")) == (429, "slow_down")
    now.ms += SECOND
    assert (await links.open(made.token, "adgangskode")).process == PROCESS
    assert await refused(links.open(made.token, "forkert")) == (403, "link_password")


async def test_B62_guesses_sent_in_parallel_all_count(links: Links) -> None:
    made = await links.make(PROCESS, password="adgangskode")
    answers = await asyncio.gather(*(refused(links.open(made.token, f"gæt {n}")) for n in range(12)))
    assert sorted(code for _, code in answers) == ["link_password"] * 5 + ["slow_down"] * 7


async def test_links_that_expired_long_ago_are_deleted(links: Links, now: Now) -> None:
    old = await links.make(PROCESS, days=1)
    now.ms += 92 * DAY
    await links.make(PROCESS)
    assert await links.process(old.link.id) is None


async def test_drivers_read_the_summary_in_three_forms(web: Web) -> None:
    at = "/api/workshops/workshop-1/summary"
    assert (await web.client.get(at)).json()["title"] == "Trivsel: Montagen"
    html, pdf = await web.client.get(f"{at}.html"), await web.client.get(f"{at}.pdf")
    assert "Besked om ændringer" in html.text and 'href="summary.pdf"' in html.text
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"] == 'attachment; filename="opsamling-2026-12-03.pdf"'
    for answer in (html, pdf):
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "read", "export"),
    [(Role.FACILITATOR, 200, 200), (Role.CO_FACILITATOR, 200, 403), (None, 401, 401)],
)
async def test_X20_roles_that_may_read_and_that_may_make_links(
    web: Web, role: Role | None, read: int, export: int
) -> None:
    link, _ = await web.link()
    web.people.role = role
    for end in ("", ".html", ".pdf"):
        assert (await web.client.get(f"/api/workshops/workshop-1/summary{end}")).status_code == read
    assert (await web.client.get(f"/api/processes/{PROCESS}/links")).status_code == export
    made = await web.client.post(f"/api/processes/{PROCESS}/links", json={})
    gone = await web.client.delete(f"/api/links/{link}")
    assert (made.status_code, gone.status_code) == ((201, 204) if export == 200 else (export, export))


async def test_X20_what_belongs_to_somebody_else_is_not_found(web: Web, links: Links) -> None:
    other = await links.make(OTHER)
    assert (await web.client.get("/api/workshops/workshop-2/summary")).status_code == 404
    assert (await web.client.get(f"/api/processes/{OTHER}/links")).status_code == 404
    assert (await web.client.post(f"/api/processes/{OTHER}/links", json={})).status_code == 404
    for link in (other.link.id, "unknown"):
        assert (await web.client.delete(f"/api/links/{link}")).status_code == 404
    assert (await links.open(other.token, None)).process == OTHER


async def test_X12_a_manager_reads_with_the_link_alone(web: Web) -> None:
    _, token = await web.link()
    web.people.role = None
    html = await web.client.post("/api/summary", json={"token": token})
    pdf = await web.client.post("/api/summary", json={"token": token, "as": "pdf"})
    assert "Besked om ændringer" in html.text and "summary.pdf" not in html.text
    assert pdf.content.startswith(b"%PDF")
    for answer in (html, pdf, await web.client.get("/summary")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"


async def test_X12_links_are_listed_counted_and_withdrawn(web: Web) -> None:
    link, token = await web.link(days=90, password="otte tegn", without=["words", "phase_3", "words"])
    await web.client.post("/api/summary", json={"token": token, "password": "otte tegn"})
    listed = (await web.client.get(f"/api/processes/{PROCESS}/links")).json()
    assert listed == [
        {
            "id": link,
            "made_at": START,
            "expires_at": START + 90 * DAY,
            "locked": True,
            "opened": 1,
            "without": ["phase_3", "words"],
        }
    ]
    assert (await web.client.delete(f"/api/links/{link}")).status_code == 204
    gone = await web.client.post("/api/summary", json={"token": token, "password": "otte tegn"})
    assert (gone.status_code, gone.json()["text"]) == (410, "Linket virker ikke længere.")
    assert (await web.client.get(f"/api/processes/{PROCESS}/links")).json() == []


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"days": 0}, "range"),
        ({"days": 91}, "range"),
        ({"days": 1.5}, "type"),
        ({"days": True}, "type"),
        ({"password": "kort"}, "link_password_short"),
        ({"password": "x" * 129}, "too_long"),
        ({"process": OTHER}, "unknown_field"),
        ({"without": ["phase_9"]}, "range"),
        ({"without": ["words"] * 7}, "too_many"),
    ],
)
async def test_X12_a_link_lives_ninety_days_at_most(web: Web, how: dict[str, object], code: str) -> None:
    answer = await web.client.post(f"/api/processes/{PROCESS}/links", json=how)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_process_without_meetings_leads_nowhere(web: Web) -> None:
    _, token = await web.link()
    web.source.gathered = None
    assert (await web.client.post("/api/summary", json={"token": token})).status_code == 410
    assert (await web.client.get("/api/workshops/workshop-1/summary.html")).status_code == 404


@pytest.mark.parametrize("name", ["summary.css", "summary.js", "figtree.woff2"])
async def test_the_pages_files_are_served(web: Web, name: str) -> None:
    answer = await web.client.get(f"/static/{name}")
    assert answer.status_code == 200 and answer.headers["etag"]


@pytest.mark.parametrize("name", ["links.py", "..%2froutes.py", "%2e%2e/routes.py", "summary.css%00"])
async def test_B38_nothing_else_is_served(web: Web, name: str) -> None:
    assert (await web.client.get(f"/static/{name}")).status_code == 404


async def test_X12_what_a_link_leaves_out_is_previewed_and_it_says_until_when_it_works(web: Web) -> None:
    at = f"/api/processes/{PROCESS}/summary"
    preview = (await web.client.get(f"{at}.html?without=words")).text
    assert "Besked om ændringer" in preview and "Telefonen ringer" not in preview
    assert 'href="summary.pdf?without=words"' in preview
    assert (await web.client.get(f"{at}.pdf?without=words")).content.startswith(b"%PDF")
    assert "Telefonen ringer" in (await web.client.get(f"{at}.html")).text
    assert (await web.client.get(f"{at}.html?without=x")).status_code == 422
    _, token = await web.link(without=["words"])
    read = (await web.client.post("/api/summary", json={"token": token})).text
    assert "Linket virker til 29. januar 2027." in read and "Linket virker" not in preview

    def article(html: str) -> str:
        return html.partition("<article>")[2].partition("</article>")[0]

    # The same document, for the facilitator and for the holder of the link.
    assert article(read) == article(preview) != ""
