"""Why a form stays as it is, in sentences for whoever works on it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.contact.report_forms.questions import Question
from zicht.contact.report_forms.rules import Wrong

SENTENCES: Mapping[Wrong, Promise] = {
    Wrong.NAME: _("There are two questions with the same name in this form."),
    Wrong.WORDS: _("Every text is needed in each language of the form."),
    Wrong.SIGNS: _(
        "A text holds a sign that nobody sees, such as one that turns the direction of reading, or a word with letters "
        "of two alphabets. Type it anew."
    ),
    Wrong.LONG: _(
        "A question, help or heading has at most 300 characters and a choice 150, and all choices together fit in one "
        "message. Make the texts shorter, or the choices fewer."
    ),
    Wrong.IDENTITY: _(
        "This asks who a victim is: a name, birth date, address, number or account. Such a question cannot be asked in "
        "a report. Ask what was seen, or for an age band or municipality."
    ),
    Wrong.OPTIONS: _("A question with choices needs two to thirty, each with a code of its own; another one has none."),
    Wrong.CONDITION: _("A condition can name only an earlier question with choices, and answers that it has."),
    Wrong.FIELD: _("There is no such field, or it says who somebody is. Choose another, or none."),
    Wrong.KIND: _("What goes along has another kind of answer: choices for codes, a day, or a municipality."),
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

    def __init__(self, wrong: Wrong, question: Question | None) -> None:
        super().__init__()
        self.wrong = wrong
        self.question = question
        self.sentence = SENTENCES[wrong]


class NoDraftError(FormsError):
    sentence = _("This version is not a draft any more, so it changes no more. Make a new version.")


class ChangedMeanwhileError(FormsError):
    sentence = _("Somebody else changed this meanwhile. Nothing was saved. Look at it and try again.")


class DraftThereError(FormsError):
    sentence = _("There is a draft of this form already. Work on that one, or drop it first.")
