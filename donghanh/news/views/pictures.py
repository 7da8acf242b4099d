"""Pictures of an article: adding one, its words, who can be recognised, asking."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.publishing import Seen
from donghanh.lib import answers, clock
from donghanh.news import actions, forms, queries, texts
from donghanh.news.views import staff
from donghanh.organisation import doors


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def add(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Add a picture, and go on where it is placed."""
    page = staff.or_404(lambda: queries.edit_page(actor, article_id))
    form = forms.AddPicture(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_picture(
                actor=actor, article_id=article_id, at=clock.now(), **form.cleaned_data
            )
        except NotAllowed:
            raise
        except ObjectDoesNotExist as error:
            raise Http404 from error
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The picture is kept. Choose where it stands, then save."))
            place = reverse("news:correct" if page.public else "news:write", args=[article_id])
            return redirect(f"{place}?anh={made.number}#anh")
    answers.mark(request, page.simulated)
    context = {"form": form, "refusal": refusal, "article": page}
    status = staff.REFUSED if request.method == "POST" else None
    return render(request, "news/picture.html", context, status=status)


@never_cache
@require_POST
@doors.acting
def words(request: HttpRequest, actor: Actor, article_id: int, number: int) -> HttpResponse:
    """Say anew what a picture shows."""
    form = forms.PictureWords(request.POST)
    if not form.is_valid():
        return staff.shown(request, actor, article_id, str(next(iter(form.errors.values()))[0]))
    told = {"number": number, **form.cleaned_data}
    done = _("The words are kept.")
    return staff.deed(request, actor, article_id, actions.describe_picture, done, **told)


@never_cache
@require_POST
@doors.acting
def seen(request: HttpRequest, actor: Actor, article_id: int, number: int) -> HttpResponse:
    """Say whether a pupil can be recognised."""
    given = request.POST.get("seen", "")
    if given not in set(Seen):
        refusal = _("Say whether a pupil can be recognised on the picture.")
        return staff.shown(request, actor, article_id, refusal)
    told = {"number": number, "seen": Seen(given)}
    return staff.deed(request, actor, article_id, actions.answer_picture, _("Kept."), **told)


@never_cache
@require_POST
@doors.acting
def ask(request: HttpRequest, actor: Actor, article_id: int, number: int) -> HttpResponse:
    """Ask a pupil who can be recognised."""
    name = request.POST.get("name", "")[:150]
    told = {"number": number, "name": name, "on": clock.today()}
    return staff.deed(request, actor, article_id, actions.ask_shown, _("Asked."), **told)
