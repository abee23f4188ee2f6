"""The form of an account: what a person told, to whom, when, where and in which language."""

from typing import Any

from django.utils.translation import gettext as _

from zicht.cases.forms import TopicForm

OF_AN_ACCOUNT = ("told_on", "told_to", "setting", "language", "interpreter", "text")


class AccountForm(TopicForm):
    """Ask it; what was told is not judged, corrected or searched for numbers, since it is kept as told."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, entity="account_version", only=OF_AN_ACCOUNT, initial={"interpreter": None})
        self.fields["text"].help_text = _(
            "In the person's own words, also where they are not clear or differ from before. Encrypted, and read "
            "by the team only."
        )
