"""What the records of this room have in common."""

from zicht.care.constraints import broken_constraints
from zicht.people.records import RuledModel


class Ruled(RuledModel):
    """Stand behind the records of this room."""

    broken_constraints = staticmethod(broken_constraints)

    class Meta:
        abstract = True
