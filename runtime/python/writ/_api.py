"""The package as it is used; see the package itself for a first example."""

from __future__ import annotations

import json
import os
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _arrow, _cells, _writ
from ._errors import AgreementError, FactsError

Source = Union[str, "os.PathLike[str]"]

_MISTAKES = 32
_BAD_INPUT = 33
_RECORDS, _PERIODS, _AGREEMENT, _CREDITS, _RIGHTS, _SET_ASIDE, _NOTES = range(7)
_ENGINES = {"best": 0, "native": 1, "interpreter": 2}


class Diagnostic:
    """One message about an agreement. ``str()`` of it is the message as a person reads it, with the lines that it speaks of."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        span = data.get("span") or {}
        self.code: Optional[str] = data.get("code")
        self.severity: str = data["severity"]
        self.message: str = data["message"]
        self.file: Optional[str] = span.get("file")
        self.line: Optional[int] = span.get("line")
        self.column: Optional[int] = span.get("column")
        self.data: Dict[str, Any] = {key: value for key, value in data.items() if key != "text"}
        self._text: str = data["text"]

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"<{place}{self.severity} {self.code or ''}: {self.message}>"


class Table:
    """A table of results. It has the Arrow PyCapsule interface, so ``pyarrow.table(t)``, ``polars.DataFrame(t)`` and others take it as it is;
    ``rows()`` and ``columns()`` read it without any of them."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._make()

    @property
    def column_names(self) -> List[str]:
        return _arrow.schema_names(self._make())

    def columns(self) -> Dict[str, List[Any]]:
        """The values by column: Decimal, int, bool, str, date, time, datetime, timedelta, a dict for a ratio; None where none is given."""
        return _arrow.columns(self._make())

    def rows(self) -> List[Dict[str, Any]]:
        """The same, a dict a row."""
        columns = self.columns()
        return [dict(zip(columns, row)) for row in zip(*columns.values())]

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        return iter(self.rows())

    def __len__(self) -> int:
        columns = self.columns()
        return len(next(iter(columns.values()))) if columns else 0


class Result:
    """What an agreement came to over some tables."""

    def __init__(self, outcome: Any) -> None:
        self._outcome = outcome

    def _table(self, which: int, name: Optional[str] = None) -> Table:
        def make() -> Any:
            return _writ.table(self._outcome, which, name)[1]

        make()  # so that a wrong name is told here
        return Table(make)

    def records(self, name: str) -> Table:
        """The outcomes of a record type: a row for each row of its tables, in their order. ``admission`` says which take part; a value has
        ``NAME state`` beside it, which says why there is none."""
        try:
            return self._table(_RECORDS, name)
        except ValueError:
            raise KeyError(f"there are no outcomes of a record type called {name!r}") from None

    def periods(self, kind: str = "month") -> Table:
        """The values per "month", "quarter", "year" or "contract month", a row for each period that has begun."""
        try:
            return self._table(_PERIODS, kind)
        except ValueError:
            raise KeyError(f"the agreement has no values per {kind}") from None

    @property
    def values(self) -> Table:
        """The values of the agreement as a whole: one row."""
        return self._table(_AGREEMENT)

    @property
    def credits(self) -> Table:
        """The amount and the state of each credit in each period that has begun."""
        return self._table(_CREDITS)

    @property
    def rights(self) -> Table:
        """The state of each right."""
        return self._table(_RIGHTS)

    @property
    def set_aside(self) -> Table:
        """Rows that could not be read, with the reason; of each input the first hundred (the statement counts them all)."""
        return self._table(_SET_ASIDE)

    @property
    def notes(self) -> Table:
        """What is worth knowing about the tables: a record type that has none counts as having no rows."""
        return self._table(_NOTES)

    @property
    def statement(self) -> Dict[str, Any]:
        """The statement, as ``writ run --format json`` prints it."""
        statement: Dict[str, Any] = json.loads(_writ.statement(self._outcome, 1)[1])
        return statement

    @property
    def text(self) -> str:
        """The statement for people."""
        return _writ.statement(self._outcome, 0)[1]

    @property
    def csv(self) -> str:
        """The statement as CSV, a row a figure."""
        return _writ.statement(self._outcome, 2)[1]


class RuleSet:
    """An agreement, compiled. It may be used by many threads at once; the interpreter's lock is not held while it evaluates."""

    def __init__(self, agreement: Any, diagnostics: Sequence[Diagnostic]) -> None:
        self._agreement = agreement
        self.diagnostics = list(diagnostics)
        """Warnings and notes."""

    def describe(self) -> Dict[str, Any]:
        """What it asks for and gives: title, parties, records with their fields, parameters, definitions, credits, rights."""
        told: Dict[str, Any] = json.loads(_writ.describe(self._agreement)[1])
        return told

    def evaluate(
        self,
        tables: Mapping[str, Any],
        *,
        as_of: Any = None,
        params: Optional[Mapping[str, Any]] = None,
        acts: Optional[Mapping[str, Any]] = None,
        naive: Optional[str] = None,
        records: bool = True,
        threads: int = 0,
        engine: str = "best",
    ) -> Result:
        """Evaluates the rules over tables.

        tables: by the name of the record type, or "history of NAME": anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``, or a list of
        dicts; several in a list are read one after the other. Columns are found by name, or as the agreement's `facts` blocks say.
        as_of: what is known by then: a text, a date or a datetime, as ``--as-of``; None: now.
        params: values of the agreement's parameters. acts: tables of Claim, Notice, Payment and Exercise.
        naive: what a timestamp without a zone is: None (refused), "utc", or "local" (of the agreement's zone).
        records: keep the outcomes of every record. threads: 0 for all cores; the answer does not depend on it.
        """
        if engine not in _ENGINES:
            raise ValueError('engine is "best", "native" or "interpreter"')
        status, value = _writ.run(
            self._agreement,
            _cells.as_of_text(as_of),
            _settings(params),
            _cells.naive_code(naive),
            _ENGINES[engine],
            threads,
            1 if records else 0,
            _inputs(tables, acts, naive),
        )
        if status != 0:
            raise FactsError(value)
        return Result(value)

    def why(
        self,
        key: str,
        tables: Mapping[str, Any],
        *,
        record: Optional[str] = None,
        as_of: Any = None,
        params: Optional[Mapping[str, Any]] = None,
        acts: Optional[Mapping[str, Any]] = None,
        naive: Optional[str] = None,
    ) -> str:
        """Why a record came out as it did: its clocks row by row, what would have met them, and the clauses, as ``writ why`` prints it."""
        status, value = _writ.why(
            self._agreement, _cells.as_of_text(as_of), _settings(params), _cells.naive_code(naive), _inputs(tables, acts, naive), record, key, 0
        )
        if status != 0:
            raise FactsError(value)
        return value


def _settings(params: Optional[Mapping[str, Any]]) -> List[str]:
    return [_cells.setting_text(name, value) for name, value in (params or {}).items()]


def _input(name: str, table: Any, naive: Optional[str]) -> List[Tuple[str, Any]]:
    if hasattr(table, "__arrow_c_stream__"):
        return [(name, table.__arrow_c_stream__())]
    if hasattr(table, "__arrow_c_array__"):
        return [(name, table.__arrow_c_array__())]
    if isinstance(table, Sequence) and not isinstance(table, (str, bytes)):
        if any(hasattr(part, "__arrow_c_stream__") or hasattr(part, "__arrow_c_array__") for part in table):
            return [one for part in table for one in _input(name, part, naive)]
        # A list without rows says nothing about its columns; no table has no rows either.
        return [(name, _cells.columns_of_rows(table, naive, name))] if table else []
    raise FactsError(f"{name}: a table has the Arrow PyCapsule interface, or is a list of dicts; this is of type {type(table).__name__}")


def _inputs(tables: Mapping[str, Any], acts: Optional[Mapping[str, Any]], naive: Optional[str]) -> List[Tuple[str, Any]]:
    return [one for source in (tables, acts or {}) for name, table in source.items() for one in _input(name, table, naive)]


def _source(source: Source, name: Optional[str]) -> Tuple[Optional[str], Optional[str], Optional[str]]:
    if isinstance(source, str) and "\n" in source:
        return None, source, name
    return os.fspath(source), None, None


def check(source: Source, *, name: Optional[str] = None) -> List[Diagnostic]:
    """Every message about an agreement: a path, or its text (which has more than one line). ``name``: what messages call a text.

    >>> for diagnostic in writ.check(EXAMPLE.replace("answered : instant", "answered : instent")):
    ...     print(diagnostic.severity, diagnostic.line, diagnostic.message)
    error 22 there is no type called `instent`
    """
    status, value = _writ.check(*_source(source, name))
    diagnostics = [Diagnostic(data) for data in json.loads(value)]
    if status != 0:
        raise AgreementError(diagnostics)
    return diagnostics


def compile(source: Source, *, name: Optional[str] = None) -> RuleSet:
    """The rules of an agreement, ready to be evaluated. AgreementError: it has mistakes."""
    status, (agreement, value) = _writ.compile(*_source(source, name))
    diagnostics = [Diagnostic(data) for data in json.loads(value)]
    if status != 0:
        raise AgreementError(diagnostics)
    return RuleSet(agreement, diagnostics)
