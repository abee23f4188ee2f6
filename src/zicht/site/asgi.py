"""Offer Zicht to an ASGI server: `uvicorn zicht.site.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zicht.site.settings")
application = get_asgi_application()
