"""Pages on which the structure is changed, led back, and cases are received."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.domain.authority import Actor, Right, require
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reorganisation import actions, queries, texts
from donghanh.reorganisation.forms import FIELDS, OperationForm

_REFUSED = 422


@require_safe
@doors.acting
def operations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show all operations with their decisions and days."""
    require(actor, Right.KEEP_STRUCTURE)
    context = {"rows": queries.visible_to(actor), "kinds": texts.kinds()}
    return render(request, "reorganisation/operations.html", context)


@require_http_methods(["GET", "POST"])
@doors.acting
def reorganise(request: HttpRequest, actor: Actor, what: str) -> HttpResponse:
    """Ask what is ordered, show what it would touch, and carry it out as it was seen."""
    require(actor, Right.KEEP_STRUCTURE)
    if what not in FIELDS:
        raise Http404
    asked = request.method == "POST"
    unit = request.GET.get("don-vi", "")[:32]
    form = OperationForm(request.POST if asked else None, what=what, initial={"unit": unit})
    look, refusal = None, ""
    if asked and form.is_valid() and "edit" not in request.POST:
        try:
            if "keep" in request.POST:
                actions.reorganise(
                    actor=actor,
                    operation=form.operation(),
                    seen=form.cleaned_data["seen"],
                    at=clock.now(),
                    today=clock.today(),
                )
                return redirect("reorganisation:operations")
            look = queries.look(actor, form.operation(), clock.today())
        except RuleError as error:
            refusal = texts.refusal(error)
    context = {
        "form": form,
        "look": look,
        "refusal": refusal,
        "title": texts.KINDS[what],
    }
    status = _REFUSED if refusal or (asked and form.errors) else 200
    return render(request, "reorganisation/reorganise.html", context, status=status)


@require_http_methods(["GET", "POST"])
@doors.acting
def undo(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Ask once more, then lead the structure back; say why where it no longer can be."""
    require(actor, Right.KEEP_STRUCTURE)
    refusal = ""
    try:
        made = queries.operation_of(actor, number)
        if request.method == "POST":
            actions.undo(actor=actor, reorganisation_id=number, at=clock.now())
            return redirect("reorganisation:operations")
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        refusal = texts.refusal(error)
    context = {"made": made, "title": texts.KINDS[made.kind], "refusal": refusal}
    return render(request, "reorganisation/undo.html", context, status=_REFUSED if refusal else 200)


@require_http_methods(["GET", "POST"])
@doors.acting
def receive(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the cases that were handed over, by number; receive those that are ticked."""
    if request.method == "POST":
        ticked = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
        actions.receive(actor=actor, rerouting_ids=ticked, at=clock.now(), today=clock.today())
        return redirect("reorganisation:receive")
    found = queries.receipts(actor, clock.today())
    return render(request, "reorganisation/receive.html", {"found": found})
