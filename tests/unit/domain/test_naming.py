"""Where pictures stand in the text of an article."""

from __future__ import annotations

from donghanh.domain import naming


class TestParted:
    def test_puts_a_picture_behind_the_outermost_block_that_refers_to_it(self) -> None:
        body = (
            "<ul><li>một [[ảnh 1]]</li><li>hai</li></ul><blockquote><p>[[ảnh 2]]</p></blockquote>"
        )
        assert naming.parted(body) == (
            ("<ul><li>một </li><li>hai</li></ul>", (1,)),
            ("", (2,)),
        )

    def test_shows_a_picture_once_and_leaves_no_mark(self) -> None:
        parts = naming.parted("<p>[[ảnh 1]][[ảnh 1]]</p><p>a [[ảnh 1]]</p>rest [[ảnh 3]]")
        assert parts == (("", (1,)), ("<p>a </p>rest ", (3,)))

    def test_keeps_a_text_without_pictures_as_it_is(self) -> None:
        for body in ("", "<p></p>", "<h2>A</h2><table><tbody><tr><td>b</td></tr></tbody></table>"):
            assert naming.parted(body) == ((body, ()),)
