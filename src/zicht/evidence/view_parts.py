"""What the pages of this room share: finding something or answering 404, and doing what a button asks."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404

from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.evidence import rules
from zicht.evidence.models import Actor, Claim, Source, Statement
from zicht.evidence.sources import queries
from zicht.people.guard import StaffRequest


def find_source(request: StaffRequest, key: UUID, *, in_use: bool = False) -> Source:
    """Find a source that the reader may see, or answer as if it did not exist."""
    found = queries.find_source(request.user, key)
    if found is None or (in_use and found.state != rules.IN_USE):
        raise Http404
    return found


def find_statement(request: StaffRequest, key: UUID) -> Statement:
    """Find a statement that the reader may see; one that was corrected is found too."""
    hidden = queries.unfinished_of(request.user)
    found: Statement | None = Statement.objects.visible_to(request.user).filter(pk=key).select_related("source").first()
    if found is None or (found.source_id in hidden and found.recorded_by_id != request.user.pk):
        raise Http404
    return found


def find_actor(request: StaffRequest, key: UUID) -> Actor:
    """Find an actor whom a source names that the reader may see."""
    found: Actor | None = Actor.objects.visible_to(request.user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def find_claim(request: StaffRequest, key: UUID) -> Claim:
    """Find a claim with a statement that the reader may see."""
    seen = queries.statements_seen(request.user)
    found: Claim | None = Claim.objects.visible_to(request.user).filter(pk=key, parts__statement__in=seen).first()
    if found is None:
        raise Http404
    return found


def say_what_is_wrong(request: StaffRequest, form: BaseForm) -> None:
    """Say what is wrong with a form of one button, whose page is shown anew."""
    for name, wrong in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, " ".join(str(part) for part in (f"{label}:" if label else "", *wrong) if part))


def carry_out(request: StaffRequest, act: Callable[[], object], done: str = "") -> bool:
    """Carry out what a button asks; what it refuses is said, what must not be known is a 404."""
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return False
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return False
    if done:
        messages.success(request, done)
    return True
