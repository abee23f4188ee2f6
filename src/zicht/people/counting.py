"""Count inside another query."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """Count the records of a query inside another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) found)"
    output_field = IntegerField()
    empty_result_set_value = 0  # for whoever sees behind no wall
