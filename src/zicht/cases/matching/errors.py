"""What is refused when records are counted as one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.cases.errors import CasesError


class ContradictionError(CasesError):
    """A decision would say that two records are one person and also that they are not."""

    sentence: str | Promise = _(
        "This contradicts an earlier decision about these records, directly or through another record that is counted "
        "as one with them. Nothing was changed. Take the earlier decision back first."
    )


class DecidedAlreadyError(CasesError):
    """Somebody decided the other thing about these two."""

    sentence: str | Promise = _("Somebody decided about these two already. Take that decision back first.")
