"""What screening refuses, each with a sentence for the person who asked."""

from django.utils.translation import gettext as _

from zicht.cases.errors import CasesError


class OlderListError(CasesError):
    """A list that was replaced by a newer one."""

    def __init__(self, number: int, newest: int) -> None:
        super().__init__()
        self.sentence = _(
            "This file came in before, as version %(number)s; version %(newest)s is in use. Nothing was changed."
        ) % {"number": number, "newest": newest}


class NoListError(CasesError):
    """Somebody asks before a list came in."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = _("No list of sanctions came in yet. Get one and run: zicht import-sanctions FILE")
