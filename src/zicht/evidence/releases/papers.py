"""Write a dossier as a PDF: claims with footnoted quotations. What is written comes as data and never as markup."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht.evidence.releases.contents import Contents

TEMPLATE = Path(__file__).parent / "data" / "dossier.typ"
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tags, a title and a language


def as_pdf(contents: Contents, language: str, organisation: str, day: dt.date) -> bytes:
    """Give a dossier as a PDF of an organisation, issued on a day."""
    told = {
        "title": contents.title,
        "language": language,
        "organisation": organisation,
        "day": date_format(day, "DATE_FORMAT"),
        "claims": [asdict(claim) for claim in contents.claims],
        "notes": [asdict(note) for note in contents.notes],
        "replies": [list(reply) for reply in contents.replies],
        "words": {
            "against": _("Against:"),
            "counted": _(
                "Sources that rest on one another count as one root. Where it is not known whether they do, the number "
                "is a range."
            ),
            "quotes": _("Quotations"),
            "reply": _("Right of reply"),
        },
    }
    inputs = {"paper": json.dumps(told, ensure_ascii=False)}
    content: bytes = typst.compile(TEMPLATE, root=TEMPLATE.parent, sys_inputs=inputs, pdf_standards=STANDARD)
    return content
