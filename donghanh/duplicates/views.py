"""Pages of the room of duplicates."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.duplicates import actions, forms, texts
from donghanh.lib import clock
from donghanh.organisation import doors


@never_cache
@require_GET
@doors.acting
def pairs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the records that may be of one pupil; whose names are shown is written down."""
    page = actions.see_pairs(actor=actor, at=clock.now(), today=clock.today())
    request.simulated = page.simulated  # type: ignore[attr-defined]  # read by the shell alone
    return render(request, "duplicates/pairs.html", {"page": page})


@require_POST
@doors.acting
def join(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put one record aside for the other."""
    two = _two(request)

    def deed() -> None:
        actions.join(actor=actor, at=clock.now(), **two)

    return _done(request, deed, _("One record leads now; the other is put aside."))


@require_POST
@doors.acting
def tell_apart(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep that two records are of two pupils."""
    two = _two(request)

    def deed() -> None:
        actions.tell_apart(actor=actor, at=clock.now(), **two)

    return _done(request, deed, _("Kept: they are two pupils."))


@require_POST
@doors.acting
def undo(request: HttpRequest, actor: Actor, decision_id: int) -> HttpResponse:
    """Undo a decision."""

    def deed() -> None:
        actions.undo(actor=actor, decision_id=decision_id, at=clock.now())

    return _done(request, deed, _("Undone: everything is as before."))


def _two(request: HttpRequest) -> dict[str, int]:
    form = forms.Two(request.POST)
    if not form.is_valid():
        raise Http404
    return {"lead_id": form.cleaned_data["lead"], "other_id": form.cleaned_data["other"]}


def _done(request: HttpRequest, deed: Callable[[], None], said: str) -> HttpResponse:
    try:
        deed()
    except NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    else:
        messages.success(request, said)
    return redirect("duplicates:pairs")
