"""An own address: kept, let go, and a way into the own page."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.accounts.doors import with_mail
from donghanh.domain.errors import RuleError
from donghanh.lib import clock, throttle
from donghanh.people import actions, doors, forms, queries, texts


@with_mail
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
def ask_way_in(request: HttpRequest) -> HttpResponse:
    """Send a code to an address, and say the same whether anybody keeps it."""
    form = forms.WayIn(request.POST or None)
    refusal, status = "", _status(request)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        if not doors.may_ask(request, address):
            refusal = texts.refusal(actions.MailUnanswered())
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            try:
                actions.ask_way_in(address=address, at=clock.now())
            except RuleError as error:
                refusal = texts.refusal(error)
            else:
                return redirect("people:come_in")
    context = {"form": form, "refusal": refusal}
    return render(request, "people/ask_way_in.html", context, status=status)


@with_mail
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def come_in(request: HttpRequest) -> HttpResponse:
    """Take the code of a mail and open the own page."""
    form = forms.ComeIn(request.POST or None)
    who, refusal = throttle.address(request), ""
    if request.method == "POST" and doors.WRONG_MAIL_CODES.closed(who):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.come_in(code=form.cleaned_data["code"], at=clock.now())
        except RuleError as error:
            doors.WRONG_MAIL_CODES.failed(who)
            refusal = texts.refusal(error)
        else:
            return redirect("dossiers:own", key)
    context = {"form": form, "refusal": refusal, "minutes": actions.CODE_MINUTES}
    return render(request, "people/come_in.html", context, status=_status(request))


@with_mail
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
@doors.by_code
def mail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the own address, or take one and send a code there."""
    page = queries.mail_page(code)
    if page is None:
        raise Http404
    form = forms.Address(request.POST or None)
    context = {"page": page, "code": code, "form": form, "refusal": ""}
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        try:
            if form.cleaned_data["agreed"] and not doors.may_ask(request, address):
                raise actions.MailUnanswered
            asked = actions.keep_address(code=code, at=clock.now(), **form.cleaned_data)
        except RuleError as error:
            context["refusal"] = texts.refusal(error)
        else:
            proof = forms.Proof(initial={"sealed": asked.sealed})
            return _proof(request, code, proof, "", HTTPStatus.OK, simulated=page.simulated)
    return render(request, "people/mail.html", context, status=_status(request))


@with_mail
@sensitive_post_parameters("code", "sealed")
@require_POST
@doors.by_code
def prove_mail(request: HttpRequest, code: str) -> HttpResponse:
    """Take the code that came to an address, and keep the address."""
    page, who = queries.mail_page(code), throttle.address(request)
    if page is None:
        raise Http404
    if doors.WRONG_MAIL_CODES.closed(who):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    form = forms.Proof(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            actions.prove_address(
                code=code,
                asked=form.cleaned_data["sealed"],
                typed=form.cleaned_data["code"],
                at=clock.now(),
                on=clock.today(),
            )
        except RuleError as error:
            doors.WRONG_MAIL_CODES.failed(who)
            refusal = texts.refusal(error)
        else:
            return redirect("people:mail", code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _proof(request, code, form, refusal, status, simulated=page.simulated)


@with_mail
@require_POST
@doors.by_code
def forget_mail(request: HttpRequest, code: str) -> HttpResponse:
    """Let the own address go, at once."""
    try:
        actions.forget_address(code=code, at=clock.now(), on=clock.today())
    except RuleError as error:
        raise Http404 from error
    return redirect("people:mail", code)


def _proof(
    request: HttpRequest,
    code: str,
    form: forms.Proof,
    refusal: str,
    status: HTTPStatus,
    *,
    simulated: bool,
) -> HttpResponse:
    context = {"code": code, "form": form, "refusal": refusal, "simulated": simulated}
    context["minutes"] = actions.CODE_MINUTES
    return render(request, "people/prove_mail.html", context, status=status)


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
