"""What pages say of signals together, and what their scripts must know of each to weigh it (signs/dimensions.js)."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht import words

SUGGESTION_TEXTS: dict[str, str | Promise] = {
    "filled": _("These signals together fill this dimension."),
    "not-filled": _("Too little for this dimension."),
    "only-context": _("Context supports other signals and decides nothing itself."),
    "kind-nothing": _("Suggestion: no dimension is filled. That does not mean that nothing is wrong."),
    "kind-part": _("Suggestion: one part of human trafficking shows, and others do not."),
    "kind-means_and_purpose": _(
        "Suggestion: signals of pressure and of exploitation come together. That can be human trafficking."
    ),
    "kind-purpose_of_minor": _(
        "Suggestion: signals of exploitation of somebody under 18. Of a child, human trafficking needs no pressure."
    ),
}


def terms_of_suggestions(language: str) -> Iterator[tuple[str, str]]:
    """Give the wordings of dimensions and strengths, by the names that scripts ask for."""
    for list_name in ("dimension", "strength"):
        for one in words.vocabulary().lists[list_name].codes.values():
            yield f"{list_name}-{one.code}", one.label.in_language(language)


def weights() -> Iterator[tuple[str, str]]:
    """Give dimension, strength, element and urgency of each indicator, retired or not, and which bands are minor."""
    for code, one in words.vocabulary().indicators.items():
        yield f"weighs-{code}", f"{one.dimension} {one.strength} {one.palermo_element} {one.min_urgency}".strip()
    bands = words.vocabulary().lists["age_band"].codes.values()
    for name, is_minor in (("minors", True), ("adults", False)):
        yield name, " ".join(one.code for one in bands if one.is_marked("minor") == is_minor)
