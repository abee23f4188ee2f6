"""Offer Zicht to an ASGI server: `uvicorn zicht.site.asgi:application`."""

import gc
import os
from typing import Any

from zicht.site import receiving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zicht.site.settings")
pages = receiving.pages()

# Behind the settings: the room of the first contact has models.
from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from zicht.contact.chat import serving  # noqa: E402
from zicht.contact.desk import quick  # noqa: E402

chat, desk = serving.ChatHandler(), serving.DeskHandler(quick.answer)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Hand a request to the pages, the chat or the desk, and begin and end with the server."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["path"].startswith(serving.PREFIX) and settings.FACE != "staff":
        await chat(scope, receive, send)
    elif scope["path"].startswith(serving.DESK_PREFIX) and scope["path"] != serving.DESK_STREAM:
        await desk(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def _live(receive: Any, send: Any) -> None:
    await receive()
    async with serving.running():
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})


# The code of every page is loaded before the first one is asked for. What is loaded by now stays: going through it at
# each collection of garbage makes an answer wait now and then. So does going through thousands of open streams, which
# takes seconds: what was there for long is gone through once an hour (`contact/chat/housekeeping.py`).
_loaded = get_resolver().url_patterns
gc.freeze()
gc.set_threshold(50_000, 20, 1_000_000)
