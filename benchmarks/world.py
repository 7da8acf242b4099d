"""
Make a big world in a database of its own: provinces, schools, and cases over ten school years.

``python benchmarks/world.py --cases 1000000`` makes the database, fills it with plain SQL, prints
how long that took and how much stands there, and drops it. Nobody in it exists; every row that can
say so is marked as simulated. ``filled`` is what other measurements stand on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django
from psycopg import errors

FIRST_DAY = "2016-07-01"
#: Seats of ids: departments from 1, then what stands above cells, then schools, cells, Unions.
UPPER, BASE, PROVINCE_UNION, SCHOOL = 1_000, 2_000, 6_000, 10_000
CELL, SCHOOL_UNION = 20_000, 30_000
#: Nearly every road stops early; the last steps are those of few.
ROAD: tuple[str, ...] = (
    *("sourced", "introduced", "listed", "sent_to_class", "trained", "allowed", "applied"),
    *("verified", "vouched", "cell_voted", "base_voted", "decided", "admitted", "recognised"),
)
#: Words of names without marks, so that a name is its own key for searching.
FAMILIES = "nguyen tran le pham hoang vu dang bui do ho ngo duong ly phan vo"
MIDDLES = "thi van duc ngoc thanh minh quoc thu hong kim xuan huu gia bao khanh"
GIVENS = (
    "anh an binh chi dao dung giang ha hai hoa hung huong khoa lan linh long mai nam nga ngan"
    " nhung phuc phuong quan quynh son tam thao trang tuan tuyet uyen viet vy yen cuong dat duy"
    " hieu khang"
)
#: How often the days and lengths of roads repeat, by the number of a case.
PERIOD = 3_600
TABLES = (
    *("people_person", "people_nameword", "people_consent", "dossiers_dossier", "dossiers_act"),
)
#: What is filled beside them; history would refuse it, for nobody acts here.
_UNITS_AND_ACCOUNTS = (
    *("organisation_unit", "organisation_unitversion", "organisation_link"),
    *("accounts_user", "people_invitation", "people_enrolment"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """
    How big the world is.

    ``acts`` is how many acts a case has at most; ``persons`` are at least as many as ``cases``, and
    those beyond agreed and have none. ``kept`` is the name under which the world stays for the next
    measurement.
    """

    provinces: int = 34
    schools: int = 3_000
    cases: int = 1_000_000
    acts: int = 14
    persons: int = 0
    kept: str = ""

    @property
    def people(self) -> int:
        """Return how many persons there are."""
        return max(self.persons, self.cases)


#: Units of one kind: ids from a seat on, one for each number; %% stands before what SQL formats.
_UNITS = """
INSERT INTO organisation_unit (id, code, simulated)
SELECT {seat} + n, '{code}-' || n, true FROM generate_series(1, {count}) AS n;
INSERT INTO organisation_unitversion
       (unit_id, kind, name, short_name, place, superior, symbol, party_code, old_place, in_force)
SELECT {seat} + n, '{kind}', '{name} ' || n || ' (mô phỏng)', '{name} ' || n,
       'Tỉnh ' || 1 + (n - 1) % {provinces}, '', '', '', '', daterange('{first}', NULL)
  FROM generate_series(1, {count}) AS n;
"""

_LINKS = """
INSERT INTO organisation_link (child_id, parent_id, line, in_force)
SELECT {child} + n, {parent}, '{line}', daterange('{first}', NULL)
  FROM generate_series(1, {count}) AS n;
"""

_PEOPLE = """
INSERT INTO accounts_user (id, password, username, name, label, is_active, simulated)
SELECT n, '', 'pupil' || n, 'Học sinh ' || n, '', true, true FROM generate_series(1, {people}) AS n;
INSERT INTO people_invitation
       (id, school_id, class_name, invited_name, code_digest, invited_by_id, invited_at,
        expires_date, answered_at)
SELECT n, {school} + 1 + n % {schools}, '11A' || 1 + n % 9, '', md5(n::text), 1,
       {opened}, ({opened})::date + 14, {opened}
  FROM generate_series(1, {people}) AS n;
INSERT INTO people_person
       (id, user_id, invitation_id, full_name, search_key, sort_key, birth_date, school_id,
        class_name, union_member, lower_secondary, simulated)
SELECT n, n, n, concat_ws(' ', family, middle, given), concat_ws(' ', family, middle, given),
       concat_ws('!', given, family, middle),
       ({opened})::date - 6205, {school} + 1 + n % {schools}, '11A' || 1 + n % 9, true, true, true
  FROM generate_series(1, {people}) AS n
 CROSS JOIN LATERAL (
    -- Scattered by a hash; the square lets a few families be as frequent as they are.
    SELECT ({families})[1 + floor(15 * power((hashint8(n) & 1048575) / 1048576.0, 2))::int],
           ({middles})[1 + (hashint8(n + 1000000000) & 1048575) % 15],
           ({givens})[1 + (hashint8(n + 2000000000) & 1048575) % 40]
    ) AS name(family, middle, given);
INSERT INTO people_enrolment
       (person_id, school_id, school_year, class_name, ended, since_date, written_at, written_by_id)
SELECT n, {school} + 1 + n % {schools}, year.first || '-' || year.first + 1, '11A' || 1 + n % 9, '',
       ({opened})::date, {opened}, n
  FROM generate_series(1, {people}) AS n
 CROSS JOIN LATERAL (
    SELECT date_part('year', ({opened})::date)::int
           - (date_part('month', ({opened})::date) < 8)::int) AS year(first);
INSERT INTO people_consent (person_id, purpose, wording, given_at, given_date)
SELECT n, purpose, '1', {opened}, ({opened})::date
  FROM generate_series(1, {people}) AS n, unnest(ARRAY['road', 'forward', 'figures']) AS purpose;
"""

_CASES = """
INSERT INTO dossiers_dossier
       (id, person_id, school_id, opened_date, base_committee, sub_committee, delegated,
        by_members, standards, scopes, acts_recorded, place, moves, gone, handing_over,
        simulated)
SELECT n, n, {school} + 1 + n % {schools}, ({opened})::date, true, false, false, false, '{{}}',
       '["central"]', {far}, '{{}}', '[]', false, false, true
  FROM generate_series(1, {cases}) AS n;
INSERT INTO dossiers_act
       (dossier_id, number, step, on_date, form, paper_number, excluded_by, passed, governed_by,
        judged_by, edition, about, reason, recorded_at, recorded_by_id)
SELECT n, step.at, step.name, ({opened})::date + 30 * step.at::int, '', '', '{{}}', true, '', '[]',
       0, '', '', {opened} + step.at * interval '30 days', 1
  FROM generate_series(1, {cases}) AS n
  JOIN unnest(ARRAY{road}) WITH ORDINALITY AS step(name, at) ON step.at <= {far};
"""
#: The day a case was opened: ten school years, spread evenly by its number.
_OPENED = "timestamptz '2016-09-05 08:00+07' + (n %% 3600) * interval '1 day'".replace("%%", "%")
#: How many acts a case has: half of them few, one in eight all.
_FAR = "least({acts}, CASE WHEN n % 8 = 0 THEN 14 WHEN n % 2 = 0 THEN 6 + n % 5 ELSE 2 + n % 3 END)"


def statements(scale: Scale) -> Iterator[str]:
    """Return the SQL that fills an empty database, table after table."""
    provinces, schools = scale.provinces, scale.schools
    common = {"first": FIRST_DAY, "provinces": provinces}
    for seat, code, kind, name, count in (
        (0, "so", "department", "Sở Giáo dục và Đào tạo", provinces),
        (UPPER, "tren", "upper_committee", "Đảng ủy cấp trên", provinces),
        (BASE, "co-so", "base_committee", "Đảng ủy cơ sở", provinces),
        (PROVINCE_UNION, "doan", "upper_union", "Tỉnh Đoàn", provinces),
        (SCHOOL, "truong", "school", "Trường THPT", schools),
        (CELL, "chi-bo", "cell", "Chi bộ Trường THPT", schools),
        (SCHOOL_UNION, "doan-truong", "school_union", "Đoàn Trường THPT", schools),
    ):
        yield _UNITS.format(seat=seat, code=code, kind=kind, name=name, count=count, **common)
    place = f"1 + (n - 1) % {provinces}"
    for child, parent, line, count in (
        (BASE, f"{UPPER} + n", "party", provinces),
        (SCHOOL, place, "education", schools),
        (CELL, f"{BASE} + {place}", "party", schools),
        (CELL, f"{SCHOOL} + n", "host", schools),
        (CELL, f"{UPPER} + {place}", "competent", schools),
        (SCHOOL_UNION, f"{PROVINCE_UNION} + {place}", "union", schools),
        (SCHOOL_UNION, f"{SCHOOL} + n", "host", schools),
    ):
        yield _LINKS.format(child=child, parent=parent, line=line, count=count, **common)
    cases: dict[str, object] = {"cases": scale.cases, "people": scale.people}
    cases |= {"schools": schools, "school": SCHOOL, "opened": _OPENED}
    cases |= {"families": _words(FAMILIES), "middles": _words(MIDDLES), "givens": _words(GIVENS)}
    yield _PEOPLE.format(**cases)
    yield _CASES.format(road=list(ROAD), far=_FAR.format(acts=scale.acts), **cases)
    yield "SELECT wall_mark_all()"


#: What a replay says of one road of each kind is what it says of all of them.
_TOLD = """
CREATE TEMP TABLE told AS SELECT * FROM jsonb_populate_recordset(NULL::dossiers_standing, %s)
"""
_STANDINGS = """
INSERT INTO dossiers_standing (id, school_id, agreed, listed, simulated, sort_key, search_key,
    class_name, {columns})
SELECT dossier.id, dossier.school_id, dossier.agreed, dossier.listed, dossier.simulated,
       person.sort_key, person.search_key, person.class_name, {told}
  FROM dossiers_dossier AS dossier
  JOIN people_person AS person ON person.id = dossier.person_id
  JOIN told ON told.id = dossier.id % {period};
DROP TABLE told;
SELECT name_all()
"""


def kinds(today: date, most: int) -> list[dict[str, Any]]:
    """Return where a case of each kind stands on a day, by a replay of its acts."""
    from donghanh.domain import rules
    from donghanh.domain.acts import Act, Case, Step
    from donghanh.domain.replaying import replay
    from donghanh.dossiers.models import Dossier
    from donghanh.dossiers.queries import Walk, standings

    book, found = rules.load(), []
    for n in range(PERIOD):
        opened = date(2016, 9, 5) + timedelta(n)
        far = 14 if n % 8 == 0 else 6 + n % 5 if n % 2 == 0 else 2 + n % 3
        acts = [
            Act(place, Step(name), opened + timedelta(30 * place), edition=0)
            for place, name in enumerate(ROAD[: min(far, most)], start=1)
        ]
        born = opened - timedelta(6205)
        case = Case(born=born, consented_on=opened, union_member=True, lower_secondary=True)
        kept = Dossier(pk=n, school_id=0, opened_date=opened)
        row = standings.row(Walk(kept, replay(acts, case, book, today), book, today))
        found.append({"id": n} | {name: getattr(row, name) for name in standings.TOLD})
    return found


def fill_standings(cursor: Any, today: date, most: int) -> None:
    """Tell at once where every case stands on a day."""
    from django.core.serializers.json import DjangoJSONEncoder

    from donghanh.dossiers.queries import standings

    cursor.execute(_TOLD, [json.dumps(kinds(today, most), cls=DjangoJSONEncoder)])
    columns = ", ".join(standings.TOLD)
    told = ", ".join(f"told.{name}" for name in standings.TOLD)
    cursor.execute(_STANDINGS.format(columns=columns, told=told, period=PERIOD))


def _words(words: str) -> str:
    return f"ARRAY{words.split()}"


@contextmanager
def filled(scale: Scale) -> Iterator[float]:
    """
    Let everything inside work on a filled database; give the seconds that filling took.

    A world that was kept is taken as it stands.
    """
    from django.db import connection

    from donghanh.config import running
    from donghanh.demonstration import scratch
    from donghanh.dossiers.queries import standings  # noqa: F401 - read before hours go by
    from donghanh.lib import clock

    with running.database(), scratch.database(scale.kept):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            # As the owner, who may switch triggers off, and who says that it wants every row.
            cursor.execute("SET ROLE NONE")
            cursor.execute("SELECT set_config('wall.whole', 'yes', false)")
            if _stands(cursor, scale):
                yield 0.0
                return
            whole = _without_triggers(cursor)
            for statement in statements(scale):
                cursor.execute(statement)
            fill_standings(cursor, clock.today(), scale.acts)
            _with_triggers(cursor, whole=whole)
            for table in ("organisation_unit", "accounts_user", "people_invitation", *TABLES):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608 - ours
                    f"(SELECT coalesce(max(id), 1) FROM {table}))"
                )
            cursor.execute("VACUUM ANALYZE")
        yield time.perf_counter() - began


def _stands(cursor: Any, scale: Scale) -> bool:
    """Return whether the world was filled before; refuse one of another size."""
    cursor.execute("SELECT (SELECT count(*) FROM people_person), count(*) FROM dossiers_standing")
    people, cases = cursor.fetchone()
    if not people:
        return False
    if cases != scale.cases or people < scale.people:
        raise SystemExit(f"{scale.kept} keeps {people} persons, {cases} cases: another name")
    return True


def _without_triggers(cursor: object) -> bool:
    """Let rows in unchecked: for the whole session where the role may, else table by table."""
    run = cursor.execute  # type: ignore[attr-defined]
    try:
        run("SET session_replication_role = replica")
    except Exception as error:
        if not isinstance(error.__cause__, errors.InsufficientPrivilege):
            raise
        for table in (*TABLES, "dossiers_standing", *_UNITS_AND_ACCOUNTS):
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return False
    return True


def _with_triggers(cursor: object, *, whole: bool) -> None:
    run = cursor.execute  # type: ignore[attr-defined]
    if whole:
        run("RESET session_replication_role")
        return
    for table in (*TABLES, "dossiers_standing", *_UNITS_AND_ACCOUNTS):
        run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def start() -> None:
    """Make the project ready, with its database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.config.settings")
    django.setup()


def scale_of(parser: argparse.ArgumentParser, usual: Scale = Scale()) -> Scale:
    """Return the scale that the command line asks for; what it does not say is as usual."""
    for name in ("provinces", "schools", "cases", "acts", "persons"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    parser.add_argument("--kept", default="", help="name under which the world stays")
    given = parser.parse_args()
    return Scale(given.provinces, given.schools, given.cases, given.acts, given.persons, given.kept)


def main() -> int:
    """Fill a database and print how long it took and what stands there."""
    scale = scale_of(argparse.ArgumentParser(description=__doc__))
    start()
    from django.db import connection

    with filled(scale) as seconds, connection.cursor() as cursor:
        for table in ("organisation_unit", "organisation_link", *TABLES, "dossiers_standing"):
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - ours
            sys.stdout.write(f"{table:24}{cursor.fetchone()[0]:>12}\n")
        sys.stdout.write(f"filled in {seconds:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
