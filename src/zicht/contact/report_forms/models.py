"""A form of the report box in its versions: an answer names its version, and what is in use changes no more."""

import hashlib
import json
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zicht.contact.report_forms.questions import Question, read_questions, write_question
from zicht.contact.report_forms.shipped import Form
from zicht.people.models import Organisation
from zicht.people.records import CodeField, MultiCodeField, WordsModel

LABEL_LENGTH = 80
MARK_LENGTH = 16  # hexadecimal digits: nobody looks for two forms with one mark


class FormDefinition(WordsModel):
    """One version of a form: a draft that is worked on, the one in use, or one that was."""

    words_entity = "form_definition"
    words_beside = frozenset({"id"})
    words_in_parts = frozenset({"questions"})  # each is judged for itself (rules.py)

    form_id = models.UUIDField(editable=False)
    version = models.PositiveIntegerField()
    owner_org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="report_forms")
    audience = CodeField("form_audience", strict=True)
    label_nl = models.CharField(max_length=LABEL_LENGTH)
    label_en = models.CharField(max_length=LABEL_LENGTH)
    target = models.CharField(max_length=LABEL_LENGTH)
    questions = models.TextField()  # JSON
    languages = MultiCodeField("iso639", strict=True)
    state = CodeField("form_state", strict=True, default="draft")
    in_use_from = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "contact"
        ordering: ClassVar = ["audience", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_org", "form_id", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["owner_org", "form_id"], condition=Q(state="draft"), name="form_draft_once"
            ),
            models.UniqueConstraint(
                fields=["owner_org", "form_id"], condition=Q(state="in_use"), name="form_in_use_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label_nl} {self.version}"

    @property
    def asked(self) -> tuple[Question, ...]:
        """Give its questions."""
        return read_questions(json.loads(self.questions))

    @asked.setter
    def asked(self, questions: tuple[Question, ...]) -> None:
        self.questions = json.dumps([write_question(one) for one in questions], ensure_ascii=False)

    @property
    def mark(self) -> str:
        """Give what tells its questions from those before a change: whoever changes them says which they saw."""
        return hashlib.sha256(self.questions.encode()).hexdigest()[:MARK_LENGTH]

    def to_form(self) -> Form:
        """Give what a page or a preview needs."""
        label = {"nl": self.label_nl, "en": self.label_en}
        return Form(self.form_id, self.version, self.audience, self.target, label, self.asked)
