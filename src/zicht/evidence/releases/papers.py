"""Write a dossier as a PDF: claims with footnoted quotations. What is written comes as data and never as markup."""

import json
from dataclasses import asdict
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from zicht.evidence.releases.contents import Contents

TEMPLATE = Path(__file__).parent / "data" / "dossier.typ"


def as_pdf(contents: Contents, language: str) -> bytes:
    """Give a dossier as a PDF."""
    told = {
        "title": contents.title,
        "language": language,
        "claims": [asdict(claim) for claim in contents.claims],
        "notes": [asdict(note) for note in contents.notes],
        "replies": [list(reply) for reply in contents.replies],
        "words": {
            "roots": _("independent roots"),
            "against": _("Against:"),
            "quotes": _("Quotations"),
            "reply": _("Right of reply"),
        },
    }
    content: bytes = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, sys_inputs={"paper": json.dumps(told, ensure_ascii=False)}
    )
    return content
