"""Pages on which an administrator changes the rules: looked at first, then kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.amendments import actions
from donghanh.amendments import queries as amended
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.rulebook import forms, queries, texts
from donghanh.rulebook.views.frames import CHANGED, REFUSED, page, words_of

_TOML = "text/plain; charset=utf-8"
#: A text of so many lines is shown at once.
_SHORT = 40
#: Says, in an address, that somebody came from the list of what is to be compared.
_LISTED = "ds"


@require_safe
@doors.acting
def amendments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the amendments."""
    found = queries.amendments_page(actor)
    return page(request, actor, "amendments", "amendments", {"page": found})


@require_safe
@doors.acting
def amendment(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Show one amendment and what it changed."""
    context = {"line": _line(actor, number)}
    return page(request, actor, "amendment", "amendments", context)


@require_safe
@doors.acting
def text(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Hand out the text of one amendment as it was kept."""
    line = _line(actor, number)
    return _file(line.amendment.text, f"sua-doi-{number}.toml")


@require_safe
@doors.acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Hand out the whole rulebook, or what the amendments changed of it."""
    whole = words_of(request, "gi") == "tat-ca"
    name = "quy-dinh.toml" if whole else "sua-doi.toml"
    return _file(queries.exported(actor, whole=whole), name)


def _line(actor: Actor, number: int) -> queries.AmendmentLine:
    try:
        return queries.amendment_line(actor, number)
    except amended.NoSuchAmendment as refusal:
        raise Http404 from refusal


def _file(content: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_TOML, headers=disposition)


@require_safe
@doors.acting
def doubts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the values that nobody has compared with the originals."""
    found = queries.doubts_page(actor, clock.today())
    return page(request, actor, "doubts", "doubts", {"page": found})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def check(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Ask once, with the citation in sight, then record that a value was compared."""
    try:
        since = date.fromisoformat(request.GET.get("tu", ""))
        entry = queries.value(actor, name, request.GET.get("noi", ""), since)
    except (ValueError, queries.NoSuchValue) as refusal:
        raise Http404 from refusal
    refused = ""
    if request.method == "POST":
        try:
            kept = actions.keep(
                actor=actor,
                text=queries.text_of_comparison(entry),
                note=texts.comparison(entry),
                seen=_seen(request),
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            refused = texts.refusal(error)
        else:
            told = _("The comparison is kept as amendment %(number)s, in your name.")
            messages.success(request, told % {"number": kept.number})
            listed = _LISTED in request.GET
            return redirect("rulebook:doubts") if listed else redirect("rulebook:rule", name)
    context = {
        "entry": entry,
        "edition": amended.current().edition,
        "refusal": refused,
        "listed": _LISTED in request.GET,
    }
    return page(request, actor, "check", "doubts", context, CHANGED if refused else 200)


def _seen(request: HttpRequest) -> int:
    found = request.POST.get("seen", "")
    return int(found) if found.isdecimal() else -1


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a text in, show what it would change, and keep it once it has been looked at."""
    authority.require(actor, Right.KEEP_RULES)
    if request.method != "POST":
        return page(request, actor, "draft", "amendments", {"form": forms.Draft()})
    form = forms.Draft(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, actor, "draft", "amendments", {"form": form}, REFUSED)
    told = form.cleaned_data
    try:
        content = queries.brought(actor, told["file"]) if told["file"] else told["text"]
        seen = -1 if told["seen"] is None else told["seen"]
        if "keep" in request.POST:
            if told["mark"] == queries.mark_of(content, seen):
                return _keep(request, actor, content, told["note"], seen)
            changed = _("The text is another than the one looked at. Look at this one first.")
            return _look(request, actor, content, told["note"], changed, CHANGED)
    except actions.ChangedMeanwhile as error:
        return _look(request, actor, content, told["note"], texts.refusal(error), CHANGED)
    except RuleError as error:
        context = {"form": form, "refusal": texts.refusal(error)}
        return page(request, actor, "draft", "amendments", context, REFUSED)
    return _look(request, actor, content, told["note"])


def _keep(request: HttpRequest, actor: Actor, content: str, note: str, seen: int) -> HttpResponse:
    try:
        kept = actions.keep(
            actor=actor, text=content, note=note, seen=seen, at=clock.now(), today=clock.today()
        )
    except actions.ReasonMissing as error:
        return _look(request, actor, content, note, texts.refusal(error), REFUSED)
    told = _("Amendment %(number)s is kept; the rules hold in this edition from now on.")
    messages.success(request, told % {"number": kept.number})
    return redirect("rulebook:amendment", kept.number)


def _look(
    request: HttpRequest,
    actor: Actor,
    content: str,
    note: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what a text would change, ready to be kept."""
    try:
        preview = queries.preview(actor, content, clock.today())
    except RuleError as error:
        form = forms.Draft(initial={"text": content, "note": note})
        context = {"form": form, "refusal": texts.refusal(error)}
        return page(request, actor, "draft", "amendments", context, REFUSED)
    start = {"text": content, "note": note, "seen": preview.edition, "mark": preview.mark}
    form = forms.Draft(initial=start)
    shown = content.count("\n") <= _SHORT or bool(refusal)
    context = {"form": form, "preview": preview, "refusal": refusal, "text_shown": shown}
    return page(request, actor, "draft", "amendments", context, status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def add_value(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a rule, then write a value of it; it becomes a text that is looked at first."""
    authority.require(actor, Right.KEEP_RULES)
    book = amended.current()
    chosen = forms.WhichRule(request.GET or None, book=book)
    if not chosen.is_valid():
        return page(request, actor, "which", "amendments", {"form": forms.WhichRule(book=book)})
    head = book.head(chosen.cleaned_data["rule"])
    start = queries.value_start(
        actor, head.name, request.GET.get("noi", ""), request.GET.get("tu", "")
    )
    form = forms.Value(request.POST or None, book=book, head=head, initial=start)
    return _added(request, actor, form, {"head": head}, lambda: queries.text_of_value(form.new()))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def add_regime(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a regime; it becomes a text that is looked at first."""
    authority.require(actor, Right.KEEP_RULES)
    form = forms.Regime(request.POST or None, book=amended.current())
    return _added(request, actor, form, {}, lambda: queries.text_of_regime(form.new()))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def add_year(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write the days off of a year; they become a text that is looked at first."""
    authority.require(actor, Right.KEEP_RULES)
    form = forms.Year(request.POST or None, book=amended.current())
    return _added(request, actor, form, {}, lambda: queries.text_of_year(form.new()))


def _added(
    request: HttpRequest,
    actor: Actor,
    form: forms.Value | forms.Regime | forms.Year,
    context: dict[str, object],
    written: Callable[[], str],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        return _look(request, actor, written())
    status = REFUSED if request.method == "POST" else 200
    told = {"form": form, "kind": type(form).__name__.lower(), **context}
    return page(request, actor, "add", "amendments", told, status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def withdraw(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Show what withdrawing an amendment would change, ask why, then withdraw it."""
    line = _line(actor, number)
    form = forms.Reason(request.POST or None)
    refusal, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.withdraw(
                actor=actor, number=number, at=clock.now(), today=clock.today(), **form.cleaned_data
            )
        except RuleError as error:
            refusal, status = texts.refusal(error), CHANGED
        else:
            told = _("Amendment %(number)s no longer holds; the withdrawal is amendment %(kept)s.")
            messages.success(request, told % {"number": number, "kept": kept.number})
            return redirect("rulebook:amendments")
    elif request.method == "POST":
        status = REFUSED
    context: dict[str, object] = {"line": line, "form": form, "refusal": refusal}
    try:
        context["preview"] = queries.preview_without(actor, number, clock.today())
    except RuleError as error:
        context["refusal"], status = texts.refusal(error), CHANGED
    return page(request, actor, "withdraw", "amendments", context, status)
