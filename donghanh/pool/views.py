"""Pages of the room of the pool: the source, ratings, and the pupil's own ratings."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.people import doors as people
from donghanh.pool import actions, forms, queries, texts


@never_cache
@require_GET
@doors.acting
def source(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the source by class, by readiness and by what is missing."""
    page, rows = actions.see_pool(
        actor=actor,
        filters=forms.filters(request.GET),
        number=request.GET.get("page"),
        at=clock.now(),
        today=clock.today(),
    )
    answers.mark(request, page.simulated)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page,
        "rows": rows,
        "query": kept.urlencode(),
        "readiness": texts.READINESS,
        "lacks": texts.LACKS,
    }
    return render(request, "pool/source.html", context)


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the list as it is narrowed, as a workbook."""
    chosen = forms.filters(request.GET)
    data = actions.export_pool(actor=actor, filters=chosen, at=clock.now(), today=clock.today())
    return answers.sheet(data, f"nguon-{clock.today()}.xlsx")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def ratings(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Show one pupil's ratings, and keep a new one or a correction."""
    correcting = forms.number(request.GET.get("sua", "") or request.POST.get("corrects", ""))
    try:
        page = actions.open_ratings(
            actor=actor,
            person_id=person_id,
            correcting=correcting,
            at=clock.now(),
            today=clock.today(),
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if request.method == "POST" and not page.may_rate and page.rest is None:
        raise Http404
    answers.mark(request, page.simulated)
    form = forms.Rate(request.POST or None, initial=forms.start(page), page=page)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.rate(
                actor=actor,
                person_id=person_id,
                new=form.new(),
                at=clock.now(),
                today=clock.today(),
            )
        except ObjectDoesNotExist as error:
            raise Http404 from error
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The rating is kept; the pupil sees it."))
            return redirect("pool:ratings", person_id)
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "pool/ratings.html", context, status=_status(request))


@never_cache
@require_GET
@people.by_code
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pupil the own ratings."""
    found = queries.own_ratings(code)
    if found is None:
        raise Http404
    return render(request, "pool/own.html", {"ratings": found, "code": code})


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
