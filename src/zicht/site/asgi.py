"""Offer Zicht to an ASGI server: `uvicorn zicht.site.asgi:application`."""

import gc
import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zicht.site.settings")
pages = get_asgi_application()

# Behind the settings: the room of the first contact has models.
from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from zicht.contact.chat.serving import PREFIX, ChatHandler, running  # noqa: E402

chat = ChatHandler()


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Hand a request to the pages or to the chat, and begin and end with the server."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["path"].startswith(PREFIX) and settings.FACE != "staff":
        await chat(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def _live(receive: Any, send: Any) -> None:
    await receive()
    async with running():
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})


# The code of every page is loaded before the first one is asked for. What is loaded by now stays: going through it at
# each collection of garbage makes an answer wait now and then.
_loaded = get_resolver().url_patterns
gc.freeze()
