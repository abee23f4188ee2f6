"""The room of care: referrals and shelter places."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Register the room."""

    name = "zicht.care"
    label = "care"
