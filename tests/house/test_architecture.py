"""The drawing, the tables and the sketches of `docs/architecture.md` say what the code is."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.support.tree import PACKAGES, ROOT

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
PARTS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
TABLES = {part.split("\n", 1)[0]: part for part in PARTS if part.startswith(PACKAGES)}
CODE = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for p in PACKAGES
    for path in (ROOT / p).rglob("*.py")
}
NAMES = {name for text in CODE.values() for name in re.findall(r"\w+", text)}

ROWS = [
    (package, row)
    for package, part in TABLES.items()
    for row in re.findall(r"^\| `.*\|$", part, re.MULTILINE)
]
MODULES = sorted(
    f"{package}/{name}"
    for package, row in ROWS
    for name in {*re.findall(r"`([\w/]+)`", row.split("|")[1]), *re.findall(r"`(\w+/\w+)`", row)}
)
SKETCHES = [
    (path, node)
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    for path, text in re.findall(r"^# (\S+\.py)\n(.*?)(?=^# \S+\.py$|\Z)", block, re.DOTALL | re.MULTILINE)
    for node in ast.parse(text).body
    if isinstance(node, ast.ClassDef)
]


def signatures(node: ast.ClassDef) -> set[str]:
    """Name, arguments and result of each method, and the annotated fields, of a class."""
    methods = {
        f"{item.name}({ast.unparse(item.args)}) -> {ast.unparse(item.returns) if item.returns else ''}"
        for item in node.body
        if isinstance(item, ast.FunctionDef)
    }
    fields = {
        f"{ast.unparse(item.target)}: {ast.unparse(item.annotation)}"
        for item in node.body
        if isinstance(item, ast.AnnAssign)
    }
    return methods | fields


def floors_drawn(package: str) -> list[set[str]]:
    """Floors of a package in the drawing, from above."""
    drawing = re.search(r"```\n(.*?)```", PAGE, re.DOTALL)
    assert drawing is not None
    lines = drawing[1].splitlines()
    start, head = next((i, line) for i, line in enumerate(lines) if re.search(rf"\b{package}\b", line))
    left = head.index(package)
    floors = []
    for line in lines[start + 2 :]:
        cell = re.split(r"\s{2,}|\+", line[left:])[0]
        if not cell.strip():
            break
        floors.append({name.strip() for name in re.split(r"[|:]", cell)})
    return floors


@pytest.mark.parametrize("package", PACKAGES)
def test_the_drawing_shows_the_floors_that_the_checks_hold(package: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c["layers"] for c in contracts if c.get("containers") == [package])
    held = [{name for name in re.findall(r"\w+", layer) if exists(f"{package}/{name}")} for layer in layers]
    assert floors_drawn(package) == [floor for floor in held if floor]


def exists(name: str) -> bool:
    return (ROOT / f"{name}.py").is_file() or (ROOT / name / "__init__.py").is_file()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_of_the_tables_exists(name: str) -> None:
    assert exists(name)


def test_the_names_in_the_tables_stand_in_the_code() -> None:
    told = [
        word
        for _, row in ROWS
        for code in re.findall(r"`([^`/]+)`", row)
        for word in re.findall(r"[A-Za-z_]\w*", code)
    ]
    assert [word for word in told if word not in NAMES] == []


def test_every_screen_and_every_floor_has_its_row() -> None:
    told = {name.split("/")[1] for name in MODULES if name.count("/") == 1} | {"__main__", "app"}
    real = {path.parts[1].removesuffix(".py") for path in CODE if path.parts[1] != "__init__.py"} - {
        "ui",
        "domain",
        "wire",
    }
    assert real - told == set()


@pytest.mark.parametrize(("path", "sketch"), SKETCHES, ids=lambda v: v if isinstance(v, str) else v.name)
def test_a_sketch_says_what_the_class_is(path: str, sketch: ast.ClassDef) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    real = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == sketch.name)
    assert signatures(sketch) - signatures(real) == set()


def test_the_page_has_sketches_and_tables() -> None:
    assert {sketch.name for _, sketch in SKETCHES} >= {"Store", "Desk", "Counter", "Ledger"}
    assert len(MODULES) > len(ROWS) > len(PACKAGES)
