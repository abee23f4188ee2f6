"""What happens to a form without its token: it is refused, and what a member of staff typed in it is kept."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.csrf import csrf_failure

from zicht.people import kept_forms
from zicht.site.faces import is_staff_side


def refuse(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Show a form again that was opened before its writer signed in anew; refuse every other one."""
    if is_staff_side(request.path) and kept_forms.keep(request):
        return redirect(request.get_full_path())
    answer: HttpResponse = csrf_failure(request, reason)
    return answer
