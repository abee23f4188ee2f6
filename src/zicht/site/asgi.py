"""Offer Zicht to an ASGI server: `uvicorn zicht.site.asgi:application`."""

import gc
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zicht.site.settings")
application = get_asgi_application()
# What is loaded by now stays: going through it at each collection of garbage makes an answer wait now and then.
gc.freeze()
