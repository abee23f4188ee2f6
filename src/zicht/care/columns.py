"""What the records of this room have in common."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from zicht.care.constraints import broken_constraints
from zicht.people.code_fields import language
from zicht.people.records import WordsModel


class Ruled(WordsModel):
    """Stand behind every record of this room: its constraints are checked with its words at each save."""

    class Meta:
        abstract = True

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError for values that the words allow one by one and not together."""
        super().refuse_if_wrong()
        values = {name: getattr(self, column) for name, column in self.words_columns().items()}
        broken = broken_constraints(self.words_entity, values, timezone.localdate())
        if broken:
            raise ValidationError({name: problem.in_language(language()) for name, problem in broken.items()})
