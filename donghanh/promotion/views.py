"""Pages of the room of promotion."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.promotion import actions, forms, texts
from donghanh.promotion.queries import Said


@never_cache
@require_GET
@doors.acting
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show each class of the year before with the class its name suggests."""
    return _page(request, actor, None)


@never_cache
@require_POST
@doors.acting
def preview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what would come of what was typed; nothing is written."""
    return _page(request, actor, forms.said(request.POST))


@never_cache
@require_POST
@doors.acting
def move(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write the classes of the school year."""
    said = forms.said(request.POST)
    try:
        actions.move_up(actor=actor, said=said, at=clock.now(), today=clock.today())
    except NotAllowed:
        raise
    except RuleError as error:
        return _page(request, actor, said, texts.refusal(error))
    messages.success(request, _("Written: everybody named is in the class of the new year."))
    return redirect("promotion:page")


@require_POST
@doors.acting
def undo(request: HttpRequest, actor: Actor, promotion_id: int) -> HttpResponse:
    """Take back what was moved up."""
    try:
        actions.undo(actor=actor, promotion_id=promotion_id, at=clock.now(), today=clock.today())
    except NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    else:
        messages.success(request, _("Undone: everybody is in the class of the year before again."))
    return redirect("promotion:page")


def _page(request: HttpRequest, actor: Actor, said: Said | None, refusal: str = "") -> HttpResponse:
    shown = actions.see_classes(actor=actor, said=said, at=clock.now(), today=clock.today())
    answers.mark(request, shown.simulated)
    refusal = refusal or (shown.outcome.refusal if shown.outcome else "")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    told = {"page": shown, "refusal": refusal, "ways": texts.WAYS.items()}
    return render(request, "promotion/page.html", told, status=status)
