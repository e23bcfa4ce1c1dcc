"""One's own account: name, e-mail, password, and the browsers that are signed in (X1, X4)."""

import pytest

from app.accounts.passwords import weakness
from app.limits import MINUTE
from tests.support.house import PASSWORD, House

NEW = "fire små både vinker"


@pytest.mark.parametrize(
    "password", ["Velkommen2026!", "sommer vinter", "karen24121975!", "qwerty asdfgh", "mettemette2027"]
)
def test_X1_a_password_made_of_easy_guesses_is_refused(password: str) -> None:
    assert weakness(password, "Karen Holm", "karen@bakkedal.dk") in ("password_guessable", "password_common")


@pytest.mark.parametrize("password", [NEW, PASSWORD, "kalenderblad 7 gås", "İstanbul'da üç kedi"])
def test_X1_a_few_words_that_do_not_belong_together_are_enough(password: str) -> None:
    assert weakness(password, "Karen Holm", "karen@bakkedal.dk") is None


async def test_X4_a_new_password_needs_the_old_one_and_ends_every_other_sign_in(home: House) -> None:
    desk, other = await home.signed_in(), await home.signed_in()
    over: list[str] = []
    home.gatekeeper.on_revoked(over.append)
    wrong = await desk.put("/api/account/password", json={"old": "not it at all", "new": NEW})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "proof")
    weak = await desk.put("/api/account/password", json={"old": PASSWORD, "new": "karenholm2026"})
    assert (weak.status_code, weak.json()["code"]) == (422, "password_guessable")
    assert (await other.get("/api/session")).status_code == 200 and not over
    before = desk.cookies["trivsel"]
    assert (await desk.put("/api/account/password", json={"old": PASSWORD, "new": NEW})).status_code == 204
    assert (await desk.get("/api/session")).status_code == 200 and desk.cookies["trivsel"] != before
    assert (await other.get("/api/session")).status_code == 401
    assert len(over) == 2
    signs_in = {"email": "karen@bakkedal.dk", "password": NEW}
    assert (await home.client().post("/api/session", json=signs_in)).status_code == 200
    assert (
        await home.client().post("/api/session", json=signs_in | {"password": PASSWORD})
    ).status_code == 401


async def test_X3_somebody_at_an_open_desk_cannot_guess_the_old_password(home: House) -> None:
    desk = await home.signed_in()
    body = {"old": "not it at all", "new": NEW}
    codes = [(await desk.put("/api/account/password", json=body)).status_code for _ in range(7)]
    assert codes == [403] * 5 + [429] * 2


async def test_X4_another_e_mail_needs_the_password_again_and_must_be_unused(home: House) -> None:
    desk = await home.signed_in()
    home.clock.forward(11 * MINUTE / 1000)
    refused = await desk.put("/api/account/email", json={"email": "Holm@bakkedal.dk"})
    assert (refused.status_code, refused.json()["code"]) == (403, "prove_again")
    await desk.post("/api/session/proof", json={"password": PASSWORD})
    assert (await desk.put("/api/account/email", json={"email": " Holm@Bakkedal.dk "})).status_code == 204
    assert (await desk.get("/api/session")).json()["account"]["email"] == "holm@bakkedal.dk"
    async with home.database.begin() as connection:
        await home.accounts.insert(connection, "Ida", "ida@bakkedal.dk", "-", admin=False)
    taken = await desk.put("/api/account/email", json={"email": "IDA@bakkedal.dk"})
    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")


async def test_people_choose_the_name_they_are_shown_by(home: House) -> None:
    desk = await home.signed_in()
    assert (await desk.put("/api/account/name", json={"name": "Karen Ørsted"})).status_code == 204
    assert (await desk.get("/api/session")).json()["account"]["name"] == "Karen Ørsted"
    assert (await desk.put("/api/account/name", json={"name": " "})).status_code == 422


async def test_X4_the_sign_ins_are_listed_and_ended_one_by_one_or_all_but_this(home: House) -> None:
    desk, second, third = [await home.signed_in() for _ in range(3)]
    listed = (await desk.get("/api/sessions")).json()
    assert [one["this"] for one in listed].count(True) == 1 and len(listed) == 3
    mine = next(one["id"] for one in listed if one["this"])
    theirs = next(one["id"] for one in (await second.get("/api/sessions")).json() if one["this"])
    assert mine != theirs
    assert (await desk.delete(f"/api/sessions/{theirs}")).status_code == 204
    assert (await second.get("/api/session")).status_code == 401
    assert (await third.get("/api/session")).status_code == 200
    assert (await desk.delete("/api/sessions")).status_code == 204
    assert (await third.get("/api/session")).status_code == 401
    assert [one["this"] for one in (await desk.get("/api/sessions")).json()] == [True]
