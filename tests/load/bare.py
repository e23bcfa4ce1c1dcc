"""The baseline: uvicorn and websockets with nothing of ours; what one screen sends, all are sent."""

import sys
from typing import Any

import uvicorn

_sends: set[Any] = set()


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Broadcast."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await receive()
    await send({"type": "websocket.accept"})
    _sends.add(send)
    try:
        while (event := await receive())["type"] == "websocket.receive":
            for each in list(_sends):
                await each({"type": "websocket.send", "text": event["text"]})
    finally:
        _sends.discard(send)


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="error",
        access_log=False,
    )
