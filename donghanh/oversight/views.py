"""Pages of the room of oversight: opening in an emergency, and the notices of it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import clock, throttle
from donghanh.organisation import doors
from donghanh.oversight import actions, forms, queries, texts

#: The password typed again, by account.
_WRONG_PASSWORDS = throttle.Limit("oversight.password", failures=5, seconds=900)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@doors.acting
def emergency(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open dossiers in an emergency, and show what runs and what was opened before."""
    page = queries.page(actor, clock.now(), clock.today())
    if request.method == "POST" and _WRONG_PASSWORDS.closed(str(actor.user_id)):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    form = forms.Open(request.POST or None, schools=page.schools)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_cases(
                actor=actor, at=clock.now(), today=clock.today(), **form.cleaned_data
            )
        except NotAllowed:
            raise
        except RuleError as error:
            if isinstance(error, actions.PasswordWrong):
                _WRONG_PASSWORDS.failed(str(actor.user_id))
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Opened. The secretary of the cell has been told."))
            return redirect("oversight:emergency")
    failed = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "oversight/emergency.html", context, status=status)


@require_POST
@doors.acting
def end(request: HttpRequest, actor: Actor, opening_id: int) -> HttpResponse:
    """End an opening early."""
    try:
        actions.end_opening(actor=actor, opening_id=opening_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Ended. The dossiers are closed again."))
    return redirect("oversight:emergency")


@never_cache
@require_GET
@doors.acting
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a cell who opened dossiers of its school, why and until when."""
    lines = queries.notices(actor, clock.now(), clock.today())
    return render(request, "oversight/notices.html", {"lines": lines})


@require_POST
@doors.acting
def confirm(request: HttpRequest, actor: Actor, opening_id: int) -> HttpResponse:
    """Confirm that a notice has been seen."""
    try:
        actions.confirm_notice(actor=actor, opening_id=opening_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect("oversight:notices")


@never_cache
@require_GET
@doors.acting
def history(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show history to an auditor."""
    before = request.GET.get("truoc", "")
    page = queries.history_page(actor, int(before) if before.isdecimal() else None)
    return render(request, "oversight/history.html", {"page": page})


@require_POST
@doors.acting
def verify(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Verify the chain of history, and say what it showed."""
    found = actions.verify_history(actor=actor, at=clock.now())
    if found.broken is None:
        messages.success(request, texts.holds(found.lines))
    else:
        messages.error(request, texts.broken(found.broken.position))
    return redirect("oversight:history")
