"""The room of organisations, accounts, roles, and the log of who saw what."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the room."""

    name = "zicht.people"
    label = "people"
