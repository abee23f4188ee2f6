"""What must be asked of each list before anybody believes an estimate from it (docs/methods/estimates.md)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

QUESTIONS: "tuple[tuple[str, _StrPromise], ...]" = (
    ("period", _("Which period does it cover?")),
    ("coverage", _("Whom does it cover by law or by task?")),
    ("never", _("Whom can it not contain?")),
    ("definition", _("Who counts as a victim on it?")),
    ("twice", _("How are persons kept from being on it twice?")),
    ("refers", _("From whom, and to whom, does it refer people?")),
)
