"""The room of the figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Register the room."""

    name = "zicht.figures"
    label = "figures"
