"""What a desk prepared to say, and how much there is to do at it."""

import pytest
from tests.contact.cast import Cast, Visitor
from tests.people.conftest import SignIn

pytestmark = pytest.mark.django_db

ANSWER = {"title": "Welkom", "language": "nl", "words": "Fijn dat je schrijft."}
ANSWERS, LOAD = "/staff/desks/of/chat/answers/", "/staff/desks/load/"


def test_an_answer_of_the_lead_comes_to_the_desk_and_goes_again(cast: Cast, sign_in: SignIn) -> None:
    cast.desk  # noqa: B018 - it comes into being when it is named
    lead, counsellor = sign_in(cast.lead), sign_in(cast.counsellor)
    lead.post(ANSWERS, **ANSWER)
    assert counsellor.get("/staff/desk/v1/desks/chat/answers").json() == {"answers": [ANSWER]}
    lead.post(f"{ANSWERS}{cast.desk.answers.get().pk}/remove/")
    assert counsellor.get("/staff/desk/v1/desks/chat/answers").json() == {"answers": []}


def test_an_answer_in_a_language_of_no_visitor_is_refused(cast: Cast, sign_in: SignIn) -> None:
    cast.desk  # noqa: B018 - it comes into being when it is named
    answer = sign_in(cast.lead).post(ANSWERS, **{**ANSWER, "language": "fa"})
    assert answer.status_code == 200
    assert not cast.desk.answers.exists()


@pytest.mark.parametrize("who", ["counsellor", "stranger_counsellor", "stranger", "editor"])
def test_whoever_leads_no_desk_here_finds_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    answer = cast.desk.answers.create(**ANSWER)
    browser = sign_in(getattr(cast, who))
    assert browser.get(ANSWERS).status_code == 404
    assert browser.post(ANSWERS, **ANSWER).status_code == 404
    assert browser.post(f"{ANSWERS}{answer.pk}/remove/").status_code == 404
    assert cast.desk.answers.count() == 1


def test_the_load_is_counts_and_names_no_conversation_and_nobody(cast: Cast, sign_in: SignIn) -> None:
    cast.desk  # noqa: B018 - it comes into being when it is named
    visitor = Visitor()
    visitor.open()
    page = sign_in(cast.lead).get(LOAD).content.decode()
    row = page[page.index("<tbody") : page.index("</tbody>")]
    assert ">1<" in row.replace("\n", "").replace(" ", "")
    assert str(visitor.uuid) not in page
    assert cast.counsellor.shown_as not in row
    assert sign_in(cast.counsellor).get(LOAD).status_code == 404
