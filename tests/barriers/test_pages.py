"""Every page of barriers: who sees it and who does not, and that it tells no more than it may."""

import pytest
from tests.barriers.cast import Cast
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.barriers.processes.actions import begin_draft

ROOT = "/en/staff/barriers"


def text_of(page: Page) -> str:
    return page.content.decode()


class Addresses:
    """One of each record, and the addresses of the pages about them."""

    def __init__(self, cast: Cast) -> None:
        self.action = cast.action()
        self.draft = begin_draft(cast.keeper, "FORCEDLAB")
        cast.policy()
        draft = f"drafts/{self.draft.pk}/"
        self.of_those_who_look = [
            "", "actions/", "actions/f22.csv", f"actions/{self.action.pk}/", "processes/", "processes/SEXMIN/",
            "processes/SEXMIN/matrix/", "processes/SEXMIN/poster.pdf", "processes/SEXMIN/versions/",
            "processes/SEXMIN/versions/1/", "processes/SEXMIN/versions/1/matrix/", "processes/STATELAB/",
            "processes/SEXMIN/versions/1/poster.pdf", "sums/", "policy/", "policy/GM0363/", "policy/GM0014/",
            "policy/municipal-policy.csv", "policy/municipal-policy.xlsx",
        ]  # fmt: skip
        self.of_keepers = [
            f"actions/{self.action.pk}/change/", "processes/add/", "processes/SEXMIN/actions/add/", draft,
            f"{draft}publish/", f"{draft}steps/add/", f"{draft}steps/L1/", f"{draft}steps/L1/barriers/add/",
            f"{draft}steps/L1/barriers/L1a/", "policy/GM0363/change/", "policy/GM0014/change/", "policy/take-in/",
        ]  # fmt: skip
        self.posts = [
            "close/", "sums/2025-1/", f"actions/{self.action.pk}/move/", "processes/STATELAB/draft/",
            f"{draft}discard/", f"{draft}steps/L1/do/", f"{draft}steps/L1/barriers/L1a/remove/",
        ]  # fmt: skip


def test_who_looks_sees_and_who_keeps_changes(cast: Cast, sign_in: SignIn) -> None:
    pages = Addresses(cast)
    looks, keeps = sign_in(cast.case_worker), sign_in(cast.keeper)
    for address in pages.of_those_who_look:
        assert looks.get(f"{ROOT}/{address}").status_code == 200, address
    for address in pages.of_keepers:
        assert keeps.get(f"{ROOT}/{address}").status_code == 200, address
        assert looks.get(f"{ROOT}/{address}").status_code == 404, address


@pytest.mark.parametrize("who", ["counsellor", "privacy_officer", "administrator", "reporter"])
def test_whose_role_has_nothing_to_do_with_barriers_finds_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    pages = Addresses(cast)
    browser = sign_in(getattr(cast, who))
    for address in [*pages.of_those_who_look, *pages.of_keepers]:
        assert browser.get(f"{ROOT}/{address}").status_code == 404, address
    for address in [*pages.posts, *pages.of_keepers]:
        assert browser.post(f"{ROOT}/{address}").status_code == 404, address
