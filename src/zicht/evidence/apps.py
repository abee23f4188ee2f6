"""The room of evidence: sources, statements with their words, actors and what links them."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Register the room."""

    name = "zicht.evidence"
    label = "evidence"
