"""The sentence a clerk reads for each finding of the layout check."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: One sentence per code of ``findings.Finding``.
FINDINGS: dict[str, str | Promise] = {
    "page.not_a4": _("The paper size is not A4."),
    "page.margin": _("A margin is outside the allowed width."),
    "page.number_missing": _("The pages are not numbered at the top."),
    "page.number_style": _("The page number must be centred, upright, 13 to 14 points."),
    "page.number_on_first": _("The first page must not show its number."),
    "head.missing": _("The letterhead (issuing office and national title) is missing."),
    "head.superior": _("The superior office must be in capitals, not bold, centred."),
    "head.issuer": _("The issuing office must be in bold capitals, centred."),
    "head.issuer_rule": _("A line of one third to one half must stand under the issuing office."),
    "head.state_title": _("The national title is missing, misspelt or in the wrong type."),
    "head.motto": _("The national motto is missing, misspelt or in the wrong type."),
    "head.motto_rule": _("A line as long as the text must stand under the national motto."),
    "head.number": _("The number and symbol of the paper are not written correctly."),
    "head.number_blank": _("The number of the paper is still blank."),
    "head.number_style": _("The number of the paper must be upright, 13 points."),
    "head.day": _("The place and day of issue are not written correctly."),
    "head.day_blank": _("The day of issue is still blank."),
    "head.day_style": _("The place and day of issue must be in italics, 13 to 14 points."),
    "head.star": _("One star (Party) or three (Union) must stand under the issuing body."),
    "head.house": _("The name of the Party or the Union at the right is missing or in wrong type."),
    "head.house_rule": _("A line must stand under the name of the Party or the Union."),
    "title.missing": _("The kind of paper and its subject are missing."),
    "title.kind": _("The kind of paper must be in bold capitals, centred."),
    "title.subject": _("The subject must be bold and centred."),
    "title.rule": _("A line of one third to one half must stand under the subject."),
    "title.dashes": _("Five dashes must stand under the subject of a paper of the Party."),
    "body.size": _("The text must be set in 13 to 14 points."),
    "body.alignment": _("The text must be justified."),
    "body.first_line": _("The first line must be indented by 1 to 1.27 cm."),
    "body.spacing": _("The space between paragraphs or lines is outside the allowed range."),
    "body.end": _("The text must end with “./.”."),
    "foot.missing": _("The list of recipients and the signature are missing."),
    "foot.recipients_title": _("The title of the recipients must be bold italic, 12 points."),
    "foot.recipient": _("A line of the recipients is not written correctly."),
    "foot.archive_copy": _("The last recipient must be the archive copy."),
    "foot.signing": _("The title or the name of the person who signs is missing."),
    "foot.sign_title": _("The title of the person who signs must be in bold capitals."),
    "foot.mark": _(
        "The mark before the office signed for is wrong: T/M with a stroke in the Party, TM. with "
        "a full stop in the Union."
    ),
    "foot.sign_name": _("The name of the person who signs must be bold, 13 to 14 points."),
    "table.widths": _("The widths of a table's columns and cells disagree."),
    "table.head_not_repeated": _("The first row of a table is not repeated on each page."),
    "table.row_splits": _("A row of a table may be split over two pages."),
    "table.column_narrow": _("A column is too narrow for a word or a day in it."),
    "type.font": _("The type must be Times New Roman."),
    "type.colour": _("The text must be black."),
}
