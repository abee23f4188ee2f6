"""The room of what came in and is weighed."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Register the room."""

    name = "zicht.signals"
    label = "signals"
