"""Addresses that are told to people outside a request."""

from django.conf import settings
from django.urls import reverse


def set_up_address() -> str:
    """Give the full address where a set-up code is typed, on the first host of the settings."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}{reverse('people:set_up')}"
