"""Erase who stopped and words of voices once their last day has come; run it every day."""

from __future__ import annotations

import argparse

from django.utils.module_loading import import_string

from donghanh.config import answering, running
from donghanh.lib import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(given: argparse.Namespace) -> int:
    """Do it as a job, and return the exit code; run again it goes on where it was stopped."""
    with running.database():
        running.as_job()
        purge = import_string("donghanh.ownfile.actions.purge")
        settle = import_string("donghanh.voices.actions.settle")
        done = {"erased": purge(at=clock.now(), today=clock.today())}
        forget = import_string("donghanh.voices.actions.forget")
        done["voices_laid_anew"] = settle(today=clock.today())
        done["voices_forgotten"] = forget(at=clock.now(), today=clock.today())
        print(answering.written(done))
    return 0
