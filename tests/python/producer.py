"""Arrow arrays from nothing but ctypes: what any program in any language could hand over, right or forged."""

import ctypes
import struct

from writ import _arrow

Schema, Array = _arrow._Schema, _arrow._Array

_new = ctypes.pythonapi.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]

released = []
_keep = []  # everything that was handed out, until the process ends


@ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))
def _release_schema(schema):
    schema.contents.release = ctypes.cast(None, type(_release_schema))
    released.append("schema")


@ctypes.CFUNCTYPE(None, ctypes.POINTER(Array))
def _release_array(array):
    array.contents.release = ctypes.cast(None, type(_release_array))
    released.append("array")


def _buffer(data):
    if data is None:
        return None
    raw = ctypes.create_string_buffer(data, max(len(data), 1))
    _keep.append(raw)
    return ctypes.addressof(raw)


def bits(values):
    out = bytearray((len(values) + 7) // 8)
    for i, value in enumerate(values):
        out[i // 8] |= bool(value) << (i % 8)
    return bytes(out)


def node(form, name, rows, buffers, children=(), dictionary=None, nulls=0):
    """(schema, array) of one column."""
    schema, array = Schema(), Array()
    schema.format, schema.name, schema.flags = form.encode(), name.encode(), 2
    schema.n_children = array.n_children = len(children)
    if children:
        schema.children = (ctypes.POINTER(Schema) * len(children))(*(ctypes.pointer(s) for s, _ in children))
        array.children = (ctypes.POINTER(Array) * len(children))(*(ctypes.pointer(a) for _, a in children))
    if dictionary:
        schema.dictionary, array.dictionary = ctypes.pointer(dictionary[0]), ctypes.pointer(dictionary[1])
    array.length, array.null_count, array.offset, array.n_buffers = rows, nulls, 0, len(buffers)
    array.buffers = (ctypes.c_void_p * max(len(buffers), 1))(*(_buffer(b) for b in buffers))
    schema.release, array.release = _release_schema, _release_array
    _keep.append((schema, array, children, dictionary))
    return schema, array


def integers(name, values, form="l", code="q"):
    validity = None if None not in values else bits([v is not None for v in values])
    data = struct.pack(f"<{len(values)}{code}", *(v or 0 for v in values))
    return node(form, name, len(values), [validity, data], nulls=values.count(None))


def texts(name, values):
    validity = None if None not in values else bits([v is not None for v in values])
    raw = [(v or "").encode() for v in values]
    offsets, at = [0], 0
    for piece in raw:
        at += len(piece)
        offsets.append(at)
    return node("u", name, len(values), [validity, struct.pack(f"<{len(offsets)}i", *offsets), b"".join(raw)], nulls=values.count(None))


def coded(name, indices, members):
    return node("i", name, len(indices), [None, struct.pack(f"<{len(indices)}i", *indices)], dictionary=texts("", members))


class Table:
    """A record batch with the PyCapsule interface."""

    def __init__(self, rows, *columns):
        self.schema, self.array = node("+s", "", rows, [None], children=columns)

    def __arrow_c_array__(self, requested_schema=None):
        return (_new(ctypes.addressof(self.schema), b"arrow_schema", None), _new(ctypes.addressof(self.array), b"arrow_array", None))
