// The extension module under the package: capsules, texts and tables of the C interface, and nothing that knows agreements. Built once for every
// Python from 3.9 on (the limited API). The interpreter's lock is not held while the compiler or an evaluator works.
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include <Python.h>
#include <writ/agreement.h>

#include <memory>
#include <string>
#include <vector>

#include "arrow/out.h"

namespace {

constexpr const char* agreement_name = "writ.agreement";
constexpr const char* outcome_name = "writ.outcome";

// --- What is owned ----------------------------------------------------------------------------------------------------

struct Unreference {
  void operator()(PyObject* object) const { Py_DECREF(object); }
};
using Object = std::unique_ptr<PyObject, Unreference>;

struct FreeText {
  void operator()(char* text) const { writ_text_free(text); }
};
using Text = std::unique_ptr<char, FreeText>;

void free_agreement(PyObject* capsule) { writ_agreement_free(static_cast<writ_agreement*>(PyCapsule_GetPointer(capsule, agreement_name))); }
void free_outcome(PyObject* capsule) { writ_outcome_free(static_cast<writ_outcome*>(PyCapsule_GetPointer(capsule, outcome_name))); }

void free_stream(PyObject* capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

// (status, what it came to). Memory and wrong calls are exceptions; the rest is told by the package.
PyObject* result_of(writ_status status, PyObject* value) {
  Object held(value);
  if (status == WRIT_OUT_OF_MEMORY) return PyErr_NoMemory();
  if (status == WRIT_BAD_ARGUMENT) {
    PyErr_SetString(PyExc_ValueError, "there is no such thing");
    return nullptr;
  }
  if (value == nullptr) return nullptr;
  return Py_BuildValue("(iO)", static_cast<int>(status), value);
}

PyObject* text_or_none(const char* text) {
  if (text != nullptr) return PyUnicode_DecodeUTF8(text, static_cast<Py_ssize_t>(std::char_traits<char>::length(text)), "replace");
  Py_INCREF(Py_None);
  return Py_None;
}

// --- Agreements -------------------------------------------------------------------------------------------------------

bool read_source(PyObject* arguments, writ_source& source) {
  source = {};
  source.size = sizeof source;
  return PyArg_ParseTuple(arguments, "zzz", &source.path, &source.text, &source.name) != 0;
}

PyObject* module_check(PyObject*, PyObject* arguments) {
  writ_source source;
  if (!read_source(arguments, source)) return nullptr;
  char* list = nullptr;
  writ_status status = WRIT_OK;
  Py_BEGIN_ALLOW_THREADS;
  status = writ_agreement_check(&source, &list);
  Py_END_ALLOW_THREADS;
  const Text held(list);
  return result_of(status, text_or_none(list));
}

// (status, (agreement or None, diagnostics))
PyObject* module_compile(PyObject*, PyObject* arguments) {
  writ_source source;
  if (!read_source(arguments, source)) return nullptr;
  char* list = nullptr;
  writ_agreement* agreement = nullptr;
  writ_status status = WRIT_OK;
  Py_BEGIN_ALLOW_THREADS;
  status = writ_agreement_new(&source, &agreement, &list);
  Py_END_ALLOW_THREADS;
  const Text held(list);
  Object capsule(agreement == nullptr ? text_or_none(nullptr) : PyCapsule_New(agreement, agreement_name, free_agreement));
  if (capsule == nullptr) {
    writ_agreement_free(agreement);
    return nullptr;
  }
  Object diagnostics(text_or_none(list));
  if (diagnostics == nullptr) return nullptr;
  return result_of(status, Py_BuildValue("(OO)", capsule.get(), diagnostics.get()));
}

writ_agreement* agreement_of(PyObject* capsule) { return static_cast<writ_agreement*>(PyCapsule_GetPointer(capsule, agreement_name)); }

PyObject* module_describe(PyObject*, PyObject* capsule) {
  const writ_agreement* agreement = agreement_of(capsule);
  if (agreement == nullptr) return nullptr;
  char* json = nullptr;
  const writ_status status = writ_agreement_describe(agreement, &json);
  const Text held(json);
  return result_of(status, text_or_none(json));
}

// --- Tables in --------------------------------------------------------------------------------------------------------

struct Tables {
  std::vector<writ_table> tables;
  std::vector<std::string> names;
  std::vector<std::unique_ptr<ArrowArrayStream>> made;  // from columns of texts

  // What the evaluator has not taken over.
  ~Tables() {
    for (const auto& stream : made) {
      if (stream->release != nullptr) stream->release(stream.get());
    }
  }
};

bool read_text(PyObject* object, std::string& out) {
  Object bytes(PyUnicode_AsUTF8String(object));
  if (bytes == nullptr) return false;
  char* begin = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(bytes.get(), &begin, &size) != 0) return false;
  out.assign(begin, static_cast<size_t>(size));
  return true;
}

// [(name, [text or None, ...]), ...]: a table whose cells are texts, as those of a file.
bool read_columns(PyObject* list, writ::arrow::OutTable& table) {
  const Py_ssize_t count = PyList_Size(list);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* pair = PyList_GetItem(list, i);
    PyObject* cells = nullptr;
    PyObject* name = nullptr;
    if (!PyArg_ParseTuple(pair, "O!O!", &PyUnicode_Type, &name, &PyList_Type, &cells)) return false;
    std::string text;
    if (!read_text(name, text)) return false;
    writ::arrow::OutColumn column = writ::arrow::make_column(text, "U");
    const Py_ssize_t rows = PyList_Size(cells);
    for (Py_ssize_t row = 0; row < rows; ++row) {
      PyObject* cell = PyList_GetItem(cells, row);
      if (cell == Py_None) {
        writ::arrow::add_null(column);
        continue;
      }
      if (!read_text(cell, text)) return false;
      writ::arrow::add_text(column, text);
    }
    if (i > 0 && column.rows != table.rows) {
      PyErr_SetString(PyExc_ValueError, "the columns of a table have different numbers of rows");
      return false;
    }
    table.rows = column.rows;
    table.columns.push_back(std::move(column));
  }
  return count >= 0;
}

bool read_table(PyObject* object, writ_table& table, Tables& out) {
  if (PyTuple_Check(object)) {
    PyObject* schema = nullptr;
    PyObject* array = nullptr;
    if (!PyArg_ParseTuple(object, "OO", &schema, &array)) return false;
    table.schema = static_cast<ArrowSchema*>(PyCapsule_GetPointer(schema, "arrow_schema"));
    table.array = table.schema == nullptr ? nullptr : static_cast<ArrowArray*>(PyCapsule_GetPointer(array, "arrow_array"));
    return table.array != nullptr;
  }
  if (PyList_Check(object)) {
    auto columns = std::make_shared<writ::arrow::OutTable>();
    if (!read_columns(object, *columns)) return false;
    out.made.push_back(std::make_unique<ArrowArrayStream>());
    writ::arrow::export_stream(columns, {columns}, out.made.back().get());
    table.stream = out.made.back().get();
    return true;
  }
  table.stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(object, "arrow_array_stream"));
  return table.stream != nullptr;
}

// [(name, table), ...]
bool read_tables(PyObject* list, Tables& out) {
  const Py_ssize_t count = PyList_Size(list);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* name = nullptr;
    PyObject* object = nullptr;
    if (!PyArg_ParseTuple(PyList_GetItem(list, i), "O!O", &PyUnicode_Type, &name, &object)) return false;
    writ_table table{};
    table.size = sizeof table;
    if (!read_text(name, out.names.emplace_back()) || !read_table(object, table, out)) return false;
    out.tables.push_back(table);
  }
  for (size_t i = 0; i < out.tables.size(); ++i) out.tables[i].name = out.names[i].c_str();
  return count >= 0;
}

// --- Runs -------------------------------------------------------------------------------------------------------------

struct Options {
  writ_run_options options{};
  std::vector<std::string> settings;
  std::vector<const char*> setting_texts;
};

bool read_settings(PyObject* list, Options& out) {
  const Py_ssize_t count = PyList_Size(list);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (!read_text(PyList_GetItem(list, i), out.settings.emplace_back())) return false;
  }
  for (const std::string& setting : out.settings) out.setting_texts.push_back(setting.c_str());
  out.options.size = sizeof out.options;
  out.options.setting_count = out.settings.size();
  out.options.settings = out.setting_texts.data();
  return count >= 0;
}

// (agreement, as_of, settings, naive, engine, threads, records, tables) -> (status, outcome or the reason)
PyObject* module_run(PyObject*, PyObject* arguments) {
  PyObject* capsule = nullptr;
  PyObject* settings = nullptr;
  PyObject* list = nullptr;
  Options options;
  Tables tables;
  writ_run_options& o = options.options;
  if (!PyArg_ParseTuple(arguments, "OzO!IIIIO!", &capsule, &o.as_of, &PyList_Type, &settings, &o.naive, &o.engine, &o.threads, &o.records, &PyList_Type,
                        &list)) {
    return nullptr;
  }
  const writ_agreement* agreement = agreement_of(capsule);
  if (agreement == nullptr || !read_settings(settings, options) || !read_tables(list, tables)) return nullptr;
  writ_outcome* outcome = nullptr;
  char* error = nullptr;
  writ_status status = WRIT_OK;
  Py_BEGIN_ALLOW_THREADS;
  status = writ_agreement_run(agreement, &o, tables.tables.data(), tables.tables.size(), &outcome, &error);
  Py_END_ALLOW_THREADS;
  const Text held(error);
  if (outcome == nullptr) return result_of(status, text_or_none(error));
  PyObject* made = PyCapsule_New(outcome, outcome_name, free_outcome);
  if (made == nullptr) writ_outcome_free(outcome);
  return result_of(status, made);
}

// (agreement, as_of, settings, naive, tables, record, key, json) -> (status, text or the reason)
PyObject* module_why(PyObject*, PyObject* arguments) {
  PyObject* capsule = nullptr;
  PyObject* settings = nullptr;
  PyObject* list = nullptr;
  const char* record = nullptr;
  const char* key = nullptr;
  unsigned json = 0;
  Options options;
  Tables tables;
  writ_run_options& o = options.options;
  if (!PyArg_ParseTuple(arguments, "OzO!IO!zsI", &capsule, &o.as_of, &PyList_Type, &settings, &o.naive, &PyList_Type, &list, &record, &key, &json))
    return nullptr;
  const writ_agreement* agreement = agreement_of(capsule);
  if (agreement == nullptr || !read_settings(settings, options) || !read_tables(list, tables)) return nullptr;
  char* text = nullptr;
  char* error = nullptr;
  writ_status status = WRIT_OK;
  Py_BEGIN_ALLOW_THREADS;
  status = writ_agreement_why(agreement, &o, tables.tables.data(), tables.tables.size(), record, key, json, &text, &error);
  Py_END_ALLOW_THREADS;
  const Text held(text), held_error(error);
  return result_of(status, text_or_none(status == WRIT_OK ? text : error));
}

PyObject* module_statement(PyObject*, PyObject* arguments) {
  PyObject* capsule = nullptr;
  unsigned form = 0;
  if (!PyArg_ParseTuple(arguments, "OI", &capsule, &form)) return nullptr;
  const auto* outcome = static_cast<writ_outcome*>(PyCapsule_GetPointer(capsule, outcome_name));
  if (outcome == nullptr) return nullptr;
  char* text = nullptr;
  const writ_status status = writ_outcome_statement(outcome, form, &text);
  const Text held(text);
  return result_of(status, text_or_none(text));
}

// (outcome, which, name) -> (status, stream)
PyObject* module_table(PyObject*, PyObject* arguments) {
  PyObject* capsule = nullptr;
  unsigned which = 0;
  const char* name = nullptr;
  if (!PyArg_ParseTuple(arguments, "OIz", &capsule, &which, &name)) return nullptr;
  const auto* outcome = static_cast<writ_outcome*>(PyCapsule_GetPointer(capsule, outcome_name));
  if (outcome == nullptr) return nullptr;
  auto stream = std::make_unique<ArrowArrayStream>();
  const writ_status status = writ_outcome_table(outcome, which, name, stream.get());
  if (status != WRIT_OK) return result_of(status, nullptr);
  PyObject* made = PyCapsule_New(stream.get(), "arrow_array_stream", free_stream);
  if (made == nullptr)
    stream->release(stream.get());
  else
    stream.release();
  return result_of(status, made);
}

// No C++ exception crosses into Python: what may be thrown here is a lack of memory.
template <PyObject* (*function)(PyObject*, PyObject*)>
PyObject* guarded(PyObject* self, PyObject* arguments) {
  try {
    return function(self, arguments);
  } catch (const std::bad_alloc&) {
    return PyErr_NoMemory();
  }
}

PyMethodDef methods[] = {{"check", guarded<module_check>, METH_VARARGS, nullptr}, {"compile", guarded<module_compile>, METH_VARARGS, nullptr},
                         {"describe", guarded<module_describe>, METH_O, nullptr}, {"run", guarded<module_run>, METH_VARARGS, nullptr},
                         {"why", guarded<module_why>, METH_VARARGS, nullptr},     {"statement", guarded<module_statement>, METH_VARARGS, nullptr},
                         {"table", guarded<module_table>, METH_VARARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_writ", nullptr, 0, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

PyMODINIT_FUNC PyInit__writ(void) { return PyModuleDef_Init(&definition); }
