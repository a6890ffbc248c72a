"""The package with pyarrow, polars and pandas, those of them that are installed."""

import datetime as dt
import pathlib
import unittest
from decimal import Decimal

import writ

EXAMPLE = (pathlib.Path(__file__).parent / "helpdesk.writ").read_text(encoding="utf-8")
AS_OF = "2026-05-04T12:00"
UTC = dt.timezone.utc
OPENED = [dt.datetime(2026, 4, 2, 15, 30, tzinfo=UTC), dt.datetime(2026, 4, 14, 9, tzinfo=UTC), dt.datetime(2026, 4, 15, 9, tzinfo=UTC)]
ANSWERED = [dt.datetime(2026, 4, 7, 9, 20, tzinfo=UTC), dt.datetime(2026, 4, 14, 10, 15, tzinfo=UTC), None]
OUTCOMES = ["missed", "met", "missed"]

KINDS = """agreement "Kinds"

between Desk   as provider "Bright Desk Ltd"
and     Garden as customer "Green Garden plc"

effective  2026-01-01
term       12 months
currency   GBP
time zone  "Europe/London"
round      half up, to the minor unit

enum Size { small, large }

record Sale since sold {
  id    : text, key
  sold  : instant
  day   : date
  size  : Size
  price : money GBP
  count : int or none
  late  : bool
}

clause 1 "Rules" {
  rule next_day per Sale = day + 1 day
  rule twice per Sale = price * 2
  rule big per Sale = size = large
  rule total per agreement = sum(price over Sale)
}
"""


def package(name):
    try:
        return __import__(name)
    except ImportError:
        return None


pyarrow, polars, pandas = package("pyarrow"), package("polars"), package("pandas")


@unittest.skipIf(pyarrow is None, "pyarrow is not installed")
class PyArrow(unittest.TestCase):
    def tickets(self, unit="us"):
        return pyarrow.table(
            {
                "id": ["T1", "T2", "T3"],
                "opened": pyarrow.array(OPENED, pyarrow.timestamp(unit, "UTC")),
                "answered": pyarrow.array(ANSWERED, pyarrow.timestamp(unit, "Europe/London")),
            }
        )

    def test_tables_batches_and_readers(self):
        rules = writ.compile(EXAMPLE)
        for unit in ("s", "ms", "us", "ns"):
            table = self.tickets(unit)
            for tables in (table, table.to_batches()[0], [table.slice(0, 1), table.slice(1)], table.slice(0), table.to_reader()):
                result = rules.evaluate({"Ticket": tables}, as_of=AS_OF)
                self.assertEqual(result.records("Ticket").columns()["Answer"], OUTCOMES, unit)

    def test_results_are_tables(self):
        result = writ.compile(EXAMPLE).evaluate({"Ticket": self.tickets()}, as_of=AS_OF)
        for table in (result.records("Ticket"), result.credits, result.rights, result.values, result.set_aside, result.notes):
            read = pyarrow.table(table)
            read.validate(full=True)
            self.assertEqual(read.column_names, table.column_names)
            mine = table.rows()
            self.assertEqual(len(mine), read.num_rows)
            for row, other in zip(mine, read.to_pylist()):
                for name, value in other.items():
                    if not (isinstance(value, (Decimal, dt.datetime, dt.date, dt.timedelta)) or value is None):
                        value = type(row[name])(value) if row[name] is not None else value
                    self.assertEqual(row[name], value, name)
        self.assertEqual(pyarrow.table(result.credits).column("amount").type, pyarrow.decimal128(38, 2))

    def test_every_kind(self):
        rules = writ.compile(KINDS)
        plain = {
            "id": pyarrow.array([1, 2, 3], pyarrow.uint32()),
            "sold": pyarrow.array(OPENED, pyarrow.timestamp("ms", "UTC")),
            "day": pyarrow.array([dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)]),
            "size": pyarrow.array(["small", "large", "small"]),
            "price": pyarrow.array([Decimal("1.10"), Decimal("2.20"), Decimal("30000000.05")], pyarrow.decimal128(20, 2)),
            "count": pyarrow.array([1, None, 4_000_000_000], pyarrow.uint32()),
            "late": pyarrow.array([True, False, True]),
        }
        expected = None
        for change in (
            {},
            {"size": plain["size"].dictionary_encode()},
            {"size": plain["size"].cast(pyarrow.large_utf8())},
            {"size": plain["size"].cast(pyarrow.string_view())},
            {"day": plain["day"].cast(pyarrow.date64())},
            {"day": plain["day"].cast(pyarrow.timestamp("s"))},
            {"price": pyarrow.array(["1.10", "2.20", "30000000.05"])},
            {"price": plain["price"].cast(pyarrow.decimal128(30, 4))},
            {"count": plain["count"].cast(pyarrow.uint64())},
            {"sold": plain["sold"].cast(pyarrow.timestamp("ns", "Asia/Tokyo"))},
            {"late": pyarrow.array(["true", "false", "true"])},
            {"id": pyarrow.array(["1", "2", "3"])},
        ):
            result = rules.evaluate({"Sale": pyarrow.table({**plain, **change})}, as_of=AS_OF)
            got = (result.records("Sale").columns(), result.values.rows())
            expected = expected or got
            self.assertEqual(got, expected, change)
        self.assertEqual(expected[0]["twice"], [Decimal("2.20"), Decimal("4.40"), Decimal("60000000.10")])
        self.assertEqual(expected[0]["big"], [False, True, False])
        self.assertEqual(expected[1][0]["total"], Decimal("30000003.35"))
        with self.assertRaisesRegex(writ.FactsError, "binary floating point"):
            rules.evaluate({"Sale": pyarrow.table({**plain, "price": plain["price"].cast(pyarrow.float64())})}, as_of=AS_OF)
        fine = {**plain, "price": pyarrow.array([Decimal("1.10"), Decimal("2.205"), Decimal("3.00")], pyarrow.decimal128(20, 3))}
        result = rules.evaluate({"Sale": pyarrow.table(fine)}, as_of=AS_OF)
        self.assertEqual([(r["row"], r["code"]) for r in result.set_aside.rows()], [(2, "R0013")])

    def test_many_rows_in_pieces_agree_with_one(self):
        rules = writ.compile(EXAMPLE)
        count = 200_000
        opened = pyarrow.array([int(OPENED[0].timestamp()) + 60 * i for i in range(count)], pyarrow.int64()).cast(pyarrow.timestamp("s", "UTC"))
        table = pyarrow.table({"id": [f"T{i}" for i in range(count)], "opened": opened, "answered": pyarrow.nulls(count, pyarrow.timestamp("s", "UTC"))})
        whole = rules.evaluate({"Ticket": table}, as_of=AS_OF, threads=1)
        pieces = rules.evaluate({"Ticket": pyarrow.Table.from_batches(table.to_batches(max_chunksize=997))}, as_of=AS_OF, threads=3)
        self.assertEqual(whole.statement, pieces.statement)
        self.assertEqual(pyarrow.table(whole.records("Ticket")).to_pydict()["Answer"], pyarrow.table(pieces.records("Ticket")).to_pydict()["Answer"])


@unittest.skipIf(polars is None, "polars is not installed")
class Polars(unittest.TestCase):
    def test_in_and_out(self):
        frame = polars.DataFrame({"id": ["T1", "T2", "T3"], "opened": OPENED, "answered": ANSWERED})
        result = writ.compile(EXAMPLE).evaluate({"Ticket": frame}, as_of=AS_OF)
        read = polars.DataFrame(result.records("Ticket"))
        self.assertEqual([str(v) for v in read["Answer"].to_list()], OUTCOMES)
        self.assertEqual(read["Answer.due"].dtype.time_zone, "Europe/London")
        self.assertEqual(polars.DataFrame(result.credits)["amount"].to_list()[3], Decimal("100.00"))
        with_category = frame.with_columns(polars.col("id").cast(polars.Categorical))
        again = writ.compile(EXAMPLE).evaluate({"Ticket": with_category}, as_of=AS_OF)
        self.assertEqual(again.statement, result.statement)


@unittest.skipIf(pandas is None or pyarrow is None, "pandas (with pyarrow) is not installed")
class Pandas(unittest.TestCase):
    def test_in_and_out(self):
        frame = pandas.DataFrame({"id": ["T1", "T2", "T3"], "opened": OPENED, "answered": ANSWERED})
        result = writ.compile(EXAMPLE).evaluate({"Ticket": frame}, as_of=AS_OF)
        read = pyarrow.table(result.records("Ticket")).to_pandas()
        self.assertEqual([str(v) for v in read["Answer"]], OUTCOMES)


if __name__ == "__main__":
    unittest.main()
