"""What waits for a colleague, from every room that gives tasks: one page, since one person has one day.

Rooms beside or below each other do not know each other; this page stands above them and asks each for its own.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zicht.barriers.doing.queries import reminders_of as actions_of
from zicht.barriers.policy.queries import reminders_of as policies_of
from zicht.care.plan.mine import page_of_mine
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest
from zicht.people.models import Account

IN_CARE, OF_ACTIONS, OF_POLICY = "care.see_tasks", "barriers.look", "barriers.keep"
MOST_POLICIES = 20  # then a link to all of them


def may_see_tasks(reader: Account) -> bool:
    """Tell whether something can wait for an account."""
    return any(reader.has_perm(one) for one in (IN_CARE, OF_ACTIONS))


@never_cache
@require_safe
def show_mine(request: StaffRequest) -> HttpResponse:
    """Show what waits for the reader, as far as the rights of the reader go in each room."""
    reader = request.user
    if not may_see_tasks(reader):
        raise Http404
    page = actions = None
    if reader.has_perm(IN_CARE):
        record_access(reader, "listed", "task")
        page = page_of_mine(reader)
    if reader.has_perm(OF_ACTIONS):
        record_access(reader, "listed", "barrier_action")
        actions = actions_of(reader)
    # Who only looks at policy has nothing to renew.
    policies = policies_of(reader) if reader.has_perm(OF_POLICY) else []
    shown = {"page": page, "actions": actions, "policies": policies[:MOST_POLICIES], "all_policies": len(policies)}
    is_empty = not (actions or policies) and (page is None or page.is_empty)
    return render(request, "site/my_tasks.html", {**shown, "is_empty": is_empty})
