"""docs/traceability.md against the tests: what is said to be built is shown by a test."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (\S+) \| .+ \| (built|ahead) \| (.*)\|$", re.MULTILINE)
MARK = re.compile(r"\bdieu\(([^)]*)\)")
CLAUSE = re.compile(r"""["']([^"']+)["']""")
# The clauses of the Regulation that ask something of the software; 4.2 asks it of the user's computer.
CLAUSES = [
    "3",
    "4.1",
    "4.3",
    "4.4",
    "5.1a",
    "5.1b",
    "5.1c",
    "5.2",
    "5.3",
    "5.4",
    "6",
    "7.1",
    "7.2",
    "8",
    "9",
    "10",
    "11",
    "12.1",
    "12.2",
    "12.3",
    "13.1",
    "13.2",
    "13.3",
    "13.4",
    "13.5",
    "13.6",
    "13.7",
    "13.8",
    "14.1",
    "14.2",
    "14.3",
    "14.4",
    "14.5",
    "14.6",
]


def rows():
    text = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")
    return {clause: (state, where.strip()) for clause, state, where in ROW.findall(text)}


def marked():
    files = (path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    marks = (mark for path in files for mark in MARK.findall(path.read_text(encoding="utf-8")))
    return {clause for mark in marks for clause in CLAUSE.findall(mark)}


def test_every_clause_has_a_row():
    assert list(rows()) == CLAUSES


def test_what_is_built_says_where_and_has_a_test():
    built = {clause for clause, (state, _) in rows().items() if state == "built"}
    assert built == marked()
    assert all(where for state, where in rows().values() if state == "built")
