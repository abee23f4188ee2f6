"""What did not come along is told per field, counted, with terms and never with texts, in two languages."""

from django.utils import translation

from zicht.cases.exchange.report import SENTENCES, Line, Loss, Report, Why


def lines(*losses: Loss) -> list[Line]:
    report = Report()
    report.add(losses)
    return list(report.lines())


def test_losses_of_one_field_and_reason_become_one_line() -> None:
    several = [Loss("exploitation.forms", Why.NO_COUNTERPART, "criminal")] * 3
    (line,) = lines(*several, Loss("exploitation.forms", Why.NO_COUNTERPART, "state_labour"))
    assert (line.count, line.values) == (4, {"criminal": 3, "state_labour": 1})
    with translation.override("en"):
        assert line.sentence == "4 times: there is no counterpart, it did not come along."
        assert line.examples == "Terms: criminal, state_labour."
    with translation.override("nl"):
        assert line.sentence == "4 keer: er is geen tegenhanger, het is niet meegegaan."


def test_one_time_is_said_as_one_time() -> None:
    (line,) = lines(Loss("person.gender", Why.BROADER, "declined"))
    with translation.override("en"):
        assert line.sentence.startswith("1 time: ")


def test_no_more_than_five_terms_are_named() -> None:
    (line,) = lines(*(Loss("exploitation.means", Why.BROADER, f"term{number}") for number in range(9)))
    with translation.override("en"):
        assert line.examples == "Terms, among others: term0, term1, term2, term3, term4."


def test_a_field_of_ours_has_its_label_and_a_column_of_others_has_none() -> None:
    ours, theirs = lines(Loss("person.gender", Why.BROADER), Loss("prs_FirstName", Why.LEFT_OUT))
    assert ours.label is not None
    assert ours.label.en == "Gender"
    assert theirs.label is None


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Why)
