"""Values of Python as the texts that facts, parameters and instants are read from. Exact, or refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple

from ._errors import FactsError

NAIVE = {None: 0, "utc": 1, "local": 2}


def naive_code(naive: Optional[str]) -> int:
    if naive not in NAIVE:
        raise ValueError('naive is None, "utc" or "local"')
    return NAIVE[naive]


def instant_text(value: dt.datetime) -> str:
    """A time with its zone, or a local one without."""
    return value.isoformat()


def duration_text(value: dt.timedelta) -> str:
    us = value // dt.timedelta(microseconds=1)
    sign, us = ("-", -us) if us < 0 else ("", us)
    return f"{sign}PT{us // 1_000_000}.{us % 1_000_000:06d}S"


def cell_text(value: Any, naive: Optional[str], where: str) -> Optional[str]:
    """One cell of a table of Python values; None stays missing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise FactsError(f"{where}: {value} is no number")
        return format(value, "f")
    if isinstance(value, dt.datetime):
        if value.tzinfo is None and naive is None:
            raise FactsError(f"{where}: a datetime without a zone is no instant; give it one, or say naive=\"utc\" or naive=\"local\"")
        if value.tzinfo is None and naive == "utc":
            value = value.replace(tzinfo=dt.timezone.utc)
        return instant_text(value)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration_text(value)
    if isinstance(value, float):
        raise FactsError(f"{where}: binary floating point is never read, since 0.1 is no number that it can hold; use Decimal or text")
    raise FactsError(f"{where}: a value of type {type(value).__name__} is not read")


def columns_of_rows(rows: Iterable[Mapping[str, Any]], naive: Optional[str], name: str) -> List[Tuple[str, List[Optional[str]]]]:
    """[(column, [text or None, ...]), ...]; a row without a column has nothing there."""
    rows = list(rows)
    columns: Dict[str, List[Optional[str]]] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise FactsError(f"{name}, row {number + 1}: a dict is needed, not {type(row).__name__}")
        for column, value in row.items():
            if not isinstance(column, str):
                raise FactsError(f"{name}, row {number + 1}: the name of a column is a text, not {column!r}")
            cells = columns.get(column)
            if cells is None:
                cells = columns[column] = [None] * len(rows)
            cells[number] = cell_text(value, naive, f"{name}, row {number + 1}, {column}")
    return list(columns.items())


def as_of_text(as_of: Any) -> Optional[str]:
    if as_of is None or isinstance(as_of, str):
        return as_of
    if isinstance(as_of, dt.datetime):
        return instant_text(as_of)
    if isinstance(as_of, dt.date):
        return as_of.isoformat()
    raise TypeError("as_of is a text, a date or a datetime")


def setting_text(name: str, value: Any) -> str:
    if value is None:
        raise TypeError(f"the parameter {name} has no value")
    return f"{name}={cell_text(value, 'local', f'the parameter {name}')}"
