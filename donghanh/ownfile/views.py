"""Pages of the room of the own file: a pupil's rights, and the school's answers."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.ownfile import actions, forms, queries, texts
from donghanh.people import actions as people
from donghanh.people import doors as pupils

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "POST"])
@pupils.by_code
def rights(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pupil what may be asked and how it stands, and take one tap."""
    refusal = ""
    if request.method == "POST":
        form = forms.Ask(request.POST)
        if form.is_valid():
            try:
                actions.ask(code=code, kind=form.asked(), at=clock.now(), on=clock.today())
            except people.InvitationOver as error:
                raise Http404 from error
            except RuleError as error:
                refusal = texts.refusal(error)
            else:
                return redirect("ownfile:rights", code)
        else:
            refusal = str(texts.UNKNOWN)
    page = queries.rights_page(code, clock.today())
    if page is None:
        raise Http404
    context = {"page": page, "code": code, "refusal": refusal}
    return render(request, "ownfile/rights.html", context, status=_status(request))


@never_cache
@require_GET
@pupils.by_code
def files(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pupil what is kept of the own papers, letters, classes and meetings."""
    page = queries.files_page(code, clock.today())
    if page is None:
        raise Http404
    return render(request, "ownfile/files.html", {"page": page, "code": code})


@never_cache
@require_http_methods(["GET", "POST"])
@pupils.by_code
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Let a pupil write what a fact should be, and ask for it."""
    page = queries.correct_page(code)
    if page is None or page.stopped:
        raise Http404
    form = forms.Correction(request.POST or None, initial=forms.standing(page.values))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_correction(
                code=code, values=form.values(), at=clock.now(), on=clock.today()
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            return redirect("ownfile:rights", code)
    context = {"page": page, "form": form, "code": code, "refusal": refusal}
    return render(request, "ownfile/correct.html", context, status=_status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@pupils.by_code
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then stop and have everything erased."""
    page = queries.rights_page(code, clock.today())
    if page is None:
        raise Http404
    if request.method == "POST":
        actions.ask_deletion(code=code, at=clock.now(), on=clock.today())
        return redirect("dossiers:own", code)
    return render(request, "ownfile/delete.html", {"page": page, "code": code})


@require_POST
@pupils.by_code
def go_on(request: HttpRequest, code: str) -> HttpResponse:
    """Let the work go on that rested."""
    try:
        actions.go_on(code=code, at=clock.now())
    except RuleError as error:
        raise Http404 from error
    return redirect("ownfile:rights", code)


@require_POST
@pupils.by_code
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take back an own request that waits."""
    form = forms.TakeBack(request.POST)
    try:
        if not form.is_valid():
            raise Http404
        number = form.cleaned_data["request"]
        actions.take_back(code=code, request_id=number, at=clock.now())
    except actions.NotOpen:
        pass  # answered meanwhile: the page says how
    except (ObjectDoesNotExist, RuleError) as error:
        raise Http404 from error
    return redirect("ownfile:rights", code)


@never_cache
@require_GET
@pupils.by_code
def copy_json(request: HttpRequest, code: str) -> HttpResponse:
    """Give a pupil everything that is kept, for machines."""
    return _copy(code, readable=False, kind="application/json", name="ho-so-cua-em.json")


@never_cache
@require_GET
@pupils.by_code
def copy_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """Give a pupil everything that is kept, for people."""
    return _copy(code, readable=True, kind=_SHEET, name="ho-so-cua-em.xlsx")


def _copy(code: str, *, readable: bool, kind: str, name: str) -> HttpResponse:
    data = actions.take_copy(code=code, readable=readable, at=clock.now(), today=clock.today())
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_GET
@doors.acting
def requests(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the requests of the school's pupils; whose names are shown is written down."""
    page = actions.see_requests(actor=actor, at=clock.now(), today=clock.today())
    answers.mark(request, page.simulated)
    return render(request, "ownfile/requests.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def request_page(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show one request, and take the answer."""
    form = forms.Answer(request.POST or None)
    refusal, status = "", HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        if request.method == "POST" and form.is_valid():
            try:
                actions.answer(actor=actor, request_id=request_id, at=clock.now(), **form.answer())
            except NotAllowed:
                raise
            except RuleError as error:
                refusal = texts.refusal(error)
                if isinstance(error, actions.NotOpen):
                    status = HTTPStatus.CONFLICT
            else:
                messages.success(request, _("Answered. The pupil sees it on the own page."))
                return redirect("ownfile:requests")
        page = actions.see_request(
            actor=actor, request_id=request_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    context = {"page": page, "form": form, "refusal": refusal}
    status = status if request.method == "POST" else HTTPStatus.OK
    return render(request, "ownfile/request.html", context, status=status)


@require_POST
@doors.acting
def acknowledge(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Tell the pupil that a request has arrived."""
    try:
        actions.acknowledge(actor=actor, request_id=request_id, at=clock.now())
    except NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect("ownfile:request", request_id)


@require_POST
@doors.acting
def extend(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Take the one extension a rule gives."""
    try:
        actions.extend(actor=actor, request_id=request_id, at=clock.now())
    except NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect("ownfile:request", request_id)


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
