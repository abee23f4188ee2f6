"""What this room refuses, each with a sentence for the person who asked."""

from zicht.cases.errors import CasesError


class EvidenceError(CasesError):
    """Stand above every refusal of this room."""
