"""Pages for whoever writes, and for everybody; none needs an account or a script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.errors import RuleError
from donghanh.domain.voices import Topic
from donghanh.lib import clock
from donghanh.lib.public import shown
from donghanh.voices import actions, doors, forms, queries, texts

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


@require_GET
@doors.unnamed
def begin(request: HttpRequest) -> HttpResponse:
    """Find the school one writes from, with or without diacritics."""
    asked = request.GET.get("q", "")[:100]
    with doors.by_code():
        found = queries.schools(asked, clock.today())
    context = {"asked": asked, "schools": found, "simulated": found.simulated}
    return render(request, "voices/begin.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@doors.unnamed
def write(request: HttpRequest, school_id: int) -> HttpResponse:
    """Write a voice; afterwards show its code, this once."""
    today = clock.today()
    with doors.by_code():
        page = queries.writing(school_id, today)
    if page is None:
        raise Http404
    form = forms.Write(request.POST or None, page=page)
    context: dict[str, Any] = {"page": page, "form": form, "simulated": page.simulated}
    if request.method != "POST":
        return render(request, "voices/write.html", context)
    if not form.is_valid():
        return render(request, "voices/write.html", context, status=_REFUSED)
    new, code = form.new(), form.cleaned_data["code"]
    now = clock.now()
    if not doors.may_send(request):
        context["refusal"] = texts.too_many_from_here()
        return render(request, "voices/write.html", context, status=_TOO_MANY)
    try:
        if not doors.TO_ONE.take(f"{new.to.value}:{new.school_id}", now) and not new.emergency:
            raise actions.TooMany
        with doors.by_code(code):
            actions.write(new=new, code=code, today=today)
            receipt = queries.follow(code, today)
    except RuleError as error:
        context["refusal"] = texts.refusal(error)
        return render(request, "voices/write.html", context, status=_REFUSED)
    context = {"receipt": receipt, "code": code, "simulated": page.simulated}
    return render(request, "voices/sent.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@doors.unnamed
def follow(request: HttpRequest) -> HttpResponse:
    """Read by the code what became of a voice; go on; close. The code stands in no address."""
    form = forms.Code(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = _REFUSED if request.method == "POST" else HTTPStatus.OK
        return render(request, "voices/code.html", {"form": form}, status=status)
    who, now, today = doors.came(request), clock.now(), clock.today()
    if doors.WRONG_CODES.closed(who, now):
        return render(request, "429.html", status=_TOO_MANY)
    code = form.cleaned_data["code"]
    deed = request.POST.get("deed", "")
    more = forms.More(request.POST if deed == "more" else None)
    refusal = ""
    with doors.by_code(code):
        receipt = queries.follow(code, today)
        if receipt is None:
            doors.WRONG_CODES.take(who, now)
            context = {"form": form, "refusal": texts.opens_nothing()}
            return render(request, "voices/code.html", context, status=HTTPStatus.NOT_FOUND)
        if deed:
            refusal = _said(request, code, deed, more)
            if not refusal and not more.errors:
                more = forms.More()
            receipt = queries.follow(code, today)
        context = {
            "receipt": receipt,
            "code": code,
            "more": more,
            "refusal": refusal,
            "simulated": receipt is not None and receipt.voice.simulated,
        }
        status = _REFUSED if refusal or more.errors else HTTPStatus.OK
        return render(request, "voices/follow.html", context, status=status)


def _said(request: HttpRequest, code: str, deed: str, more: forms.More) -> str:
    """Do what a writer asks for; return why not, or nothing."""
    today = clock.today()
    seen = forms.Seen(request.POST)
    if not seen.is_valid() or (deed == "more" and not more.is_valid()):
        return ""
    if not doors.may_send(request):
        return texts.too_many_from_here()
    try:
        if deed == "close":
            actions.close(code=code, seen=seen.cleaned_data["seen"], today=today)
        else:
            actions.write_on(
                code=code,
                text=more.cleaned_data["text"],
                seen=seen.cleaned_data["seen"],
                today=today,
            )
    except RuleError as error:
        return texts.refusal(error)
    return ""


@shown(keys=("page", "chu-de"), unkept=())
def answered(request: HttpRequest) -> HttpResponse:
    """Show everybody the questions and answers that were made public."""
    topic = request.GET.get("chu-de", "")
    chosen = topic if topic in {one.value for one in Topic} else ""
    number = request.GET.get("page", "1")
    with doors.by_code():
        found = queries.published(clock.today(), chosen, int(number) if number.isdecimal() else 1)
    context = {
        "here": "answers",
        "found": found,
        "topics": texts.told_topics(found.topics, chosen),
        "chosen": chosen,
        "simulated": found.simulated,
        "address": request.build_absolute_uri(reverse("voices:answered")),
    }
    return render(request, "voices/public.html", context)


@shown(keys=(), unkept=())
def told(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Show everybody one question with its answer."""
    with doors.by_code():
        found = queries.published_one(publication_id, clock.today())
    if found is None:
        raise Http404
    context = {
        "here": "answers",
        "one": found.told,
        "others": found.others,
        "simulated": found.simulated,
        "address": request.build_absolute_uri(),
    }
    return render(request, "voices/told.html", context)
