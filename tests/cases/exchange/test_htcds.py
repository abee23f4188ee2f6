"""HTCDS both ways: what the standard can hold survives, everything else is reported, and nothing else is."""

from collections.abc import Iterator

from hypothesis import given, settings
from tests.cases.exchange.made import AROUND, NAMES, TODAY, bundles

from zicht import words
from zicht.cases.exchange.htcds_columns import columns, pairs, why_not_taken
from zicht.cases.exchange.htcds_in import HtcdsReader
from zicht.cases.exchange.htcds_out import OF_THE_HOUSE, Row, to_htcds
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import Bundle, Mapped, Values, fields_of, is_nothing

PLACE_FIELDS = {"hte_Type": "event_kind", "hte_Country": "place_code", "hte_State": "place_code", "hte_Date": "period"}
FIELD_OF = {pair.column: pair.name for pair in pairs()} | {
    column: f"place_event.{field}" for column, field in PLACE_FIELDS.items()
}


def read(row: Row) -> Mapped:
    names = list(row)
    return HtcdsReader(names, AROUND).read([row[name] for name in names])


def there_and_back(bundle: Bundle) -> tuple[Mapped, list[Loss]]:
    row, losses = to_htcds(bundle, NAMES)
    assert set(row) <= set(columns())
    back = read(row)
    return back, losses + back.losses


def named(losses: list[Loss]) -> set[str]:
    return {FIELD_OF.get(loss.field, loss.field) for loss in losses}


def differences(before: Bundle, after: Bundle) -> Iterator[str]:
    yield from differing("case", before.case, after.case)
    yield from differing("person", before.person, after.person)
    yield from differing("exploitation", *(bundle.episodes[0] if bundle.episodes else {} for bundle in (before, after)))
    for place, other in zip(before.places, after.places + [{}] * 3, strict=False):
        yield from differing("place_event", place, other)


def differing(entity: str, before: Values, after: Values) -> Iterator[str]:
    for name, field in fields_of(entity).items():
        one, other = before.get(name), after.get(name)
        if isinstance(one, list) and isinstance(other, tuple):
            one, other = sorted(one), sorted(other)
        if f"{entity}.{name}" not in OF_THE_HOUSE and one != other and not (is_nothing(one) and is_nothing(other)):
            yield f"{entity}.{field.name}"


@settings(max_examples=300)
@given(bundles())
def test_what_differs_after_the_way_there_and_back_is_in_the_report_and_nothing_else(bundle: Bundle) -> None:
    back, losses = there_and_back(bundle)
    assert back.problems == []
    differs = set(differences(bundle, back.bundle))
    assert differs <= named(losses)
    # What is not in the file is filled in or worked out, perhaps as what it was.
    filled_in = {loss.field for loss in losses if loss.why in (Why.FILLED_IN, Why.WORKED_OUT)}
    assert named(losses) - differs <= filled_in


def test_a_row_has_the_names_of_the_standard() -> None:
    bundle = Bundle(
        case={"state": "follow_up", "incoming_date": TODAY, "incoming_reason": "more_services"},
        person={"gender": "tf", "citizenship": ["NLD"], "status": "identified", "status_by": "court"},
        episodes=[{"forms": ["sexual", "begging"], "means": ["debt", "threat_law"], "industry": "I"}],
        places=[{"event_kind": "recruitment", "level": "country", "place_code": "HUN", "period": "2025-05"}],
    )
    row, losses = to_htcds(bundle, NAMES)
    assert {name: text for name, text in row.items() if text} == {
        "cas_Status": "FollowUp",
        "cas_IncomingReferralDate": "2026-03-02",
        "cas_ReasonForIncomingReferral": "AdditionalServicesRequired",
        "prs_Gender": "TransgenderFeminine",
        "prs_Citizenship": "NL",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "CourtOrProsecution",
        "vic_TypeOfExploitation": "SexualExploitation;ForcedBegging",
        "vic_MethodsOfControl": "DebtBondage;ThreatsLawEnforcement",
        "MethodsOfControlDebtBondage": "TRUE",
        "MethodsOfControlThreatOfLawEnforcement": "TRUE",
        "vic_ForcedLabourIndustry": "I_AccommodationAndFoodServiceActivities",
        "hte_Type": "Recruitment",
        "hte_Country": "HU",
        "hte_Date": "2025-05",
    }
    assert losses == []


def test_what_the_standard_has_no_word_for_is_reported_by_its_term() -> None:
    episode: Values = {"forms": ["criminal"], "means": ["threat_images"], "recruitment_channel": "dating"}
    _row, losses = to_htcds(Bundle(person={"in_school": False, "gender": "declined"}, episodes=[episode]), NAMES)
    assert set(losses) == {
        Loss("person.in_school", Why.NO_COUNTERPART),
        Loss("person.gender", Why.BROADER, "declined"),
        Loss("exploitation.forms", Why.NO_COUNTERPART, "criminal"),
        Loss("exploitation.means", Why.NO_COUNTERPART, "threat_images"),
        Loss("exploitation.recruitment_channel", Why.BROADER, "dating"),
    }


def test_several_episodes_become_one_and_what_that_costs_is_reported() -> None:
    episodes: list[Values] = [
        {"forms": ["sexual"], "industry": "I", "means": ["unknown"]},
        {"forms": ["labour"], "industry": "F", "means": ["debt"]},
    ]
    row, losses = to_htcds(Bundle(episodes=episodes), NAMES)
    assert row["vic_TypeOfExploitation"] == "SexualExploitation;ForcedLabour"
    assert row["vic_MethodsOfControl"] == "DebtBondage"
    assert row["vic_ForcedLabourIndustry"].startswith("I_")
    assert losses == [Loss("exploitation.industry", Why.ONE_ONLY, "F")]


def test_a_text_of_class_p3_never_stands_in_a_row() -> None:
    row, losses = to_htcds(Bundle(case={"comments": "she said that"}), NAMES)
    assert "she said" not in str(row)
    assert Loss("case.comments", Why.NOT_ALLOWED) in losses


IDENTIFYING = {
    "prs_First_Name": "Noor", "prs_Second_Name": "Voorbeeld", "prs_Birthdate": "2009-05-31",
    "prs_Email": "noor@example.nl", "prs_MobilePhone": "0612345678", "prs_MailingStreet": "Dorpsstraat 1",
    "prs_MailingPostalCode": "1234 AB", "prs_IdentityNumber": "123456782", "hte_Street": "Havenkade",
    "hte_Latitude": "52.1", "cas_CaseOwner": "W. de Wit", "cas_IncomingReferralDetails": "She phoned",
    "vic_LocationOfExploitation": "Hotel",
}  # fmt: skip


def test_identifying_columns_are_dropped_and_reported_and_stand_nowhere() -> None:
    back = read(IDENTIFYING | {"prs_Gender": "Feminine", "cas_IncomingReferralDate": "2026-01-15"})
    said = repr(back)
    assert [text for text in IDENTIFYING.values() if text in said] == []
    assert back.problems == []
    left_out = {loss.field for loss in back.losses if loss.why is Why.LEFT_OUT}
    assert len(left_out) == len(IDENTIFYING)


def test_of_a_birth_date_only_the_age_band_on_the_day_of_the_referral_is_kept() -> None:
    birth_date = {"prs_Birthdate": "2009-05-31"}
    referred = read(birth_date | {"cas_IncomingReferralDate": "2026-01-15"})
    assert referred.bundle.person["age_band"] == "16_17"
    assert "age_band" not in read(birth_date | {"prs_Gender": "Feminine"}).bundle.person


def test_every_column_of_the_standard_is_taken_or_has_a_reason() -> None:
    fields = words.vocabulary().outside.htcds_fields
    assert fields <= set(columns()) | set(why_not_taken())
    by_rule = {name for left_out in words.vocabulary().htcds_not_taken for name in left_out.names if "*" not in name}
    assert {name for name in by_rule if why_not_taken()[name] is not Why.LEFT_OUT} == set()


def test_values_are_read_as_a_survey_form_and_as_people_write_them() -> None:
    row = {"vic_Methods_of_Control": "DebtBondage SexualAbuse", "vic_TypeOfExploitation": "ForcedLabour, Servitude"}
    episode = read(row).bundle.episodes[0]
    assert episode["means"] == ("debt", "sexual_violence")
    assert episode["forms"] == ("labour", "domestic")


def test_flags_of_the_definitions_file_are_read_without_a_list() -> None:
    row = {"MethodsOfControlDebtBondage": "TRUE", "MethodsOfControlThreats": "1", "MethodsOfControlOther": "FALSE"}
    back = read(row)
    assert back.bundle.episodes[0]["means"] == ("debt",)
    assert Loss("vic_MethodsOfControl", Why.COMPOSITE, "Threats") in back.losses


def test_a_value_that_stands_for_several_of_ours_is_never_chosen_among() -> None:
    back = read({"vic_TypeOfSexExploitation": "Prostitution"})
    assert back.bundle.episodes[0]["sex_settings"] == ("unknown",)
    assert Loss("vic_TypeOfSexExploitation", Why.COMPOSITE, "Prostitution") in back.losses


def test_a_value_that_the_standard_does_not_have_is_a_problem_in_its_column_and_is_not_repeated() -> None:
    back = read({"prs_Gender": "Jansen", "prs_Citizenship": "Utopia", "cas_IncomingReferralDate": "31 mei"})
    assert {problem.column for problem in back.problems} == {
        "prs_Gender", "prs_Citizenship", "cas_IncomingReferralDate"
    }  # fmt: skip
    said = " ".join(problem.problem.in_language("nl") for problem in back.problems)
    assert "Jansen" not in said
    assert "Utopia" not in said


def test_a_column_that_is_not_known_is_reported_and_not_read() -> None:
    reader = HtcdsReader(["prs_Gender", "Opmerking"], AROUND)
    assert reader.loose_losses == [Loss("Opmerking", Why.UNKNOWN_COLUMN)]
    assert "geheim" not in repr(reader.read(["Feminine", "geheim"]))


def test_an_age_in_years_becomes_its_band() -> None:
    back = read({"vic_AgeWhenTrafficked": "14"})
    assert back.bundle.person["age_start_band"] == "12_15"
    assert Loss("vic_AgeWhenTrafficked", Why.BROADER) in back.losses
