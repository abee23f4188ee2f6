"""Start-up of the house: the vocabulary is checked before anything is served."""

from django.apps import AppConfig

from zicht import words


class SiteConfig(AppConfig):
    """Register the top room."""

    name = "zicht.site"
    label = "site"

    def ready(self) -> None:
        """Refuse to start on a vocabulary with errors."""
        words.vocabulary()
