"""M5: raw frames after the groups of Autobahn's suite: framing, control frames, UTF-8, fragments, closing.

A protocol violation ends the connection with its code, whoever sends it; all else is answered.
"""

import json
from collections.abc import Iterator

import pytest

from tests.live.conftest import ComeIn
from tests.live.raw import BINARY, CLOSE, PING, PONG, TEXT, Raw, frame
from tests.support.server import Server

CONT = 0
WRONG, NOT_TEXT, TOO_BIG, NOT_UTF8 = 1002, 1003, 1009, 1007


def closing(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, code.to_bytes(2, "big") + reason)


def head(second: int, *size: int) -> bytes:
    """The beginning of a text frame, with a length set by hand."""
    return bytes([0x80 | TEXT, 0x80 | second, *size])


def cases() -> Iterator[tuple[str, bytes, int | set[int]]]:
    """What ends the connection, and the close code."""
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"opcode {opcode}", frame(opcode, b"x"), WRONG
    for rsv in range(1, 8):
        for opcode, name in ((TEXT, "text"), (PING, "ping"), (CLOSE, "close")):
            yield f"RSV {rsv} on {name}", frame(opcode, b"", rsv=rsv), WRONG
    for opcode, name in (
        (TEXT, "text"),
        (BINARY, "binary"),
        (PING, "ping"),
        (PONG, "pong"),
        (CLOSE, "close"),
    ):
        yield f"unmasked {name}", frame(opcode, b"", masked=False), WRONG
    for opcode, name in ((PING, "ping"), (PONG, "pong"), (CLOSE, "close")):
        yield f"{name} of 126", frame(opcode, b"\x03\xe8" + b"x" * 124), WRONG
        yield f"{name} in parts", frame(opcode, b"\x03\xe8", fin=False), WRONG
    yield "binary", frame(BINARY, b"\0"), NOT_TEXT
    yield "binary, empty", frame(BINARY), NOT_TEXT
    yield "binary in parts", frame(BINARY, b"\0", fin=False) + frame(CONT, b"\0"), NOT_TEXT
    # Lengths
    yield "of 8,193", frame(TEXT, b" " * 8193), TOO_BIG
    yield "of 64 KiB", frame(TEXT, b" " * 65536)[:10], TOO_BIG
    yield "of 2^63-1", head(127, 0x7F, *[0xFF] * 7), TOO_BIG
    yield "of 2^63", head(127, 0x80, *[0] * 7), {WRONG, TOO_BIG}
    yield "many parts", frame(TEXT, b"a", fin=False) + frame(CONT, b"a", fin=False) * 70, TOO_BIG
    yield "large in two", frame(TEXT, b" " * 8000, fin=False) + frame(CONT, b" " * 200), TOO_BIG
    # Fragments
    yield "goes on with nothing", frame(CONT, b"x"), WRONG
    yield "goes on with nothing, unfinished", frame(CONT, b"x", fin=False), WRONG
    yield "text within text", frame(TEXT, b"a", fin=False) + frame(TEXT, b"b"), WRONG
    yield "binary within text", frame(TEXT, b"a", fin=False) + frame(BINARY, b"b"), WRONG
    yield "empty part, then text", frame(TEXT, fin=False) + frame(TEXT, b"b"), WRONG
    # UTF-8: Autobahn's group 6
    for name, text in BAD_UTF8.items():
        yield f"UTF-8: {name}", frame(TEXT, text), NOT_UTF8
    for name in ("cut short", "byte of none", "overlong slash", "half a pair"):
        first, last = BAD_UTF8[name][:1], BAD_UTF8[name][1:]
        yield f"UTF-8 in parts: {name}", frame(TEXT, first, fin=False) + frame(CONT, last), NOT_UTF8
    # Closing
    for code in (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535):
        yield f"close {code}", closing(code), WRONG
    yield "close of one byte", frame(CLOSE, b"\x03"), WRONG
    yield "close, no UTF-8", closing(1000, b"\xff"), {WRONG, NOT_UTF8}
    yield "close, cut UTF-8", closing(1000, b"\xc3"), {WRONG, NOT_UTF8}
    for code in (
        1000,
        1001,
        1002,
        1003,
        1007,
        1008,
        1009,
        1010,
        1011,
        1012,
        1013,
        1014,
        3000,
        3999,
        4000,
        4999,
    ):
        yield f"close {code} is answered", closing(code), code
    yield "close without a code", frame(CLOSE), 0
    yield "close with a reason", closing(1000, b"x" * 123), 1000
    yield "close, then more", closing(1000) + frame(TEXT, b"{}") + frame(PING), 1000


BAD_UTF8 = {
    "cut short": b"\xce\xba\xe1\xbd\xb9\xcf",
    "cut of three": b"\xe2\x82",
    "cut of four": b"\xf0\x9f\x99",
    "byte of none": b"\xfe",
    "goes on alone": b"\x80",
    "goes on too long": b"\xce\xba\xba",
    "overlong slash": b"\xc0\xaf",
    "overlong of three": b"\xe0\x80\xaf",
    "overlong of four": b"\xf0\x80\x80\xaf",
    "overlong NUL": b"\xc0\x80",
    "half a pair": b"\xed\xa0\x80",
    "the other half": b"\xed\xbf\xbf",
    "a pair": b"\xed\xa0\x80\xed\xb0\x80",
    "past the last": b"\xf4\x90\x80\x80",
    "of five": b"\xf8\x88\x80\x80\x80",
    "of six": b"\xfc\x84\x80\x80\x80\x80",
    "Latin 1": b'{"type": "caf\xe9"}',
    "UTF-16": "hej".encode("utf-16"),
}
ENDS = list(cases())


@pytest.mark.parametrize("guest", [False, True], ids=["a phone", "nobody yet"])
async def test_B1_to_B6_M5_what_breaks_the_protocol_ends_with_its_code(
    running: Server, come_in: ComeIn, guest: bool
) -> None:
    """Over a hundred, from a guest and from a phone; the server continues, and its log has no trace."""
    assert len(ENDS) + len(list(answered())) >= 120 and len({name for name, *_ in ENDS}) == len(ENDS)
    odd = []
    # For a connected client only the first and the last of each group: the parser is the same.
    for name, sent, code in ENDS if guest else ENDS[::12]:
        raw = await Raw(running.url).connect() if guest else await come_in()
        if guest:
            assert await raw.shake() == 101
        await raw.send(sent)
        found = await raw.closed()
        if found not in (code if isinstance(code, set) else {code}):
            odd.append((name, found, code))
        raw.cut()
    assert not odd
    assert "Traceback" not in running.output()


def time(sent: float, pad: bytes = b"") -> bytes:
    return json.dumps({"type": "time", "sent": sent}).encode() + pad


def answered() -> Iterator[tuple[str, bytes]]:
    """Each is one message that requests the time, however it arrives."""
    whole = time(1)
    yield "whole", frame(TEXT, whole)
    yield "of 125", frame(TEXT, time(1, b" " * (125 - len(whole))))
    yield "of 126", frame(TEXT, time(1, b" " * (126 - len(whole))))
    yield "of 127", frame(TEXT, time(1, b" " * (127 - len(whole))))
    yield "of 8,192", frame(TEXT, time(1, b" " * (8192 - len(whole))))
    yield "two parts", frame(TEXT, whole[:9], fin=False) + frame(CONT, whole[9:])
    yield (
        "every byte a part",
        frame(TEXT, fin=False)
        + b"".join(frame(CONT, whole[n : n + 1], fin=False) for n in range(len(whole)))
        + frame(CONT),
    )
    yield "empty last part", frame(TEXT, whole, fin=False) + frame(CONT)
    yield "empty first part", frame(TEXT, fin=False) + frame(CONT, whole)
    yield "a ping within", frame(TEXT, whole[:9], fin=False) + frame(PING, b"p") + frame(CONT, whole[9:])
    yield "a pong of nothing", frame(PONG, b"nobody asked") + frame(TEXT, whole)
    yield "pings of 0 and 125", frame(PING) + frame(PING, b"x" * 125) + frame(TEXT, whole)
    text = json.dumps({"type": "time", "sent": 1, "é🙂": 0}, ensure_ascii=False).encode()
    at = text.index("🙂".encode()) + 2
    yield "a sign in two parts", frame(TEXT, text[:at], fin=False) + frame(CONT, text[at:])
    yield "masked", masked(whole)


def masked(payload: bytes) -> bytes:
    """With a non-zero mask."""
    mask = b"\x01\x80\xff\x7f"
    body = bytes(one ^ mask[n % 4] for n, one in enumerate(payload))
    return bytes([0x80 | TEXT, 0x80 | len(payload)]) + mask + body


async def test_B1_to_B6_M5_what_keeps_to_it_is_answered_in_order(come_in: ComeIn) -> None:
    phone = await come_in()
    for name, sent in answered():
        await phone.send(sent)
        # An unknown field is refused: it was read completely.
        told = await phone.told("time", "refused")
        assert told["type"] == "time" or told["code"] == "unknown_field", name
    # Byte by byte, as on a slow connection.
    for one in frame(TEXT, time(2)):
        await phone.send(bytes([one]))
    assert (await phone.told("time"))["sent"] == 2
