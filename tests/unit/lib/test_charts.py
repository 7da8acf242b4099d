"""Charts: how long each bar is, what stands at its end, and what Word keeps of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import docx
import pytest
from django.test import RequestFactory
from django_cotton import render_component
from hypothesis import given
from hypothesis import strategies as st

from donghanh.documents import render
from donghanh.lib import charts, wordcharts
from donghanh.lib.charts import Chart, Form, Series
from donghanh.web import drawn
from tests.unit.documents import samples

COUNTS = st.one_of(st.none(), st.integers(0, 5000))


def length(text: str) -> Fraction:
    return Fraction(text.removesuffix("%"))


@st.composite
def drawings(draw: st.DrawFn) -> Chart:
    """Draw a chart of any form, with as many labels and series as may come."""
    form = draw(st.sampled_from(list(Form)))
    number = {Form.FUNNEL: 1, Form.MARKED: 2}.get(form, draw(st.integers(1, 5)))
    labels = draw(st.lists(st.sampled_from(("Đắk Song", "<b>", "A & B")), min_size=1, max_size=12))
    series = tuple(
        Series(f"s{place}", tuple(draw(COUNTS) for _ in labels)) for place in range(number)
    )
    return Chart("k", "Tên", "Lời", form, "Đơn vị", tuple(labels), series)


def page(chart: Chart) -> str:
    return str(render_component(RequestFactory().get("/"), "chart", {"chart": chart}))


def of_units(names: tuple[str, ...], form: Form = Form.MARKED) -> Chart:
    values = tuple(place % 5 for place in range(len(names)))
    series = (Series("Kết quả", values), Series("Chỉ tiêu", values[::-1]))
    return Chart("k", "Kết quả", "Lời", form, "Đơn vị", names, series)


class TestBars:
    @given(drawings())
    def test_stay_inside_and_grow_with_the_count(self, chart: Chart) -> None:
        for row in chart.rows:
            for bar in row.bars:
                ends = [length(part.at) + length(part.width) for part in bar.parts]
                assert all(0 <= end <= Fraction(1001, 10) for end in ends)
        if chart.form is Form.FUNNEL:
            counts = [value or 0 for value in chart.series[0].values]
            widths = [length(row.bars[0].parts[0].width) for row in chart.rows]
            for (one, wide), (other, narrow) in zip(
                zip(counts, widths, strict=True),
                zip(counts[1:], widths[1:], strict=False),
                strict=False,
            ):
                assert one == other or (one > other) == (wide > narrow) or abs(one - other) < 2

    @given(drawings())
    def test_say_the_same_as_the_table_behind_them(self, chart: Chart) -> None:
        told = [values for _label, values in chart.table]
        counted = [
            [charts.number(one.values[at]) for one in chart.series] for at in range(len(told))
        ]
        assert [list(values) for values in told] == counted

    def test_put_the_mark_where_the_target_stands(self) -> None:
        chart = Chart(
            *("k", "T", "L", Form.MARKED, "Đ", ("A", "B")),
            (Series("Kết quả", (1, 4)), Series("Chỉ tiêu", (2, None))),
        )
        first, second = (row.bars[0] for row in chart.rows)
        assert (first.parts[0].width, first.mark, first.text) == ("25%", "50%", "1/2")
        assert (second.parts[0].width, second.mark, second.text) == ("100%", "", "4/–")

    def test_refuse_a_series_of_another_length(self) -> None:
        with pytest.raises(ValueError, match="as long as"):
            of_units(("A",)).__class__(
                *("k", "T", "L", Form.FUNNEL, "Đ", ("A",)), (Series("s", (1, 2)),)
            )


class TestOnAPage:
    @pytest.mark.parametrize(
        "names",
        [("A",), tuple(f"Trường {at}" for at in range(60)), ("Trường " + "rất dài " * 14,)],
        ids=["one", "sixty", "long"],
    )
    def test_shows_every_unit_twice_in_bars_and_table(self, names: tuple[str, ...]) -> None:
        html = page(of_units(names))
        for name in names:
            assert html.count(f">{name}<") == 2
        assert html.count("<title>") == len(names)
        assert " style=" not in html

    def test_escapes_every_label(self) -> None:
        evil = "<script>x()</script>"
        chart = replace(
            of_units((evil,)),
            title=evil,
            desc=evil,
            head=evil,
            series=(Series(evil, (1,)), Series(evil, (2,))),
        )
        html = page(chart)
        assert "<script" not in html
        assert html.count("&lt;script&gt;") >= 8

    def test_tells_series_apart_without_colour(self) -> None:
        (chart,) = [one for one in drawn.CHARTS if one.form is Form.STACKED]
        html = page(chart)
        for fill in ("currentColor", "url(#mau-dung-han-hatch)", "url(#mau-dung-han-dots)"):
            assert f'fill="{fill}"' in html


class TestInWord:
    @pytest.mark.parametrize("chart", drawn.CHARTS, ids=lambda chart: chart.form.value)
    def test_keeps_a_chart_with_its_numbers_and_its_alternative_text(self, chart: Chart) -> None:
        document = docx.Document()
        wordcharts.draw(document, document.add_paragraph(), chart, 1)
        file = io.BytesIO()
        document.save(file)
        with zipfile.ZipFile(io.BytesIO(file.getvalue())) as made:
            xml = made.read("word/charts/chart1.xml").decode()
            assert zipfile.ZipFile(io.BytesIO(made.read("word/embeddings/bieu-do-1.xlsx")))
            assert chart.title in made.read("word/document.xml").decode()
        for value in (one for series in chart.series for one in series.values if one is not None):
            assert f"<c:v>{value}</c:v>" in xml
        assert 'r:id="rId1"' in xml

    def test_parts_a_long_chart_and_loses_no_unit(self) -> None:
        names = tuple(f"Trường {at}" for at in range(60))
        parts = wordcharts.pieces(of_units(names))
        assert [len(part.labels) for part in parts] == [24, 24, 12]
        assert tuple(name for part in parts for name in part.labels) == names

    def test_gives_equal_papers_equal_bytes(self) -> None:
        paper = samples.consolidated(charts=drawn.CHARTS)
        assert render.consolidated_report(paper) == render.consolidated_report(paper)

    def test_adds_nothing_to_a_paper_without_charts(self) -> None:
        made = zipfile.ZipFile(io.BytesIO(render.consolidated_report(samples.consolidated())))
        assert not [name for name in made.namelist() if "chart" in name]
