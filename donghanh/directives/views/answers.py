"""What a unit answers: its plan, a duty answered on paper, duties that ask for the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donghanh.directives import actions, forms, queries, texts
from donghanh.directives.views.shared import CHANGED, REFUSED, found
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import doors


def _received(
    request: HttpRequest, actor: Actor, directive_id: int, status: int, **context: Any
) -> HttpResponse:
    today = clock.today()
    page = found(queries.received_page, actor, directive_id, today)
    whole = {"page": page, "form": forms.AnswerForm(None, today=today), **context}
    return render(request, "directives/received.html", whole, status=status)


@require_POST
@doors.acting
def plan(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Note that the unit has sent its plan."""
    form = forms.AnswerForm(request.POST, today=clock.today())
    if not form.is_valid():
        return _received(request, actor, directive_id, REFUSED, form=form, wrong="plan")
    try:
        found(
            actions.send_plan,
            actor=actor,
            directive_id=directive_id,
            at=clock.now(),
            **form.cleaned_data,
        )
    except NotAllowed:
        raise
    except RuleError as refusal:
        said = texts.refusal(refusal)
        return _received(request, actor, directive_id, CHANGED, refusal=said)
    messages.success(request, _("The plan is noted; who issued the directive sees it at once."))
    return redirect("directives:received", directive_id)


@require_POST
@doors.acting
def answer(request: HttpRequest, actor: Actor, directive_id: int, task_id: int) -> HttpResponse:
    """Note the paper that answers a duty."""
    form = forms.AnswerForm(request.POST, today=clock.today())
    if not form.is_valid():
        return _received(request, actor, directive_id, REFUSED, form=form, wrong=task_id)
    try:
        found(
            actions.answer_task,
            actor=actor,
            task_id=task_id,
            at=clock.now(),
            **form.cleaned_data,
        )
    except NotAllowed:
        raise
    except RuleError as refusal:
        said = texts.refusal(refusal)
        return _received(request, actor, directive_id, CHANGED, refusal=said)
    messages.success(request, _("The answer is noted, for every duty it is linked with."))
    return redirect("directives:received", directive_id)


@doors.acting
def links(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the duties of the school from all lines, and link those that ask for the same."""
    today = clock.today()
    if request.method != "POST":
        context = {"page": queries.links_page(actor, today)}
        return render(request, "directives/links.html", context)
    ticked = {int(one) for one in request.POST.getlist("task") if one.isdecimal()}
    try:
        found(actions.link_tasks, actor=actor, task_ids=ticked, at=clock.now())
    except NotAllowed:
        raise
    except RuleError as refusal:
        said = {"page": queries.links_page(actor, today), "refusal": texts.refusal(refusal)}
        return render(request, "directives/links.html", said, status=REFUSED)
    messages.success(request, _("Linked: one answer now answers all of them."))
    return redirect("directives:links")


@require_POST
@doors.acting
def unlink(request: HttpRequest, actor: Actor, bundle_id: int) -> HttpResponse:
    """Let linked duties be answered one by one again."""
    try:
        found(actions.unlink_tasks, actor=actor, bundle_id=bundle_id, at=clock.now())
    except NotAllowed:
        raise
    except RuleError as refusal:
        context = {
            "page": queries.links_page(actor, clock.today()),
            "refusal": texts.refusal(refusal),
        }
        return render(request, "directives/links.html", context, status=CHANGED)
    messages.success(request, _("The duties are answered one by one again."))
    return redirect("directives:links")
