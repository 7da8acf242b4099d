"""Addresses of the room of pictures."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from donghanh.pictures import views

app_name = "pictures"


class Token(StringConverter):
    """What nobody guesses: the part of an address by which a picture is found."""

    regex = "[A-Za-z0-9_-]{22}"


class Width(StringConverter):
    """A width in points, of at most five digits."""

    regex = "[1-9][0-9]{0,4}"

    def to_python(self, value: str) -> int:  # type: ignore[override]  # a number, not a text
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]  # the same
        """Return it as it stands in the address."""
        return str(value)


register_converter(Token, "picture_token")
register_converter(Width, "picture_width")

urlpatterns = [
    path("anh/thu-vien/", views.library, name="library"),
    path("anh/thu-vien/them", views.add, name="add"),
    path("anh/thu-vien/<int:picture_id>/", views.picture, name="picture"),
    path("anh/thu-vien/<int:picture_id>/go", views.down, name="down"),
    path("anh/<picture_token:token>/chia-se.jpeg", views.shared, name="shared"),
    path(
        "anh/<picture_token:token>/<picture_width:width>.<slug:made>",
        views.rendition,
        name="rendition",
    ),
]
