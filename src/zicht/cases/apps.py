"""The room of the register: cases in the field's words."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Register the room."""

    name = "zicht.cases"
    label = "cases"
