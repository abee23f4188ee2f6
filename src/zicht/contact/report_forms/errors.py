"""Why a form stays as it is, in sentences for whoever works on it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.contact.report_forms.rules import Wrong

SENTENCES: Mapping[Wrong, Promise] = {
    Wrong.NAME: _("There are two questions with the same name in this form."),
    Wrong.WORDS: _("Every text is needed in each language of the form."),
    Wrong.IDENTITY: _(
        "This asks who a victim is: a name, birth date, address, number or account. Such a question cannot be asked in "
        "a report. Ask what was seen, or for an age band or municipality."
    ),
    Wrong.OPTIONS: _("A question with choices needs two to thirty, each with a code of its own; another one has none."),
    Wrong.CONDITION: _("A condition can name only an earlier question with choices, and answers that it has."),
    Wrong.FIELD: _("There is no such field, or it says who somebody is. Choose another, or none."),
    Wrong.CODES: _("A choice has a code that its field does not have. Use the codes of the field."),
    Wrong.MANY: _("A form has one to forty questions."),
}


class FormsError(Exception):
    """Stand above everything that is refused here."""

    sentence: Promise = _("The form stays as it is.")

    def __str__(self) -> str:
        """Give the sentence in the language of the reader."""
        return str(self.sentence)


class QuestionRefusedError(FormsError):
    """A question must not be asked, or does not fit where it stands."""

    def __init__(self, wrong: Wrong, question: str) -> None:
        super().__init__()
        self.wrong = wrong
        self.question = question
        self.sentence = SENTENCES[wrong]


class NoDraftError(FormsError):
    sentence = _("This version is not a draft any more, so it changes no more. Make a new version.")


class DraftThereError(FormsError):
    sentence = _("There is a draft of this form already. Work on that one, or drop it first.")
