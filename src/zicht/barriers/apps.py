"""The room of barriers: who can block which step, and municipal policy."""

from django.apps import AppConfig


class BarriersConfig(AppConfig):
    """Register the room."""

    name = "zicht.barriers"
    label = "barriers"
