"""The nouns of evidence: sources and their texts, statements with what they stand on, actors, and what left."""

from zicht.evidence.models.actors import Actor, ActorJudgement, ActorName, Mention
from zicht.evidence.models.releases import Dossier, DossierPart, Release, ReleaseSource, RightOfReply
from zicht.evidence.models.screening import SanctionsList, Screening, ScreeningCandidate, ScreeningVerdict
from zicht.evidence.models.search import SearchRow
from zicht.evidence.models.sources import (
    CustodyLine,
    Derivation,
    Interview,
    Original,
    Source,
    SourceReader,
    SourceReading,
    SourceRelation,
    SourceWithdrawal,
)
from zicht.evidence.models.statements import (
    Assessment,
    Attribution,
    Claim,
    ClaimPart,
    Curation,
    Statement,
    StatementAnchor,
)
from zicht.evidence.models.texts import Anchor, Suggestion, SuggestionDecision, TextVersion

__all__ = [
    "Actor",
    "ActorJudgement",
    "ActorName",
    "Anchor",
    "Assessment",
    "Attribution",
    "Claim",
    "ClaimPart",
    "Curation",
    "CustodyLine",
    "Derivation",
    "Dossier",
    "DossierPart",
    "Interview",
    "Mention",
    "Original",
    "Release",
    "ReleaseSource",
    "RightOfReply",
    "SanctionsList",
    "Screening",
    "ScreeningCandidate",
    "ScreeningVerdict",
    "SearchRow",
    "Source",
    "SourceReader",
    "SourceReading",
    "SourceRelation",
    "SourceWithdrawal",
    "Statement",
    "StatementAnchor",
    "Suggestion",
    "SuggestionDecision",
    "TextVersion",
]
