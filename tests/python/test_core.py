"""The package with nothing but Python itself: doctests, errors, plain rows, and forged arrays."""

import ctypes
import datetime as dt
import doctest
import gc
import os
import pathlib
import tempfile
import threading
import unittest
from decimal import Decimal

import producer
import writ

HERE = pathlib.Path(__file__).parent
EXAMPLE = (HERE / "helpdesk.writ").read_text(encoding="utf-8")
ROWS = [
    {"id": "T1", "opened": "2026-04-02T16:30", "answered": "2026-04-07T10:20"},
    {"id": "T2", "opened": "2026-04-14T10:00", "answered": "2026-04-14T11:15"},
]
AS_OF = "2026-05-04T12:00"


def us(text):
    return int(dt.datetime.fromisoformat(text).timestamp()) * 1_000_000


def load_tests(loader, tests, ignore):
    from writ import _api

    names = {"EXAMPLE": EXAMPLE, "writ": writ}
    tests.addTests(doctest.DocTestSuite(writ, extraglobs=names))
    tests.addTests(doctest.DocTestSuite(_api, extraglobs=names))
    page = HERE.parents[1] / "docs" / "howto" / "python.md"
    lines = ["" if line.startswith("```") else line for line in page.read_text(encoding="utf-8").splitlines()]
    example = doctest.DocTestParser().get_doctest("\n".join(lines), {}, page.name, str(page), 0)
    tests.addTest(doctest.DocTestCase(example, setUp=lambda test: os.chdir(HERE)))
    return tests


class Agreements(unittest.TestCase):
    def test_a_path_and_a_text_are_the_same(self):
        by_path, by_text = writ.compile(HERE / "helpdesk.writ"), writ.compile(EXAMPLE)
        self.assertEqual(by_path.describe(), by_text.describe())
        self.assertEqual(writ.compile(str(HERE / "helpdesk.writ")).describe(), by_text.describe())

    def test_describe(self):
        told = writ.compile(EXAMPLE).describe()
        self.assertEqual(told["title"], "Help desk")
        ticket = next(r for r in told["records"] if r["name"] == "Ticket")
        self.assertEqual((ticket["key"], ticket["since"]), ("id", "opened"))
        self.assertEqual(ticket["fields"][2], {"name": "answered", "type": "instant or not yet", "may_be_missing": True})
        self.assertIn("Answer.due", [d["name"] for d in told["definitions"]])

    def test_mistakes(self):
        bad = EXAMPLE.replace("opened   : instant", "opened   : instent")
        with self.assertRaises(writ.AgreementError) as caught:
            writ.compile(bad, name="bad.writ")
        diagnostic = caught.exception.diagnostics[0]
        self.assertEqual((diagnostic.severity, diagnostic.file), ("error", "bad.writ"))
        self.assertTrue(diagnostic.code.startswith("C"))
        self.assertIn(diagnostic.code, str(caught.exception))
        self.assertIn("instent", str(diagnostic))
        self.assertEqual([d.code for d in writ.check(bad)], [d.code for d in caught.exception.diagnostics])
        self.assertEqual([d for d in writ.check(EXAMPLE) if d.severity == "error"], [])

    def test_a_file_that_is_not_there(self):
        with self.assertRaisesRegex(writ.AgreementError, "nowhere.writ"):
            writ.compile("nowhere.writ")

    def test_modules_beside_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "desk.writ")
            path.write_text(EXAMPLE, encoding="utf-8")
            self.assertEqual(len(writ.compile(path).evaluate({"Ticket": ROWS}, as_of=AS_OF).records("Ticket")), 2)


class Evaluating(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rules = writ.compile(EXAMPLE)

    def run_rows(self, rows, **options):
        return self.rules.evaluate({"Ticket": rows}, as_of=AS_OF, **options)

    def test_reasons(self):
        text = EXAMPLE + """
clause 9 "Kinds" {
  rule kind per Ticket {
    base 0
    case late : 1 when missed Answer
  }
}
"""
        rows = writ.compile(text).evaluate({"Ticket": ROWS}, as_of=AS_OF).records("Ticket").rows()
        self.assertEqual([(r["kind"], r["kind state"], r["kind reason"]) for r in rows], [(1, "given", "late"), (0, "given", None)])
        self.assertNotIn("Answer reason", rows[0])

    def test_rows(self):
        result = self.run_rows(ROWS)
        rows = result.records("Ticket").rows()
        self.assertEqual([(r["key"], r["admission"], r["Answer"], r["Answer state"]) for r in rows], [("T1", "in term", "missed", "given"), ("T2", "in term", "met", "given")])
        self.assertEqual(rows[0]["Answer.due"].isoformat(), "2026-04-07T10:00:00+01:00")
        credit = result.credits.rows()[3]
        self.assertEqual((credit["remedy"], credit["period"], credit["amount"], credit["currency"]), ("LateAnswer", "2026-04", Decimal("50.00"), "GBP"))
        self.assertEqual((credit["amount low"], credit["amount high"], credit["over"]), (Decimal("50.00"), Decimal("50.00"), True))
        self.assertEqual(credit["claim by"].date(), dt.date(2026, 5, 30))
        self.assertEqual(result.statement["credits"][3]["amount"]["value"], "50.00")
        self.assertIn("Statement as of Mon 2026-05-04 12:00", result.text)
        self.assertTrue(result.csv.startswith("grain,period,name,value,unit,clause"))

    def test_engines_and_threads_agree(self):
        many = [dict(ROWS[i % 2], id=f"T{i}") for i in range(5000)]
        first = self.run_rows(many)
        for options in ({"engine": "interpreter"}, {"threads": 1}, {"threads": 4}):
            other = self.run_rows(many, **options)
            self.assertEqual(other.statement, first.statement)
            self.assertEqual(other.records("Ticket").columns(), first.records("Ticket").columns())
        self.assertEqual(self.run_rows(many, records=False).statement, first.statement)

    def test_python_values(self):
        london = dt.timezone(dt.timedelta(hours=1))
        rows = [
            {"id": 1, "opened": dt.datetime(2026, 4, 14, 10, tzinfo=london), "answered": dt.datetime(2026, 4, 14, 9, 30, tzinfo=dt.timezone.utc)},
            {"id": 2, "opened": dt.datetime(2026, 4, 14, 10, tzinfo=london), "answered": None},
        ]
        self.assertEqual(self.run_rows(rows).records("Ticket").columns()["Answer"], ["met", "missed"])

    def test_a_time_without_a_zone(self):
        rows = [{"id": "A", "opened": dt.datetime(2026, 4, 14, 10), "answered": dt.datetime(2026, 4, 14, 12)}]
        with self.assertRaisesRegex(writ.FactsError, "without a zone"):
            self.run_rows(rows)
        due = {naive: self.run_rows(rows, naive=naive).records("Ticket").columns()["Answer.due"][0] for naive in ("utc", "local")}
        self.assertEqual(due["utc"] - due["local"], dt.timedelta(hours=1))
        with self.assertRaises(ValueError):
            self.run_rows(rows, naive="perhaps")

    def test_floats_are_refused(self):
        with self.assertRaisesRegex(writ.FactsError, "Ticket, row 1, id: binary floating point"):
            self.run_rows([{"id": 0.5, "opened": "2026-04-14T10:00", "answered": None}])

    def test_rows_set_aside(self):
        result = self.run_rows(ROWS + [dict(ROWS[0]), {"id": "T4", "opened": "soon", "answered": None}])
        self.assertEqual(result.records("Ticket").columns()["admission"], ["in term", "in term", "set aside", "set aside"])
        aside = result.set_aside.rows()
        self.assertEqual([(r["record"], r["row"], r["code"]) for r in aside], [("Ticket", 3, "R0025"), ("Ticket", 4, "R0020")])
        self.assertIn("row 1 of table Ticket", aside[0]["reason"])
        self.assertEqual(result.statement["facts"][0]["set_aside"], 2)

    def test_tables_that_cannot_be(self):
        for tables, why in (
            ({"Tickets": ROWS}, "did you mean `Ticket`"),
            ({"Ticket": [{"id": "A", "opend": "x", "answered": None}]}, "there is no column `opened`; did you mean `opend`"),
            ({"history of Ticket": ROWS}, "there is no record `history of Ticket`"),
            ({"Ticket": 7}, "of type int"),
            ({"Ticket": [3]}, "a dict is needed"),
        ):
            with self.assertRaisesRegex(writ.FactsError, why):
                self.rules.evaluate(tables, as_of=AS_OF)
        with self.assertRaisesRegex(writ.FactsError, "as-of"):
            self.rules.evaluate({"Ticket": ROWS}, as_of="tomorrow")
        with self.assertRaisesRegex(writ.FactsError, "no parameter called `fee`"):
            self.run_rows(ROWS, params={"fee": 3})
        with self.assertRaises(KeyError):
            self.run_rows(ROWS).records("Call")
        with self.assertRaises(KeyError):
            self.run_rows(ROWS).periods("year")

    def test_no_table_is_noted(self):
        result = self.rules.evaluate({}, as_of=AS_OF)
        self.assertEqual([(r["record"], r["code"]) for r in result.notes.rows()], [("Ticket", "R0203")])
        self.assertEqual(result.records("Ticket").rows(), [])

    def test_as_of(self):
        for as_of in (dt.datetime(2026, 5, 4), "2026-05-04T00:00", dt.datetime(2026, 5, 3, 23, tzinfo=dt.timezone.utc)):
            self.assertEqual(self.rules.evaluate({"Ticket": ROWS}, as_of=as_of).statement["as_of"], "2026-05-04T00:00+01:00")
        by_day = [self.rules.evaluate({"Ticket": ROWS}, as_of=as_of).statement for as_of in (dt.date(2026, 5, 4), "2026-05-04")]
        self.assertEqual(by_day[0], by_day[1])
        self.assertIn("the end of Mon 2026-05-04", self.rules.evaluate({"Ticket": ROWS}, as_of=dt.date(2026, 5, 4)).text)
        with self.assertRaises(TypeError):
            self.rules.evaluate({"Ticket": ROWS}, as_of=3)

    def test_acts(self):
        claim = {"at": "2026-05-10T09:00", "by": "Garden", "of": "LateAnswer", "period": "2026-04-01"}
        result = self.rules.evaluate({"Ticket": ROWS}, as_of="2026-06-10T12:00", acts={"Claim": [claim]})
        credit = result.credits.rows()[3]
        self.assertEqual((credit["state"], credit["claimed at"].isoformat()), ("claimed", "2026-05-10T09:00:00+01:00"))
        without = self.rules.evaluate({"Ticket": ROWS}, as_of="2026-06-10T12:00").credits.rows()[3]
        self.assertEqual(without["state"], "forfeited")

    def test_why(self):
        text = self.rules.why("T1", {"Ticket": ROWS}, as_of=AS_OF)
        self.assertIn("Ticket T1, as of Mon 2026-05-04 12:00: in the term", text)
        self.assertIn("used 2 h 20 min of 2 h, 20 min too many", text)
        with self.assertRaisesRegex(writ.FactsError, "no record has the key `T9`"):
            self.rules.why("T9", {"Ticket": ROWS}, as_of=AS_OF)
        with self.assertRaisesRegex(writ.FactsError, "no record type `Call`"):
            self.rules.why("T1", {"Ticket": ROWS}, as_of=AS_OF, record="Call")

    def test_threads_of_python(self):
        out = []

        def work():
            out.append(self.run_rows(ROWS).statement)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(out), 8)
        self.assertTrue(all(statement == out[0] for statement in out))

    def test_results_outlive_the_rules(self):
        result = writ.compile(EXAMPLE).evaluate({"Ticket": ROWS}, as_of=AS_OF)
        table = result.records("Ticket")
        capsule = table.__arrow_c_stream__()
        del result, table
        gc.collect()
        from writ import _arrow

        self.assertEqual(_arrow.columns(capsule)["Answer"], ["missed", "met"])


class Producers(unittest.TestCase):
    """Arrays made by hand, without any package."""

    @classmethod
    def setUpClass(cls):
        cls.rules = writ.compile(EXAMPLE)

    def tickets(self, **changes):
        columns = {
            "id": producer.texts("id", ["T1", "T2"]),
            "opened": producer.integers("opened", [us("2026-04-02T16:30+01:00"), us("2026-04-14T10:00+01:00")], "tsu:UTC"),
            "answered": producer.integers("answered", [us("2026-04-07T10:20+01:00"), None], "tsu:UTC"),
        }
        columns.update(changes)
        return producer.Table(2, *columns.values())

    def test_a_batch_is_read_and_released(self):
        before = len(producer.released)
        result = self.rules.evaluate({"Ticket": self.tickets()}, as_of=AS_OF)
        self.assertEqual(result.records("Ticket").columns()["Answer"], ["missed", "missed"])
        self.assertEqual(len(producer.released) - before, 2)

    def test_several_tables_of_one_name(self):
        other = self.tickets(id=producer.texts("id", ["T1", "T3"]))
        result = self.rules.evaluate({"Ticket": [self.tickets(), other]}, as_of=AS_OF)
        self.assertEqual(result.records("Ticket").columns()["admission"], ["in term", "in term", "set aside", "in term"])

    def refused(self, why, table):
        before = len(producer.released)
        with self.assertRaisesRegex(writ.FactsError, why):
            self.rules.evaluate({"Ticket": table}, as_of=AS_OF)
        self.assertEqual(len(producer.released) - before, 2, "what was taken over is released")

    def test_forged_arrays(self):
        self.refused("R0116: `opened` .* no zone", self.tickets(opened=producer.integers("opened", [1, 2], "tsu:")))
        self.refused("its Arrow format `xyz`", self.tickets(opened=producer.integers("opened", [1, 2], "xyz")))
        self.refused("binary floating point", self.tickets(opened=producer.integers("opened", [1, 2], "g")))
        self.refused("it is shorter than its table", self.tickets(opened=producer.integers("opened", [1], "tsu:UTC")))
        self.refused("an entry that its dictionary does not have", self.tickets(id=producer.coded("id", [0, 7], ["A", "B"])))
        self.refused("a buffer of its values is missing", self.tickets(opened=producer.node("tsu:UTC", "opened", 2, [None, None])))
        self.refused("1 buffers, not 2", self.tickets(opened=producer.node("tsu:UTC", "opened", 2, [None])))
        self.refused("its offsets fall", self.tickets(id=producer.node("u", "id", 2, [None, b"\0\0\0\0\2\0\0\0\1\0\0\0", b"ab"])))
        negative = self.tickets()
        negative.array.length = -1
        self.refused("its length is negative", negative)
        other = self.tickets()
        other.array.n_children = 2
        self.refused("different numbers of columns", other)

    def test_what_was_released(self):
        table = self.tickets()
        table.array.release = ctypes.cast(None, type(table.array.release))
        with self.assertRaisesRegex(writ.FactsError, "was released"):
            self.rules.evaluate({"Ticket": table}, as_of=AS_OF)


if __name__ == "__main__":
    unittest.main()
