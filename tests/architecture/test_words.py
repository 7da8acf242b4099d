"""The page of settings stays true, and nothing of one machine is kept."""

from __future__ import annotations

import ast
import re

from tests.architecture import ours

_READERS = {"day", "flag", "number", "count", "text", "names", "secret"}
_PAGE = ours.ROOT / "docs" / "reference" / "settings.md"

# Put together here, so that this file does not hold what it looks for.
_HOSTS = re.compile(
    "|".join(
        ("python" + r"hosted", "py" + r"pi\.org", "registry" + r"\.npmjs", r"deb\." + "debian")
    )
)
_PLACES = re.compile(
    "|".join(
        f"(?<![\\w.])/{name}/[A-Za-z]"
        for name in ("wo" + "rk", "ho" + "me", "ro" + "ot", "tm" + "p")
    )
)


def _variables_read() -> set[str]:
    found = set()
    for path in ours.python():
        for node in ast.walk(ours.tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner, first = node.func.value, node.args[0] if node.args else None
            if (
                isinstance(owner, ast.Name)
                and owner.id == "env"
                and node.func.attr in _READERS
                and isinstance(first, ast.Constant)
            ):
                found.add(str(first.value))
    return found


class TestSettings:
    def test_are_all_on_the_page_and_the_page_names_no_others(self) -> None:
        documented = set(re.findall(r"^\| `([A-Z_]+)`", _PAGE.read_text(encoding="utf-8"), re.M))
        assert documented == _variables_read()

    def test_are_read_through_the_typed_readers_only(self) -> None:
        allowed = {"donghanh/config/env.py"}
        direct = [
            f"{path.relative_to(ours.ROOT)}:{number}"
            for path in ours.python()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if re.search(r"os\.getenv|environ\.get\(\"(DONGHANH|DATABASE)", line)
        ]
        assert [each for each in direct if each.split(":")[0] not in allowed] == []


class TestScreens:
    def test_address_nobody_as_a_comrade(self) -> None:
        # Papers do; what stands on a screen is in the catalogue.
        catalogue = ours.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
        said = catalogue.read_text(encoding="utf-8").casefold()
        assert re.findall(r".*đồng chí.*", said) == []


class TestKeptFiles:
    def test_name_no_host_of_a_registry_and_no_place_on_one_machine(self) -> None:
        found = []
        for path in ours.kept():
            name = str(path.relative_to(ours.ROOT))
            if "vendor" in path.parts:
                continue
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except UnicodeDecodeError:
                continue
            found += [
                f"{name}:{number}: {line.strip()[:80]}"
                for number, line in enumerate(lines, 1)
                if _HOSTS.search(line) or _PLACES.search(line)
            ]
        assert found == []
