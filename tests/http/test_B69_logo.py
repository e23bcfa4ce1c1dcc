"""X26, B69: which files may become a logo, what is left of them, and who is served it."""

import base64
import io
import struct
import zlib
from collections.abc import Callable

import httpx2
import pytest
from PIL import Image, ImageDraw

from app.processes.company_routes import MOST_LOGO
from tests.support.house import House

HIDDEN = b"Bakkedal 55.676"


def picture(shape: str, size: tuple[int, int] = (900, 300), **more: object) -> bytes:
    drawn = Image.new("RGB", size, "#1f6feb")
    ImageDraw.Draw(drawn).ellipse((0, 0, size[0] // 3, size[1]), fill="white")
    file = io.BytesIO()
    drawn.save(file, shape, **more)
    return file.getvalue()


def taken_there() -> bytes:
    """A photograph with location, author and a rotated orientation."""
    about = Image.Exif()
    about[0x0112], about[0x010E] = 6, HIDDEN.decode()
    about.get_ifd(0x8825)[2] = (55.0, 40.0, 33.0)
    return picture("JPEG", exif=about, comment=HIDDEN)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A text of 1 MB unpacks to 1,000 MB."""
    many, packer, zeros = 1_000, zlib.compressobj(9), bytes(1_000_000)
    head = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same bytes are packed the same way.
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    adler = (many * len(zeros) % 65_521) << 16 | 1
    packed = head + (many - 1) * again + packer.flush()[:-4] + struct.pack(">I", adler)
    return png(8, 8, chunk(b"zTXt", b"a\0\0" + packed))


async def made(home: House) -> tuple[httpx2.AsyncClient, str]:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    return desk, f"/api/companies/{company}/logo"


async def sent(desk: httpx2.AsyncClient, path: str, file: bytes) -> httpx2.Response:
    return await desk.put(path, json={"file": base64.b64encode(file).decode()})


@pytest.mark.parametrize("shape", ["PNG", "JPEG", "WEBP"])
async def test_X26_a_logo_is_drawn_again_and_served_as_nothing_but_a_picture(home: House, shape: str) -> None:
    desk, path = await made(home)
    assert (await sent(desk, path, picture(shape))).status_code == 204
    answer = await desk.get(path)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    drawn = Image.open(io.BytesIO(answer.content))
    assert (drawn.format, drawn.size) == ("PNG", (650, 217))
    red, _, blue = drawn.convert("RGB").getpixel((640, 100))  # type: ignore[misc]
    assert blue > 200 > red


async def test_B69_what_came_with_a_photograph_is_gone_and_it_stands_upright(home: House) -> None:
    desk, path = await made(home)
    assert HIDDEN in taken_there()
    assert (await sent(desk, path, taken_there())).status_code == 204
    kept = (await desk.get(path)).content
    drawn = Image.open(io.BytesIO(kept))
    assert not drawn.getexif() and not drawn.info
    assert drawn.height > drawn.width
    assert {kept[at : at + 4] for at in range(len(kept)) if kept[at : at + 4] in (b"tEXt", b"eXIf")} == set()
    assert HIDDEN not in await home.on_disk()


REFUSED: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "nothing": (lambda: b"", 415, "logo_kind"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", 415, "logo_kind"),
    "page": (lambda: b"<!doctype html><script>alert(1)</script>", 415, "logo_kind"),
    "gif": (lambda: picture("GIF"), 415, "logo_kind"),
    "sound": (lambda: b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40), 415, "logo_kind"),
    "wide": (lambda: picture("PNG", (4_001, 10)), 413, "logo_large"),
    "huge": (lambda: png(20_000, 20_000, chunk(b"IDAT", zlib.compress(b""))), 413, "logo_large"),
    "endless": (lambda: png(60_000, 60_000, chunk(b"IDAT", zlib.compress(b""))), 413, "logo_large"),
    "heavy": (lambda: picture("PNG") + bytes(MOST_LOGO), 413, "logo_large"),
    "cut": (lambda: picture("JPEG")[:900], 422, "logo_broken"),
    "page in a picture's clothes": (lambda: b"\x89PNG\r\n\x1a\n<script>", 415, "logo_kind"),
    "bomb": (bomb, 422, "logo_broken"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_B69_what_is_no_logo_is_refused_in_words_and_nothing_is_kept(home: House, what: str) -> None:
    desk, path = await made(home)
    make, status, code = REFUSED[what]
    answer = await sent(desk, path, make())
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await desk.get(path)).status_code == 404
    # And the worker accepts the next one.
    assert (await sent(desk, path, picture("PNG"))).status_code == 204


async def test_X26_another_logo_takes_the_place_of_the_first_and_each_has_its_mark(home: House) -> None:
    desk, path = await made(home)
    page = path.removesuffix("/logo")
    marks = []
    for size in ((900, 300), (300, 300)):
        assert (await sent(desk, path, picture("PNG", size))).status_code == 204
        marks.append((await desk.get(page)).json()["logo"])
    assert None not in marks and marks[0] != marks[1]
    assert (await desk.delete(path)).status_code == 204
    assert (await desk.get(page)).json()["logo"] is None


async def test_X26_the_colour_is_made_readable_and_what_is_none_is_refused(home: House) -> None:
    desk, path = await made(home)
    page = path.removesuffix("/logo")
    for colour, changed in (("#ffe600", True), ("#0f5a5e", False)):
        assert (await desk.put(page, json={"colour": colour})).status_code == 204
        seen = (await desk.get(page)).json()
        assert (seen["colour"], seen["used"]["changed"]) == (colour, changed)
    for wrong in ("red", "#FFE600", "#12345", "}body{x:", "#0f5a5e;"):
        answer = await desk.put(page, json={"colour": wrong})
        assert answer.status_code == 422
    assert (await desk.put(page, json={"colour": ""})).status_code == 204
    assert (await desk.get(page)).json()["used"] is None
