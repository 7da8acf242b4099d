"""
Official papers out of data, as Word files an office can still edit.

What happens here:
    A paper is data (``papers``). It is written into a Word template (``templates_docx``) and comes
    out as the bytes of a .docx in the layout of Decree 30/2020, the same bytes for the same data.
    Minutes, resolutions and lists of a body of the Party or the Union (``body_papers``) come out in
    the layouts of those. Any .docx can be read back and compared with its layout.

Who comes:
    The school that reports before 10 June, the officer who consolidates for the province, the
    clerk (văn thư) who edits a template in Word or asks why a paper was not accepted.

Its words:
    paper (văn bản), letterhead (phần đầu văn bản), subject (trích yếu), recipients (Nơi nhận),
    signing (phần ký), appendix (phụ lục), finding (điểm chưa đúng thể thức).

Its actions:
    ``render.school_report``, ``render.consolidated_report``: data in, .docx out.
    ``body_render.body_paper``: minutes, a resolution, a list: data in, .docx out.
    ``layout.check``, ``body_layout.check``: .docx in, findings out.
    ``build_templates.write_all``: makes the Word templates again from their description.

This room has no table and asks no clock. Reports name no pupil; the papers of a body name those it
decided about.
"""
