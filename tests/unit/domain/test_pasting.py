"""Whatever is pasted comes out as a few clean blocks, and a second judge finds nothing to take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghanh.domain import markup, pasting
from donghanh.domain.markup import Kind
from donghanh.lib import safehtml

_PASTED = Path(__file__).parent / "pasted"
#: As Word for Windows puts it on the clipboard, shortened.
WORD = (_PASTED / "word.html").read_text()
DOCS = (_PASTED / "other.html").read_text()
HARM = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.vn/a.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)' style='background:url(javascript:alert(1))'>a</p>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='jav&#x09;ascript:alert(1)'>a</a>",
    "<a href=' data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:x'>a</a></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<object data='x.swf'></object><embed src=x>",
    "<form action='//x.vn'><input name=p><button>gửi</button></form>",
    "<meta http-equiv=refresh content='0;url=//x.vn'><base href='//x.vn/'>",
    "<template><script>1</script></template><noscript><p title='</noscript><img src=x onerror=1>'>",
    "<!--[if IE]><script>1</script><![endif]--><![CDATA[<script>1</script>]]>",
    "<p>a<!-- <script>1</script>",
    "<x:frameset onload=1><v:vmlframe src='x.xml#a'></v:vmlframe>",
    "<style>@import '//x.vn'</style><link rel=stylesheet href=//x.vn>",
)
#: A tag that no article has.
_OTHER = re.compile(r"<(?!/?(p|h2|h3|ul|ol|li|blockquote|a|strong|em|br|t\w+)\b)")


def cleaned(pasted: str) -> str:
    return markup.to_html(pasting.cleaned_paste(pasted))


class TestCleanedPaste:
    def test_keeps_of_word_what_was_written_and_nothing_of_word(self) -> None:
        assert cleaned(WORD) == (
            "<h2>Thử thách</h2><p>Đoàn trường tổ chức <em>ba buổi</em> ở Trà Vinh.</p>".replace(
                "Đoàn trường", "<strong>Đoàn trường</strong>"
            )
            + "<ul><li>Học cùng bạn</li><li>Giúp thầy cô</li></ul>"
            "<ol><li>Nhận việc</li><li>Kể lại</li></ol>"
            "<table><tbody><tr><td><strong>Năm học</strong></td><td>Số</td></tr></tbody></table>"
        )

    def test_keeps_of_another_editor_what_was_meant(self) -> None:
        assert cleaned(DOCS) == (
            "<p><strong>Đậm</strong> thường <em>nghiêng</em></p><ul><li>một</li></ul>"
        )

    @pytest.mark.parametrize("harm", HARM)
    def test_leaves_nothing_that_could_run(self, harm: str) -> None:
        for around in ("{}", "<p>trước {} sau</p>", "<ul><li>{}</ul>", "<table><tr><td>{}"):
            found = cleaned(around.replace("{}", harm))
            assert (
                re.search(r"<(?!/?(p|h2|h3|ul|ol|li|blockquote|a|strong|em|br|t\w+)\b)", found)
                is None
            )
            assert "<script" not in found
            assert re.search(r"(javascript|vbscript|data):", found) is None or "href" not in found

    @pytest.mark.parametrize("pasted", [WORD, DOCS, *HARM])
    def test_agrees_with_a_second_judge(self, pasted: str) -> None:
        found = cleaned(pasted)
        assert safehtml.judged(found).replace(f' rel="{safehtml._REL}"', "") == found

    def test_writes_letters_put_together(self) -> None:
        assert cleaned("<p>Tie\u0302\u0301ng Vie\u0323\u0302t</p>") == "<p>Tiếng Việt</p>"

    def test_drops_what_is_empty(self) -> None:
        empty = "<p>&nbsp;</p><p> <b> </b></p><p><br></p><h2></h2><ul><li></li></ul><p>\u200b</p>"
        assert cleaned(empty) == ""

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    *("<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<ol>", "<td>"),
                    *("<tr>", "<table>", "</table>", "<blockquote>", "</blockquote>", "<h2>"),
                    *("</h2>", "<br>", "<script>", "</script>", "<svg>", "chữ ", "**", "- x"),
                    *("| a |", "1. ", "\\", "<", "<a href='https://a.vn'>", "</a>", "> ", "["),
                    *("](x)", "*", "\n", "## ", "&lt;p>"),
                ]
            ),
            max_size=14,
        ).map("".join)
    )
    def test_is_clean_whatever_was_pasted(self, pasted: str) -> None:
        blocks = pasting.cleaned_paste(pasted)
        found = markup.to_html(blocks)
        assert safehtml.judged(found).replace(f' rel="{safehtml._REL}"', "") == found
        assert pasting.cleaned_paste(found) == blocks


class TestPlain:
    @pytest.mark.parametrize("pasted", [WORD, DOCS, "<p>1. không phải mục</p><p>- cũng không</p>"])
    def test_is_read_back_as_it_was(self, pasted: str) -> None:
        blocks = pasting.cleaned_paste(pasted)
        assert markup.from_plain(markup.to_plain(blocks)) == blocks

    def test_reads_what_people_type(self) -> None:
        typed = (
            "Mở đầu\ndòng hai\n\n## Phần\n- một\n- **hai**\n\n1) a\n2. b\n> lời\n\n"
            "|= Năm | Số |\n| 2020–2021 | 04 |\n\n[trang](https://a.vn) [xấu](javascript:x) 2*3=6"
        )
        blocks = markup.from_plain(typed)
        assert [block.kind for block in blocks] == [
            *(Kind.TEXT, Kind.TITLE, Kind.BULLET, Kind.BULLET, Kind.NUMBER, Kind.NUMBER),
            *(Kind.QUOTE, Kind.ROW, Kind.ROW, Kind.TEXT),
        ]
        assert '<a href="https://a.vn">trang</a> xấu' in markup.to_html(blocks)

    def test_keeps_signs_that_are_typed_as_signs(self) -> None:
        assert (
            markup.to_html(markup.from_plain(r"2 \* 3, \[a\] <b>")) == "<p>2 * 3, [a] &lt;b&gt;</p>"
        )
