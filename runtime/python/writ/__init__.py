"""Writ: service agreements written as rules, checked, compiled, and evaluated over tables.

>>> import writ
>>> rules = writ.compile(EXAMPLE)
>>> result = rules.evaluate(
...     {"Ticket": [
...         {"id": "T1", "opened": "2026-04-02T16:30", "answered": "2026-04-07T10:20"},
...         {"id": "T2", "opened": "2026-04-14T10:00", "answered": "2026-04-14T11:15"},
...     ]},
...     as_of="2026-05-04T12:00",
... )
>>> for row in result.records("Ticket").rows():
...     print(row["key"], row["Answer"])
T1 missed
T2 met
>>> [(row["period"], row["amount"], row["state"]) for row in result.credits.rows()][3]
('2026-04', Decimal('50.00'), 'claimable')

A table is anything with the Arrow PyCapsule interface (a table of pyarrow, a data frame of polars or pandas), or a list of dicts. Results come
back as :class:`Table`, which has the same interface. Numbers are exact: amounts and decimals are ``decimal.Decimal``, and binary floating point
is refused on the way in.
"""

from ._api import Diagnostic, Result, RuleSet, Table, check, compile
from ._errors import AgreementError, Error, FactsError

__all__ = ["AgreementError", "Diagnostic", "Error", "FactsError", "Result", "RuleSet", "Table", "check", "compile"]
__version__ = "0.1.0"
