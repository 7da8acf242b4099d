"""Choosing the post one acts through, and who signs for its holder."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import actions, doors, forms, queries, texts


@require_POST
@doors.acting
def choose_post(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the chosen post in the session; one the account does not hold has no effect."""
    chosen = request.POST.get("post", "")
    if chosen.isdecimal():
        request.session[doors.CHOSEN_POST] = int(chosen)
    return redirect("desk:desk")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def signing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show who signs for the holder of the post, and let somebody."""
    today = clock.today()
    page = queries.signing_page(actor, today)
    form = forms.Delegation(request.POST or None, page=page, initial={"since": today})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        since, until = form.period
        try:
            actions.delegate_signing(
                actor=actor,
                at=clock.now(),
                user_id=form.cleaned_data["user_id"],
                form=form.cleaned_data["form"],
                rights=page.rights,
                since=since,
                until=until,
            )
        except NotAllowed:
            raise
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept: papers carry this signature in these days."))
            return redirect("organisation:signing")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    shown = {"page": page, "form": form, "refusal": refusal}
    return render(request, "organisation/signing.html", shown, status=status)


@require_POST
@doors.acting
def end_signing(request: HttpRequest, actor: Actor, delegation_id: int) -> HttpResponse:
    """Let somebody sign for the holder of the post no more, from today on."""
    try:
        actions.end_signing(
            actor=actor, at=clock.now(), delegation_id=delegation_id, on=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Ended: from today on you sign yourself."))
    return redirect("organisation:signing")
