"""
Let schools send their reports on the last day, and say how long each page took.

``python -m benchmarks.tenth_of_june --sends 600 --seconds 300`` fills 3,000 schools, asks all of
them for a report, starts the product's own web server with two workers, and lets so many schools
send within so many seconds, evenly, through the pages: the report, the last question, the
sending. It prints the median, the 95th of a hundred and the longest of each, and ends with 1 when
a page failed or the 95th of a hundred took more than a second. In an hour, 3,000 are 0.83 a
second.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks import world

#: Ids of the secretaries, beyond those of pupils.
SECRETARY = 5_000_000
PATIENCE = 30.0
#: What the 95th of a hundred may take, in seconds.
MOST = 1.0
CSRF = "a" * 32
#: What is filled beside the world.
_TABLES = (
    *("accounts_user", "organisation_post", "directives_directive", "directives_recipient"),
    *("directives_task", "reports_report"),
)
_HIDDEN = re.compile(rb'name="(seen|figures)" value="([^"]*)"|value="([^"]*)"[^>]*name="(seen)"')


@dataclass(slots=True)
class Taken:
    """How long pages took, in seconds, by what they are; and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, what: str, seconds: float) -> None:
        """Keep one page."""
        self.seconds.setdefault(what, []).append(seconds)


def main() -> int:
    """Fill, serve, send, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.tenth_of_june", description=__doc__)
    parser.add_argument("--sends", type=int, default=600)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--port", type=int, default=8610)
    scale = world.scale_of(parser, world.Scale(cases=60_000))
    given = parser.parse_args()
    world.start()
    from django.db import connection

    with world.filled(scale) as took:
        reports = asked(scale.schools, min(given.sends, scale.schools))
        say(f"world     {scale.schools} schools, {scale.cases} cases, filled in {took:.1f} s")
        with served(given.port, str(connection.settings_dict["NAME"])):
            taken = sent(given.port, reports, given.seconds)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT sha256) FROM reports_seal")
            sealed, different = cursor.fetchone()
    say(f"sent      {len(reports)} in {given.seconds} s; sealed {sealed}, {different} different")
    return told(taken, complete=sealed == len(reports) == different)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def told(taken: Taken, *, complete: bool) -> int:
    """Print what was measured, and return the exit code."""
    slow = False
    for what, seconds in taken.seconds.items():
        cut = statistics.quantiles(seconds, n=100)[94] if len(seconds) > 1 else seconds[0]
        slow = slow or cut > MOST
        say(
            f"{what:9} median {statistics.median(seconds):.3f} s, p95 {cut:.3f} s,"
            f" longest {max(seconds):.3f} s, {len(seconds)} pages"
        )
    for line in taken.wrong[:10]:
        say(f"wrong     {line}")
    return 1 if slow or taken.wrong or not complete else 0


def asked(schools: int, sends: int) -> list[tuple[int, str]]:
    """Ask every school for a report; give those that will be sent, each with its session."""
    from django.db import connection

    # Nobody acts here, and history would refuse it; the filled world is the owner's.
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    tasks = _tasks(schools)
    made = _reports(tasks)
    step = max(1, schools // sends)
    chosen = made[::step][:sends]
    sessions = [(report, session_of(SECRETARY + n)) for n, report in chosen]
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
    return sessions


def _year() -> tuple[str, date]:
    from donghanh.domain.calendar import SchoolYear
    from donghanh.lib import clock

    today = clock.today()
    return SchoolYear.of(today).key, today


def _tasks(schools: int) -> list[tuple[int, Any]]:
    """Make a secretary for every school and a letter of each department, and return the tasks."""
    from donghanh.accounts.models import User
    from donghanh.directives.models import Directive, Recipient, Task
    from donghanh.lib import clock
    from donghanh.organisation.models import Post

    year, today = _year()
    numbers, now = range(1, schools + 1), clock.now()
    User.objects.bulk_create(
        User(id=SECRETARY + n, username=f"bithu{n}", name=f"Bí thư {n}", simulated=True)
        for n in numbers
    )
    Post.objects.bulk_create(
        Post(
            user_id=SECRETARY + n,
            unit_id=world.CELL + n,
            role="secretary",
            title="Bí thư chi bộ",
            in_force=(date(2016, 7, 1), None),
        )
        for n in numbers
    )
    letter = Directive.objects.create(
        issuer_id=1,
        file_name="thu.txt",
        original="Thư",
        original_digest="0" * 64,
        reading={},
        confirmed={"subject": "báo cáo năm học"},
        status="issued",
        school_year=year,
        kept_by_id=SECRETARY + 1,
        kept_at=now,
        issued_at=now,
        issued_date=today,
        simulated=True,
    )
    received = Recipient.objects.bulk_create(
        Recipient(directive=letter, unit_id=world.SCHOOL + n, sent_at=now) for n in numbers
    )
    tasks = Task.objects.bulk_create(
        Task(
            recipient=one,
            position=1,
            text="Báo cáo",
            kind="report",
            school_year=year,
            due_date=today + timedelta(days=1),
            last_date=today,
        )
        for one in received
    )
    return list(zip(numbers, tasks, strict=True))


def _reports(tasks: list[tuple[int, Any]]) -> list[tuple[int, int]]:
    """Begin the report of every task; give the school's number and the report's."""
    from donghanh.reports import texts
    from donghanh.reports.models import Report

    year, today = _year()
    words = dict.fromkeys(texts.PARTS, "Đã triển khai theo kế hoạch của nhà trường.")
    made = Report.objects.bulk_create(
        Report(
            task=task,
            school_id=world.SCHOOL + n,
            department_id=1,
            school_year=year,
            cutoff_date=today,
            parts=words,
            simulated=True,
        )
        for n, task in tasks
    )
    return [(n, report.pk) for (n, _), report in zip(tasks, made, strict=True)]


def session_of(user_id: int) -> str:
    """Sign somebody in, and return the key of the session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from donghanh.accounts.models import User
    from donghanh.organisation.doors import SECOND_FACTOR

    user = User.objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SECOND_FACTOR] = user_id
    session.save()
    return str(session.session_key)


@contextmanager
def served(port: int, name: str) -> Iterator[None]:
    """Serve the filled database with two workers, as the pages' own role."""
    from psycopg import conninfo

    from donghanh.config import connection as way
    from donghanh.config import pages, places

    file = places.var() / way.WEB_FILE
    web = json.loads(file.read_text(encoding="utf-8"))
    owner = json.loads((places.var() / way.FILE).read_text(encoding="utf-8"))
    os.environ["DATABASE_URL"] = conninfo.make_conninfo("", **(owner | {"dbname": name}))
    os.environ["DATABASE_WEB_URL"] = conninfo.make_conninfo("", **(web | {"dbname": name}))
    os.environ["DONGHANH_HTTPS"] = "0"
    pages.make_way(port)
    with pages.served(port, workers=2):
        yield


def sent(port: int, reports: list[tuple[int, str]], seconds: int) -> Taken:
    """Let each school send at its own moment, evenly over the seconds."""
    taken, threads = Taken(), []
    begun = time.monotonic()
    for place, (report, session) in enumerate(reports):
        wait = begun + place * seconds / len(reports) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        thread = threading.Thread(target=_send, args=(port, report, session, taken))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return taken


def _send(port: int, report: int, session: str, taken: Taken) -> None:
    """Look at the report, at the last question, and send."""
    try:
        page(port, session, "report", f"/bao-cao/{report}/", taken)
        asked_once = page(port, session, "confirm", f"/bao-cao/{report}/gui/", taken)
        hidden: dict[str, str] = {}
        for match in _HIDDEN.finditer(asked_once):
            name, value = (match[1], match[2]) if match[1] else (match[4], match[3])
            hidden[name.decode()] = value.decode()
        page(port, session, "send", f"/bao-cao/{report}/gui/", taken, hidden)
    except (OSError, http.client.HTTPException, ValueError) as error:
        taken.wrong.append(f"report {report}: {error!r}")


def page(
    port: int,
    session: str,
    what: str,
    path: str,
    taken: Taken,
    form: Mapping[str, str] | None = None,
) -> bytes:
    """Ask for one page and keep how long it took; of a form that was kept, the way it leads."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    heads = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"}
    body = None
    if form is not None:
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": CSRF})
        heads["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    door.request("GET" if form is None else "POST", path, body, heads)
    answer = door.getresponse()
    data = answer.read()
    taken.add(what, time.perf_counter() - began)
    door.close()
    if answer.status != (200 if form is None else 302):
        msg = f"{what} answered {answer.status}"
        raise ValueError(msg)
    return data


if __name__ == "__main__":
    sys.exit(main())
