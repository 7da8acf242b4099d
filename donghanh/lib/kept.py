"""Parts of pages that a process keeps, each under what tells whether it is still true."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

#: For how many seconds a page that nobody changed is kept; one that changed is never shown again.
SECONDS = 600


def parts(
    request: HttpRequest,
    templates: Mapping[str, str],
    mark: str,
    context: Callable[[], Mapping[str, object]],
) -> Mapping[str, SafeString]:
    """
    Return the parts of a page as they were made before, or make them.

    Nothing in them may hang on the request beyond what ``mark`` tells, and no name of a pupil may
    stand in them: whoever reads one is written down each time.

    Args:
        request: The request.
        templates: The template of each part, by the part's name.
        mark: Tells the parts apart from all others, and changes when they would; empty: they are
            made anew, and not kept.
        context: Returns what the templates need; not asked where the parts are at hand.
    """
    place = caches["pages"]
    found: Mapping[str, SafeString] | None = place.get(mark) if mark else None
    if found is None:
        needs = dict(context())
        found = {
            name: render_to_string(template, needs, request) for name, template in templates.items()
        }
        if mark:
            place.set(mark, found, SECONDS)
    return found
