"""What the frame around every page needs: rooms, year, unit, the person signed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from donghanh.domain.authority import Actor, Post
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rights import Right, Role
from donghanh.lib import clock
from donghanh.organisation.texts import ROLES
from donghanh.web.templatetags.look import initials

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many rooms the bar at the bottom of a phone can hold.
_BOTTOM_BAR = 4
#: The roles with so many rooms that the units lie beside the rules.
_FULL = frozenset({Role.SECRETARY, Role.UNION, Role.COMMITTEE, Role.UPPER_UNION})
#: The pages of a school year that stand for figures, and for targets.
_YEAR_OF_FIGURES = re.compile(
    r"/so-lieu/\d{4}-\d{4}/|/chi-tieu/\d{4}-\d{4}/\w+/|/tong-hop/\d{4}-\d{4}/"
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """
    One room in the navigation.

    ``count`` is what waits there, nought shows nothing; ``also`` is where other rooms' pages lie
    that are found through this one.
    """

    key: str
    label: str
    url: str
    icon: str
    count: int = 0
    current: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages that lie beside each other in a room."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Shell:
    """
    The frame of a page.

    ``first`` and ``rest`` are ``nav`` divided for the bottom bar of a phone; ``first`` alone is
    shown where four rooms suffice. ``tabs`` are the pages beside this one in its room; none where
    it is the only one, or no such page. ``searches`` tells whether the box to find things is shown,
    ``signs`` whether the holder of the post may let somebody else sign.
    """

    nav: tuple[NavItem, ...] = ()
    first: tuple[NavItem, ...] = ()
    rest: tuple[NavItem, ...] = ()
    tabs: tuple[Tab, ...] = ()
    year: str = ""
    unit_name: str = ""
    posts: tuple[Post, ...] = ()
    post_id: int | None = None
    name: str = ""
    role: str = ""
    initials: str = ""
    simulated: bool = False
    searches: bool = False
    signs: bool = False


def shell(request: HttpRequest) -> dict[str, Shell]:
    """
    Give templates ``shell``; a person who is not signed in gets an empty one.

    Reads from the request, each optional: ``actor`` (an ``Actor``), ``posts`` (the posts that can
    be chosen), ``counts`` (what waits in a room, by key), ``simulated``.
    """
    actor: Actor | None = getattr(request, "actor", None)
    simulated = bool(getattr(request, "simulated", False))
    year = SchoolYear.of(clock.today()).key
    if actor is None:
        return {"shell": Shell(year=year, simulated=simulated)}
    counts: Mapping[str, int] = getattr(request, "counts", {})
    posts: Iterable[Post] = getattr(request, "posts", ())
    return {"shell": frame(actor, request.path, year, counts, tuple(posts), simulated)}


def frame(
    actor: Actor,
    path: str,
    year: str,
    counts: Mapping[str, int],
    posts: tuple[Post, ...],
    simulated: bool,
) -> Shell:
    """
    Build the frame for one person on one page.

    Args:
        actor: Who is signed in, through which post.
        path: The address of the page; decides which room is the present one.
        year: The school year shown, ``"2025-2026"``.
        counts: What waits in a room, by the room's key.
        posts: The posts the person may change to; one or none shows no menu.
        simulated: Whether the people and figures are generated.
    """
    items = rooms(actor.post.role)
    present = _present(items, path)
    nav = tuple(
        replace(item, count=counts.get(item.key, 0), current=item.key == present) for item in items
    )
    cut = len(nav) if len(nav) <= _BOTTOM_BAR else _BOTTOM_BAR - 1
    return Shell(
        nav=nav,
        first=nav[:cut],
        rest=nav[cut:],
        tabs=beside(actor, path),
        year=year,
        unit_name=actor.post.unit_name,
        posts=posts if len(posts) > 1 else (),
        post_id=actor.post.id,
        name=actor.name,
        role=str(ROLES[actor.post.role]),
        initials=initials(actor.name),
        simulated=simulated,
        searches=actor.post.role is not Role.PUPIL,
        signs=actor.may(Right.DELEGATE_SIGNING),
    )


def _present(items: tuple[NavItem, ...], path: str) -> str:
    """Find the room an address belongs to: the one with the longest address it starts with."""
    fitting = [
        item
        for item in items
        if path == item.url or any(_under(url, path) for url in (item.url, *item.also))
    ]
    return max(fitting, key=lambda item: len(item.url)).key if fitting else ""


def _under(url: str, path: str) -> bool:
    return url not in {"", "/"} and path.startswith(url)


def beside(actor: Actor, path: str) -> tuple[Tab, ...]:
    """List the pages that lie beside each other in a room, where an address is one of them."""
    return (
        _of_figures(actor, path)
        or _of_the_road(actor, path)
        or _of_activities(actor, path)
        or _of_the_rules(actor, path)
    )


def _of_figures(actor: Actor, path: str) -> tuple[Tab, ...]:
    """Figures, and the targets they are held against; one page of each a school year has."""
    if not actor.may(Right.READ_FIGURES) or not _YEAR_OF_FIGURES.fullmatch(path):
        return ()
    listed = [
        (pgettext("room", "Figures"), "/so-lieu/"),
        (pgettext("room", "Targets"), "/chi-tieu/"),
    ]
    if actor.post.role is Role.COMMITTEE:
        listed.append((pgettext("room", "Consolidation"), "/tong-hop/"))
    pages = tuple(Tab(label, url, current=path.startswith(url)) for label, url in listed)
    return pages if any(page.current for page in pages) else ()


def _of_the_road(actor: Actor, path: str) -> tuple[Tab, ...]:
    listed = (
        (pgettext("page of the road", "List"), "", Right.READ_CASES),
        (pgettext("page of the road", "Source"), "nguon/", Right.READ_POOL),
        (pgettext("page of the road", "Accompaniment"), "dong-hanh/", Right.GIVE_CHALLENGES),
        (pgettext("page of the road", "Meetings"), "hop/", Right.RECORD_ACTS),
        (pgettext("page of the road", "Classes"), "lop/", Right.HOLD_CLASSES),
        (pgettext("page of the road", "Calendar"), "lich/", Right.READ_CASES),
        (pgettext("page of the road", "Hand-over"), "chuyen-giao/", Right.HAND_OVER),
        (pgettext("page of the road", "Pupils' requests"), "yeu-cau/", Right.ANSWER_REQUESTS),
        (pgettext("page of the road", "Entered twice"), "trung-lap/", Right.DECIDE_DUPLICATES),
    )
    pages = tuple(
        Tab(label, f"/con-duong/{end}", current=f"/con-duong/{end}" == path)
        for label, end, right in listed
        if actor.may(right)
    )
    return pages if len(pages) > 1 and any(page.current for page in pages) else ()


def _of_activities(actor: Actor, path: str) -> tuple[Tab, ...]:
    """What is done with and for pupils, and told of it."""
    listed = (
        (pgettext("room", "Activities"), "/hoat-dong/", Right.READ_ACTIVITIES),
        (pgettext("page of activities", "Practices"), "/mo-hinh/", Right.READ_PRACTICES),
        (pgettext("page of activities", "Campaigns"), "/cuoc-van-dong/", Right.READ_CAMPAIGNS),
        (pgettext("page of activities", "Voices"), "/tieng-noi/", Right.ANSWER_VOICES),
        (pgettext("page of activities", "Articles"), "/tin-bai/", Right.WRITE_NEWS),
        (pgettext("page of activities", "Articles"), "/tin-bai/", Right.REVIEW_NEWS),
        (pgettext("page of activities", "Pictures"), "/anh/thu-vien/", Right.WRITE_NEWS),
        (pgettext("page of activities", "Made public"), "/cong-khai/", Right.PUBLISH_FIGURES),
    )
    found = {url: Tab(label, url, path == url) for label, url, right in listed if actor.may(right)}
    return tuple(found.values()) if path in found and len(found) > 1 else ()


def _of_the_rules(actor: Actor, path: str) -> tuple[Tab, ...]:
    """Rules and units, where both lie in one room."""
    if actor.post.role not in _FULL or path not in {"/quy-dinh/", "/to-chuc/"}:
        return ()
    return (
        Tab(pgettext("room", "Rules"), "/quy-dinh/", path == "/quy-dinh/"),
        Tab(pgettext("room", "Organisation"), "/to-chuc/", path == "/to-chuc/"),
    )


def rooms(role: Role) -> tuple[NavItem, ...]:
    """List the rooms a role needs, in the order of its work; at most seven."""
    desk = NavItem("desk", pgettext("room", "Desk"), "/", "desk")
    road = NavItem("road", pgettext("room", "Road"), "/con-duong/", "road")
    inbox = NavItem("inbox", pgettext("room", "Letters in"), "/van-ban-den/", "inbox")
    report = NavItem("report", pgettext("room", "Report"), "/bao-cao/", "report")
    directives = NavItem("directives", pgettext("room", "Directives"), "/chi-dao/", "letter")
    total = NavItem("consolidation", pgettext("room", "Consolidation"), "/tong-hop/", "sum")
    figures = NavItem(
        "figures", pgettext("room", "Figures"), "/so-lieu/", "board", also=("/chi-tieu/",)
    )
    # A committee has seven rooms without it: what it adds up lies beside its figures.
    totals = replace(figures, also=(*figures.also, total.url))
    rules = NavItem("rules", pgettext("room", "Rules"), "/quy-dinh/", "rules")
    urgent = NavItem("emergency", pgettext("room", "Emergency"), "/khan-cap/", "eye")
    history = NavItem("history", pgettext("room", "History"), "/nhat-ky/", "report")
    units = NavItem("units", pgettext("room", "Organisation"), "/to-chuc/", "units")
    accounts = NavItem("accounts", pgettext("room", "Accounts"), "/quan-ly-tai-khoan/", "own")
    looked_up = replace(rules, also=(units.url,))
    life = NavItem(
        "activities",
        pgettext("room", "Activities"),
        "/hoat-dong/",
        "activities",
        also=("/mo-hinh/", "/cuoc-van-dong/", "/tieng-noi/", "/tin-bai/", "/anh/", "/cong-khai/"),
    )
    own = NavItem("own", pgettext("room", "My road"), "/", "own")
    by_role = {
        Role.OFFICER: (desk, directives, total, figures, life, rules, units),
        Role.LEADER: (desk, directives, total, figures, life, rules, units),
        Role.SECRETARY: (desk, road, inbox, report, figures, life, looked_up),
        Role.UNION: (desk, road, inbox, report, figures, life, looked_up),
        Role.COMMITTEE: (desk, road, inbox, directives, totals, life, looked_up),
        Role.BOARD: (desk, road, urgent, figures, rules, units),
        Role.UPPER_UNION: (desk, inbox, directives, total, figures, life, looked_up),
        Role.HELPER: (desk, road, life, rules, units),
        Role.CLASS_UNION: (desk, rules, units),
        Role.CLUB_LEADER: (desk, rules, units),
        Role.TRAINING_CENTRE: (desk, rules, units),
        Role.PUPIL: (own,),
        Role.ADMINISTRATOR: (desk, accounts, rules, units),
        Role.AUDITOR: (desk, history, rules, units),
    }
    return by_role[role]
