"""The pages that exist, in one list: a new page is one line here and is then looked at in every language and width."""

from dataclasses import dataclass

from tests.browser import barriers, care, contacts, desks, evidence, intake, matching, rights, yearly_report
from tests.browser.register import OF_THE_CASE, OF_THE_EPISODE, OF_THE_PERSON, OTHER_CASE

# Who reads a page: somebody without an account on either side, or one of the accounts of conftest.py.
VISITOR, PUBLIC = "visitor", "public"
ADMINISTRATOR, PRIVACY_OFFICER, NEWCOMER = "administrator", "privacy_officer", "newcomer"
CASE_WORKER, ANALYST, COUNSELLOR = "case_worker", "analyst", "counsellor"
RESEARCHER, DESK_LEAD, COORDINATOR = "researcher", "desk_lead", "coordinator"
STAFF = (ADMINISTRATOR, PRIVACY_OFFICER, NEWCOMER, CASE_WORKER, ANALYST, COUNSELLOR, RESEARCHER, DESK_LEAD, COORDINATOR)


@dataclass(frozen=True)
class Page:
    """A page by its address without language, who reads it, and the status it answers with."""

    address: str
    reader: str
    status: int = 200

    @property
    def name(self) -> str:
        """Give a name for a file."""
        return f"{self.reader}-{self.address.strip('/').replace('/', '-') or 'start'}"

    def in_language(self, language: str) -> str:
        """Give the address in a language: Dutch has no prefix."""
        return self.address if language == "nl" else f"/{language}{self.address}"


PAGES = (
    Page("/", VISITOR),
    Page("/report/", VISITOR),
    Page("/nothing-here/", VISITOR, 404),
    Page("/figures/", PUBLIC),
    Page("/figures/nothing-here/", PUBLIC, 404),
    *(Page(address, PUBLIC) for address in yearly_report.OF_EVERYBODY),
    Page("/training/recognise/", PUBLIC),
    Page("/training/practise/flat/", PUBLIC),
    Page("/staff/account/login/", PUBLIC),
    Page("/staff/set-up/", PUBLIC),
    Page("/staff/account/2fa/", NEWCOMER),
    Page("/staff/account/2fa/totp/activate/", NEWCOMER),
    Page("/figures/", ADMINISTRATOR),
    Page("/staff/", ADMINISTRATOR),
    Page("/staff/organisation/", ADMINISTRATOR),
    Page("/staff/accounts/", ADMINISTRATOR),
    Page("/staff/accounts/invite/", ADMINISTRATOR),
    Page("/staff/cases/webhooks/", ADMINISTRATOR),
    Page("/staff/training/", ADMINISTRATOR),
    Page("/staff/training/new/", ADMINISTRATOR),
    Page("/staff/log/", ADMINISTRATOR),
    Page("/staff/log/1/", ADMINISTRATOR),
    Page("/staff/nothing-here/", ADMINISTRATOR, 404),
    Page("/staff/account/password/change/", ADMINISTRATOR),
    Page("/staff/account/logout/", ADMINISTRATOR),
    Page("/staff/account/reauthenticate/", ADMINISTRATOR),
    Page("/staff/account/2fa/reauthenticate/", ADMINISTRATOR),
    Page("/staff/account/2fa/", ADMINISTRATOR),
    Page("/staff/account/2fa/totp/deactivate/", ADMINISTRATOR),
    Page("/staff/account/2fa/recovery-codes/generate/", ADMINISTRATOR),
    Page("/staff/account/2fa/webauthn/", ADMINISTRATOR),
    Page("/staff/account/2fa/webauthn/add/", ADMINISTRATOR),
    Page("/staff/log/organisation/", PRIVACY_OFFICER),
    Page("/staff/cases/", CASE_WORKER),
    Page("/staff/cases/open/", CASE_WORKER),
    Page("/staff/cases/import/", CASE_WORKER),
    Page("/staff/cases/export/", CASE_WORKER),
    Page(OF_THE_CASE, CASE_WORKER),
    Page(f"/staff/cases/{OTHER_CASE}/", CASE_WORKER),
    Page(f"{OF_THE_CASE}history/", CASE_WORKER),
    Page(f"{OF_THE_CASE}close/", CASE_WORKER),
    Page(f"{OF_THE_CASE}team/", CASE_WORKER),
    Page(f"{OF_THE_CASE}notes/", CASE_WORKER),
    Page(f"{OF_THE_CASE}ask/intake/", CASE_WORKER),
    Page(f"{OF_THE_CASE}ask/protection/", CASE_WORKER),
    Page(f"{OF_THE_CASE}persons/add/", CASE_WORKER),
    Page(f"{OF_THE_CASE}persons/put/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}ask/who/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}ask/status/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}ask/circumstances/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}household/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}assess/", CASE_WORKER),
    Page(f"{OF_THE_PERSON}episodes/add/", CASE_WORKER),
    Page(f"{OF_THE_EPISODE}ask/how/", CASE_WORKER),
    Page(f"{OF_THE_EPISODE}ask/perpetrators/", CASE_WORKER),
    Page(f"{OF_THE_EPISODE}ask/when_where/", CASE_WORKER),
    Page(f"{OF_THE_EPISODE}places/add/", CASE_WORKER),
    Page(f"{OF_THE_EPISODE}situation/", CASE_WORKER),
    Page("/figures/register/", ANALYST),
    Page("/figures/estimates/", ANALYST),
    Page("/figures/protect/", ANALYST),
    *(Page(address, ANALYST) for address in yearly_report.OF_ANALYSTS),
    *(Page(address, COUNSELLOR) for address in contacts.OF_COUNSELLORS),
    *(Page(address, COORDINATOR) for address in barriers.OF_COORDINATORS),
    *(Page(address, DESK_LEAD) for address in intake.OF_LEADS),
    *(Page(address, RESEARCHER) for address in evidence.OF_RESEARCHERS),
    *(Page(address, ADMINISTRATOR) for address in desks.OF_ADMINISTRATORS),
    *(
        Page(address, CASE_WORKER)
        for address in (
            *rights.OF_CASE_WORKERS,
            *matching.OF_CASE_WORKERS,
            *barriers.OF_CASE_WORKERS,
            *care.OF_CASE_WORKERS,
            *intake.OF_CASE_WORKERS,
        )
    ),
    *(Page(address, PRIVACY_OFFICER) for address in (*rights.OF_PRIVACY_OFFICERS, *matching.OF_PRIVACY_OFFICERS)),
)
