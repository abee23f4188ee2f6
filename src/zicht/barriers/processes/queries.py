"""Everything that is read of barrier models."""

from dataclasses import dataclass

from zicht import words
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes.content import codes_of
from zicht.people.models import Account
from zicht.words import Process


@dataclass(frozen=True)
class Version:
    """A process as one reader looks at it: a version of the own organisation, or the proposal that Zicht brings."""

    process: Process
    record: BarrierModel | None

    @property
    def is_proposal(self) -> bool:
        """Tell whether it is what Zicht brings, which nobody of the organisation took over yet."""
        return self.record is None

    @property
    def is_draft(self) -> bool:
        """Tell whether it is worked on."""
        return self.record is not None and self.record.state == "draft"


def list_processes(reader: Account) -> list[Version]:
    """Give every process once: the version in use, else the draft, else what Zicht brings; worked ones first."""
    newest: dict[str, BarrierModel] = {}
    for model in BarrierModel.objects.visible_to(reader).order_by("number"):
        if model.state == "published" or model.process not in newest:
            newest[model.process] = model
    worked = words.vocabulary().processes
    own = [Version(newest[name].steps, newest[name]) for name in sorted(newest) if name not in worked]
    return [_version(name, newest) for name in worked] + own


def find_version(reader: Account, process: str, number: int | None = None) -> Version | None:
    """Find a version by its number; without one the version in use, else the draft, else what Zicht brings."""
    models = BarrierModel.objects.visible_to(reader).filter(process=process)
    if number is not None:
        found = models.filter(number=number).first()
        return Version(found.steps, found) if found else None
    found = models.filter(state="published").first() or models.order_by("-number").first()
    if found:
        return Version(found.steps, found)
    worked = words.vocabulary().processes.get(process)
    return Version(worked, None) if worked else None


def versions_of(reader: Account, process: str) -> list[BarrierModel]:
    """Give the versions of a process, the newest first."""
    found = BarrierModel.objects.visible_to(reader).filter(process=process).select_related("published_by")
    return list(found.order_by("-number"))


def codes_taken(draft: BarrierModel) -> set[str]:
    """Give the codes of steps and barriers in every version of a process, also of those that were taken out.

    A code is never given again: actions and decisions under it would count for something else.
    """
    versions = BarrierModel.objects.filter(org_id=draft.org_id, process=draft.process)
    return {code for one in versions for code in codes_of(one.steps)}


def models_in_use(reader: Account) -> list[BarrierModel]:
    """Give the versions that new actions can be made under."""
    return list(BarrierModel.objects.visible_to(reader).filter(state="published").order_by("process"))


def _version(name: str, newest: dict[str, BarrierModel]) -> Version:
    model = newest.get(name)
    return Version(model.steps, model) if model else Version(words.vocabulary().processes[name], None)
