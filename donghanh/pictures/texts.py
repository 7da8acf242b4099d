"""Labels and sentences of the room of pictures."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.lib.picturefile import Format, PictureError

STATES: dict[str, Promise] = {
    "waiting": _("being drawn in smaller sizes"),
    "ready": _("ready"),
    "failed": _("could not be drawn smaller"),
}
REFUSALS: dict[str, Promise] = {
    "picture.too_large": _(
        "The file has %(size)s MB; at most %(limit)s MB are taken. Make the picture smaller – a "
        "photograph of a telephone has 2 to 8 MB – and choose it again; nothing was kept."
    ),
    "picture.too_many_points": _(
        "The picture has more than %(limit)s million points, more than a page can ever show. Save "
        "it smaller, and choose it again; nothing was kept."
    ),
    "picture.too_small": _(
        "The picture has %(width)s × %(height)s points; below %(long)s × %(short)s nobody can see "
        "anything on it. Choose the original picture; nothing was kept."
    ),
    "picture.no_picture": _(
        "The file is not a picture of the kinds JPEG, PNG or WebP, whatever its name says. Save "
        "the picture as JPEG, and choose it again; nothing was kept."
    ),
    "picture.moves": _(
        "The picture moves; pages show still pictures only. Save one of its frames as JPEG, and "
        "choose it again; nothing was kept."
    ),
    "picture.broken": _(
        "The picture cannot be read to its end; it was probably copied or sent only in part. Copy "
        "it once more from where it came from, and choose it again; nothing was kept."
    ),
    "pictures.not_taken": _("%(why)s"),
    "pictures.alt_missing": _(
        "Write in a few words what the picture shows: who cannot see it is read this sentence. "
        "Nothing was kept."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a picture is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {name: _spelled(value) for name, value in error.facts.items()}
    return str(REFUSALS[error.code]) % facts


def _spelled(value: object) -> object:
    if isinstance(value, PictureError):
        return str(REFUSALS[value.code]) % value.facts
    return value


def states() -> list[tuple[str, Promise]]:
    """Return the choices of how far a picture is drawn."""
    return list(STATES.items())


def formats() -> list[tuple[str, str]]:
    """Return the choices of formats."""
    return [(one.value, one.value) for one in Format]
