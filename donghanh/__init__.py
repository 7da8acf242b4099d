"""Đồng Hành: the year between a department's letter and its report, walked together."""
