"""The package says what `writ run` says: the examples of the repository, their files read as tables of texts."""

import csv
import datetime as dt
import gzip
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
from decimal import Decimal

import writ

ROOT = pathlib.Path(__file__).resolve().parents[2]
WRIT = os.environ.get("WRIT", str(ROOT / "build" / "writ"))
DATA = os.environ.get("WRIT_REAL_DATA", "")


def rows_of(path):
    """The cells of a file as they stand in it."""
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if str(path).endswith(".gz") else open(path, encoding="utf-8", newline="")
    with opened as file:
        return list(csv.DictReader(file))


def command(*arguments):
    done = subprocess.run([WRIT, *map(str, arguments)], capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise AssertionError(done.stderr.decode())
    return done.stdout.decode("utf-8", "replace")


def plain(value, state, form):
    """A value as the CSV of `writ run --records` has it."""
    if state != "given":
        return {"not yet": "not yet", "none": "none", "cannot tell": "cannot tell"}.get(state)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, (Decimal, int)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, (dt.date, str)):
        return str(value)
    return None


def same_instant(one, other):
    try:
        return dt.datetime.fromisoformat(one) == dt.datetime.fromisoformat(other)
    except ValueError:
        return False


class Examples(unittest.TestCase):
    def compare(self, folder, as_of, tables, keys=(), acts=None, facts=()):
        agreement = folder / "agreement.writ"
        rules = writ.compile(agreement)
        result = rules.evaluate(tables, as_of=as_of, acts=acts)
        arguments = [agreement, "--as-of", as_of, *facts]
        self.assertEqual(result.csv, command("run", *arguments, "--csv"))
        printed = json.loads(command("run", *arguments, "--format", "json"))
        told = result.statement
        for statement in (printed, told):
            for read in statement["facts"]:
                read.pop("file", None)
                read.pop("files", None)
                read.pop("reasons", None)
        self.assertEqual(told, printed)
        for key in keys:
            self.assertEqual(rules.why(key, tables, as_of=as_of, acts=acts), command("why", agreement, key, "--as-of", as_of, *facts))
        return result

    def compare_records(self, result, folder, record, as_of, facts=()):
        with tempfile.TemporaryDirectory() as out:
            path = pathlib.Path(out, "records.csv")
            command("run", folder / "agreement.writ", "--as-of", as_of, "--csv", "--records", f"{record}={path}", *facts)
            written = rows_of(path)
        rows = [row for row in result.records(record).rows() if row["admission"] not in ("set aside", "replaced")]
        self.assertEqual(len(rows), len(written))
        compared = 0
        for row, expected in zip(rows, written):
            self.assertEqual((row["key"], row["admission"]), (expected["key"], expected["admission"]))
            for name, text in expected.items():
                if name in ("record", "key", "admission") or row["admission"] != "in term":
                    continue
                mine = plain(row[name], row[name + " state"], text)
                if mine is None:
                    continue
                compared += 1
                self.assertTrue(mine == text or same_instant(mine, text), f"{row['key']}, {name}: {mine} and {text}")
        self.assertGreater(compared, len(rows))

    def test_customer_service(self):
        folder = ROOT / "examples" / "customer-service"
        tables = {name: rows_of(folder / file) for name, file in (("Ticket", "tickets.csv"), ("history of Ticket", "events.csv"), ("Survey", "surveys.csv"))}
        acts = {"Claim": rows_of(folder / "claims.csv"), "Notice": rows_of(folder / "notices.csv")}
        result = self.compare(folder, "2026-05-01T12:00", tables, ["1086", "1001"], acts)
        self.compare_records(result, folder, "Ticket", "2026-05-01T12:00")

    def test_incident_desk(self):
        folder = ROOT / "examples" / "incident-desk"
        log = folder / "sample_events.csv"
        if DATA and os.path.exists(f"{DATA}/incidents/incident_events.csv.gz"):
            log = pathlib.Path(DATA, "incidents", "incident_events.csv.gz")
        facts = ["--facts", f"Incident={log}"]
        rows = rows_of(log)
        result = self.compare(folder, "2017-12-31", {"Incident": rows}, [rows[0]["number"]], None, facts)
        self.compare_records(result, folder, "Incident", "2017-12-31", facts)

    def test_city_cases(self):
        folder = ROOT / "examples" / "city-cases"
        cases = folder / "sample_cases.csv"
        if DATA and os.path.exists(f"{DATA}/cases311/cases_2015.csv.gz"):
            cases = pathlib.Path(DATA, "cases311", "cases_2015.csv.gz")
        facts = ["--facts", f"Case={cases}"]
        result = self.compare(folder, "2016-12-31", {"Case": rows_of(cases)}, [], None, facts)
        self.compare_records(result, folder, "Case", "2016-12-31", facts)


if __name__ == "__main__":
    unittest.main()
