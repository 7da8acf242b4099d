"""Pictures of an article: adding them, saying who can be recognised, asking each of those."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import Max

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, markup, naming, publishing
from donghanh.domain.authority import Actor
from donghanh.domain.publishing import Seen, Stand, Step
from donghanh.domain.rights import Right
from donghanh.news import queries
from donghanh.news.actions import common
from donghanh.news.actions.refusals import AlreadyAsked, NobodyToAsk, ShowsAlready
from donghanh.news.models import Agreement, Article, Placed
from donghanh.news.queries import checks
from donghanh.pictures import actions as pictures


def add_picture(
    *,
    actor: Actor,
    article_id: int,
    file: IO[bytes],
    alt: str,
    seen: Seen,
    at: datetime,
    caption: str = "",
    credit: str = "",
) -> Placed:
    """
    Keep a picture for an article; whoever writes places it in the text, or before it.

    Args:
        actor: Who writes it, or corrects it once it is public.
        article_id: The article.
        file: What was sent.
        alt: What the picture shows, for who cannot see it.
        seen: Whether a pupil can be recognised.
        at: The instant (aware, UTC).
        caption: What stands below it.
        credit: Who took it.

    Raises:
        Article.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post writes nothing for the public, or reviews nothing that is public.
        NotNow: The article is neither a draft nor public.
        pictures.actions.NotTaken, pictures.actions.AltMissing: It is no picture that is taken.
    """
    _may_add(actor, queries.visible_to(actor).get(pk=article_id))
    with transaction.atomic():
        kept = pictures.upload(
            actor=actor, unit_id=authority.home(actor), file=file, alt=alt, at=at
        )
        article = common.locked(actor, article_id)
        _may_add(actor, article)
        made = Placed.objects.create(
            article=article,
            number=1 + (article.placed.aggregate(last=Max("number"))["last"] or 0),
            picture_id=kept,
            alt=markup.line(alt),
            caption=markup.line(caption),
            credit=markup.line(credit),
            seen=seen.value,
            stands=seen is Seen.NOBODY,
            added_at=at,
            added_by_id=actor.user_id,
        )
        common.record(actor, at, "news.pictured", article, _facts(made))
    return made


def _may_add(actor: Actor, article: Article) -> None:
    public = article.stand == Stand.PUBLISHED
    authority.require(actor, Right.REVIEW_NEWS if public else Right.WRITE_NEWS)
    publishing.step_from(Stand(article.stand), Step.CORRECT if public else Step.EDIT)


def _facts(placed: Placed) -> dict[str, object]:
    return {"picture": placed.number, "seen": placed.seen}


@transaction.atomic
def describe_picture(
    *,
    actor: Actor,
    article_id: int,
    number: int,
    alt: str,
    caption: str,
    credit: str,
    at: datetime,
) -> None:
    """
    Say anew what a picture of an article shows, what stands below it and who took it.

    Raises:
        Article.DoesNotExist, Placed.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
        NotNow, ShowsAlready: It is no longer written on, or everybody sees the picture.
        Empty: Nothing says what it shows.
    """
    article, placed = _open(actor, article_id, number)
    publishing.check_words(alt=alt)
    placed.alt, placed.caption = markup.line(alt), markup.line(caption)
    placed.credit = markup.line(credit)
    placed.save(update_fields=["alt", "caption", "credit"])
    common.record(actor, at, "news.picture_described", article, _facts(placed))


@transaction.atomic
def answer_picture(*, actor: Actor, article_id: int, number: int, seen: Seen, at: datetime) -> None:
    """
    Say whether a pupil can be recognised on a picture.

    Raises:
        Article.DoesNotExist, Placed.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
        NotNow, ShowsAlready: It is no longer written on, or everybody sees the picture.
        AlreadyAsked: Pupils were asked about it; it is not without them any more.
    """
    article, placed = _open(actor, article_id, number)
    if seen is Seen.NOBODY and placed.agreements.exists():
        raise AlreadyAsked
    placed.seen = seen.value
    asked = placed.agreements.values_list("stands", flat=True)
    placed.stands = seen is Seen.NOBODY or (bool(asked) and all(asked))
    placed.save(update_fields=["seen", "stands"])
    common.record(actor, at, "news.picture_answered", article, _facts(placed))


@transaction.atomic
def ask_shown(
    *, actor: Actor, article_id: int, number: int, name: str, at: datetime, on: date
) -> Agreement:
    """
    Ask a pupil who can be recognised on a picture to be shown by this article.

    The pupil sees the picture on the own page, and answers freely.

    Args:
        actor: Who writes or reviews it, and sees the pupil.
        article_id: The article.
        number: The number of the picture in it.
        name: The pupil's whole name, marks aside.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh), whose rule says whether parents agree, too.

    Raises:
        Article.DoesNotExist, Placed.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post neither writes nor reviews.
        NotNow, ShowsAlready: It is no longer written on, or everybody sees the picture.
        NobodyToAsk: Nobody in sight bears the name, or several do.
    """
    article, placed = _open(actor, article_id, number)
    person = checks.one_bearer(actor, naming.folded(name))
    if person is None:
        raise NobodyToAsk
    if placed.seen != Seen.PUPILS:
        placed.seen, placed.stands = Seen.PUPILS.value, False
        placed.save(update_fields=["seen", "stands"])
    found = Agreement.objects.filter(placed=placed, person=person).first()
    made = found or common.new_agreement(
        article,
        person,
        actor,
        placed=placed,
        at=at,
        parents_needed=publishing.parents_needed(
            person.birth_date, on, publishing.parents_rule(amendments.current(), on)
        ),
    )
    facts = {"number": made.number, "picture": placed.number}
    common.record(actor, at, "news.picture_asked", article, facts)
    return made


def _open(actor: Actor, article_id: int, number: int) -> tuple[Article, Placed]:
    """Return a picture nobody outside sees yet, with its article; both locked."""
    article = common.still_open(actor, article_id)
    rows = Placed.objects.select_for_update(of=("self",), no_key=True)
    placed = rows.get(article=article, number=number)
    if placed.public_at is not None:
        raise ShowsAlready
    return article, placed
