"""Pages on which the structure is changed, led back, and cases are received."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.domain.authority import Actor, require
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reorganisation import actions, queries, texts
from donghanh.reorganisation.forms import FIELDS, FOUNDING, MOST_FOUNDED, OperationForm

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
    form = _form(request, what)
    look, refusal = None, ""
    if form.is_bound and form.is_valid() and "edit" not in request.POST:
        try:
            if "keep" in request.POST:
                actions.reorganise(
                    actor=actor,
                    operation=form.operation(),
                    seen=form.cleaned_data["seen"],
                    at=clock.now(),
                    today=clock.today(),
                    posts_go_on="posts_go_on" in request.POST,
                )
                return redirect("reorganisation:operations")
            look = queries.look(actor, form.operation(), clock.today())
        except RuleError as error:
            refusal = texts.refusal(error)
    context = {
        "form": form,
        "founds": what in FOUNDING,
        "least": FOUNDING.get(what, 0),
        "look": look,
        "refusal": refusal,
        "title": texts.KINDS[what],
    }
    status = _REFUSED if refusal or (form.is_bound and form.errors) else 200
    return render(request, "reorganisation/reorganise.html", context, status=status)


def _form(request: HttpRequest, what: str) -> OperationForm:
    """Return the form as it was sent, or as it goes on with one unit to be founded more or less."""
    least = FOUNDING.get(what, 0)
    told = request.POST.get("founded", "")
    founded = int(told) if told.isdecimal() and len(told) < 4 else least
    step = ("more" in request.POST) - ("fewer" in request.POST)
    most = MOST_FOUNDED if what in FOUNDING else 0
    founded = min(max(founded + step, least), most)
    if request.method == "POST" and not step:
        return OperationForm(request.POST, what=what, founded=founded)
    begun = request.POST.dict() if step else {"unit": request.GET.get("don-vi", "")[:32]}
    return OperationForm(what=what, founded=founded, initial=begun)


@require_http_methods(["GET", "POST"])
@doors.acting
def undo(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Say what rests on it; ask once more, then lead the structure back, where nothing does."""
    require(actor, Right.KEEP_STRUCTURE)
    refusal = ""
    try:
        if request.method == "POST":
            actions.undo(actor=actor, reorganisation_id=number, at=clock.now())
            return redirect("reorganisation:operations")
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        refusal = texts.refusal(error)
    return _undo(request, actor, number, refusal)


def _undo(request: HttpRequest, actor: Actor, number: int, refusal: str) -> HttpResponse:
    try:
        page = queries.undo_page(actor, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    context = {
        "made": page.made,
        "title": texts.KINDS[page.made.kind],
        "obstacles": [(one, texts.obstacle(one.what, one.count)) for one in page.obstacles],
        "refusal": refusal,
    }
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
