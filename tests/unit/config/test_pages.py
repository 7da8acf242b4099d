"""How the web server is started, and what its processes are told."""

from __future__ import annotations

import inspect

import pytest
from django.conf import settings

from donghanh.config import pages
from donghanh.config.commands import serve


class TestCommand:
    def test_starts_one_process_unless_told_otherwise(self) -> None:
        started = pages.command(8000)
        assert started[started.index("--workers") + 1] == "1"
        assert "pages.served(port)" in inspect.getsource(serve)

    def test_tells_each_of_several_how_many_they_are(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert pages.environment(3)["DONGHANH_WEB_PROCESSES"] == "3"
        monkeypatch.setattr(settings, "WEB_PROCESSES", 6)  # three here, three on another machine
        assert pages.environment(3)["DONGHANH_WEB_PROCESSES"] == "6"
