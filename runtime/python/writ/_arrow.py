"""Reading a stream of the Arrow C Data Interface into plain Python values, without another package.

It reads what this package exports; tables of others go to the evaluator as they are.
"""

from __future__ import annotations

import ctypes
import datetime as dt
from decimal import Decimal, localcontext
from typing import Any, Callable, Dict, List

try:
    import zoneinfo
except ImportError:  # pragma: no cover
    zoneinfo = None  # type: ignore[assignment]


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.POINTER(_Schema)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.POINTER(_Array)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(_Stream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

_epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_first_day = dt.date(1970, 1, 1).toordinal()


def _zone(name: str) -> dt.tzinfo:
    if zoneinfo is not None:
        try:
            return zoneinfo.ZoneInfo(name)
        except Exception:  # a machine without the rules of time zones
            pass
    return dt.timezone.utc


def _numbers(address: int, kind: Any, rows: int) -> Any:
    return (kind * rows).from_address(address)


def _decimals(address: int, rows: int, scale: int) -> List[Decimal]:
    raw = ctypes.string_at(address, rows * 16)
    with localcontext() as context:
        context.prec = 60
        return [Decimal(int.from_bytes(raw[i : i + 16], "little", signed=True)).scaleb(-scale) for i in range(0, rows * 16, 16)]


def _values(schema: _Schema, array: _Array) -> List[Any]:
    """The values of an array of this package: no offset, rows from the first buffer on."""
    form = schema.format.decode()
    rows = array.length
    if form == "+s":
        names = [schema.children[i].contents.name.decode() for i in range(schema.n_children)]
        parts = [_values(schema.children[i].contents, array.children[i].contents) for i in range(schema.n_children)]
        values: List[Any] = [dict(zip(names, row)) for row in zip(*parts)] if parts else [{} for _ in range(rows)]
    elif schema.dictionary:
        members = _values(schema.dictionary.contents, array.dictionary.contents)
        given = _given(array)
        codes = _numbers(array.buffers[1], ctypes.c_int32, rows)
        return [members[code] if there else None for code, there in zip(codes, given)]
    elif form == "b":
        raw = ctypes.string_at(array.buffers[1], (rows + 7) // 8)
        values = [bool(raw[i // 8] >> (i % 8) & 1) for i in range(rows)]
    elif form == "U":
        offsets = _numbers(array.buffers[1], ctypes.c_int64, rows + 1)
        raw = ctypes.string_at(array.buffers[2], offsets[rows])
        values = [raw[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(rows)]
    elif form.startswith("d:"):
        values = _decimals(array.buffers[1], rows, int(form.split(",")[1]))
    else:
        kind = ctypes.c_int32 if form in ("i", "tdD", "tts") else ctypes.c_int64
        read = _reader(form)
        values = [read(number) for number in _numbers(array.buffers[1], kind, rows)]
    if array.null_count == 0:
        return values
    return [value if there else None for value, there in zip(values, _given(array))]


def _given(array: _Array) -> List[bool]:
    if not array.buffers[0]:
        return [True] * array.length
    raw = ctypes.string_at(array.buffers[0], (array.length + 7) // 8)
    return [bool(raw[i // 8] >> (i % 8) & 1) for i in range(array.length)]


def _reader(form: str) -> Callable[[int], Any]:
    if form == "tdD":
        return lambda days: dt.date.fromordinal(_first_day + days)
    if form == "tts":
        return lambda seconds: dt.time(seconds // 3600 % 24, seconds // 60 % 60)
    if form == "tDu":
        return lambda us: dt.timedelta(microseconds=us)
    if form.startswith("tsu:"):
        zone = _zone(form[4:])
        return lambda us: (_epoch + dt.timedelta(microseconds=us)).astimezone(zone)
    return lambda number: number


def _stream_of(capsule: Any) -> _Stream:
    return _Stream.from_address(_pointer(capsule, b"arrow_array_stream"))


def schema_names(capsule: Any) -> List[str]:
    stream = _stream_of(capsule)
    schema = _Schema()
    if stream.get_schema(ctypes.byref(stream), ctypes.byref(schema)) != 0:
        raise MemoryError()
    try:
        return [schema.children[i].contents.name.decode() for i in range(schema.n_children)]
    finally:
        schema.release(ctypes.byref(schema))


def columns(capsule: Any) -> Dict[str, List[Any]]:
    """All values, by column."""
    stream = _stream_of(capsule)
    schema = _Schema()
    if stream.get_schema(ctypes.byref(stream), ctypes.byref(schema)) != 0:
        raise MemoryError()
    out: Dict[str, List[Any]] = {schema.children[i].contents.name.decode(): [] for i in range(schema.n_children)}
    try:
        while True:
            array = _Array()
            if stream.get_next(ctypes.byref(stream), ctypes.byref(array)) != 0:
                raise MemoryError()
            if not array.release:
                return out
            try:
                for i, cells in enumerate(out.values()):
                    cells.extend(_values(schema.children[i].contents, array.children[i].contents))
            finally:
                array.release(ctypes.byref(array))
    finally:
        schema.release(ctypes.byref(schema))
