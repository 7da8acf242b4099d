"""What people type in the room of pictures: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from donghanh.lib import fields
from donghanh.lib.fields import picture_field


class Words(fields.PictureWords):
    """What is said of a picture of the library."""

    shows = _(
        "One sentence for who cannot see it, such as: “Pupils plant trees beside the school "
        "yard.” Names only of those who agreed to this publication."
    )


class Add(Words):
    """A picture, and what is said of it. The file itself is judged by the action."""

    field_order = ("file", "alt", "caption", "credit")
    file = picture_field(label=_("Picture"), error_messages={"required": _("Choose the picture.")})

    def picture(self) -> dict[str, Any]:
        """Return what was sent; the form is valid."""
        return dict(self.cleaned_data)
