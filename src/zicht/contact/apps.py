"""The room of the first contact."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Register the room."""

    name = "zicht.contact"
    label = "contact"
