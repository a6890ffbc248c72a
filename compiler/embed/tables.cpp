#include "embed/tables.h"

#include <algorithm>

#include "base/nearest.h"
#include "driver/facts_schema.h"
#include "driver/load_facts.h"
#include "record/row_fields.h"

namespace writ::embed {

namespace {

constexpr uint32_t piece_rows = 65'536;

bool fail(std::string& error, std::string why) {
  error = std::move(why);
  return false;
}

template <class T>
T take_over(T* from) {
  T taken = *from;
  from->release = nullptr;
  return taken;
}

struct HeldStream {
  ArrowArrayStream stream{};
  ~HeldStream() {
    if (stream.release != nullptr) stream.release(&stream);
  }
};

bool read_stream(ArrowArrayStream* from, HeldTable& out, std::string& error) {
  HeldStream held{take_over(from)};
  ArrowArrayStream& stream = held.stream;
  const auto failed = [&](int code) {
    const char* why = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
    return fail(error, "the table of " + out.name + " could not be read: " + (why != nullptr ? std::string(why) : "error " + std::to_string(code)));
  };
  if (stream.get_schema == nullptr || stream.get_next == nullptr) return fail(error, "the stream of " + out.name + " has no functions");
  if (const int code = stream.get_schema(&stream, &out.schema); code != 0) return failed(code);
  if (out.schema.release == nullptr) return fail(error, "the stream of " + out.name + " gave no schema");
  for (;;) {
    out.arrays.emplace_back();
    const int code = stream.get_next(&stream, &out.arrays.back());
    if (code != 0) {
      out.arrays.pop_back();
      return failed(code);
    }
    if (out.arrays.back().release != nullptr) continue;
    out.arrays.pop_back();
    return true;
  }
}

bool take_table(const writ_table& table, HeldTable& out, std::string& error) {
  const bool has_stream = table.stream != nullptr && table.stream->release != nullptr;
  const bool has_array = table.schema != nullptr && table.array != nullptr && table.schema->release != nullptr && table.array->release != nullptr;
  if (has_array) {
    out.schema = take_over(table.schema);
    out.arrays.push_back(take_over(table.array));
  }
  if (has_stream && has_array) return fail(error, "the table of " + out.name + " is both a stream and an array");
  if (has_stream) return read_stream(table.stream, out, error);
  return has_array || fail(error, "the table of " + out.name + " was released or is missing");
}

struct Loading {
  const ir::Agreement& agreement;
  LoadedTables& loaded;
  std::string& error;

  bool fail(const record::Finding& finding) {
    error = driver::describe(loaded.shared.report, finding);
    return false;
  }
};

// What a table is called where a file would have its name.
uint32_t add_name(Loading& loading, const std::string& name) {
  std::vector<std::string>& files = loading.loaded.shared.report.files;
  files.push_back("table " + name);
  return static_cast<uint32_t>(files.size() - 1);
}

bool open_tables(Loading& loading, const std::string& name, TableInput& input) {
  uint64_t line = 1;
  record::Finding failure;
  for (const auto& held : loading.loaded.held) {
    if (held->name != name) continue;
    line = 1;
    input.names = "table " + name;
    const uint32_t file = add_name(loading, name);
    failure.record = input.reader.record;
    failure.file = file;
    if (!arrow::has_columns(input.reader, &held->schema, failure)) return loading.fail(failure);
    for (const ArrowArray& array : held->arrays) {
      arrow::OpenTable& table = input.tables.emplace_back();
      table.file = file;
      table.first_line = line;
      if (!arrow::open_table(loading.loaded.shared, input.reader, &held->schema, &array, table, failure)) return loading.fail(failure);
      line += table.table.rows;
    }
  }
  return true;
}

bool open_history(Loading& loading, const std::string& name, TableInput& input) {
  std::vector<std::pair<const ArrowSchema*, const ArrowArray*>> arrays;
  const std::string of = "history of " + name;
  uint32_t file = record::nothing;
  for (const auto& held : loading.loaded.held) {
    if (held->name != of) continue;
    if (file == record::nothing) file = add_name(loading, of);
    for (const ArrowArray& array : held->arrays) arrays.emplace_back(&held->schema, &array);
  }
  if (file == record::nothing) return true;
  if (input.reader.schema.history.empty()) return fail(loading.error, "the record " + name + " has no history");
  if (!input.reader.schema.key) return fail(loading.error, "the record " + name + " has a history but no key, so that its rows cannot be brought together");
  input.history_names = "table " + of;
  record::Finding failure;
  return arrow::read_history_table(loading.loaded.shared, input.reader, arrays, file, failure) || loading.fail(failure);
}

void read_pieces(Loading& loading, TableInput& input) {
  for (uint32_t t = 0; t < input.tables.size(); ++t) {
    const uint64_t rows = input.tables[t].table.rows;
    for (uint64_t first = 0; first < rows; first += piece_rows) {
      Piece& piece = input.pieces.emplace_back();
      piece.table = t;
      piece.first = first;
      arrow::read_rows(loading.loaded.shared, input.reader, input.tables[t], first, static_cast<uint32_t>(std::min<uint64_t>(piece_rows, rows - first)),
                       piece.batch);
    }
  }
  arrow::report_orphans(loading.loaded.shared, input.reader);
}

void note_no_facts(Loading& loading, const TableInput& input) {
  record::Finding note;
  note.problem = record::Problem::no_facts;
  note.record = input.reader.record;
  note.text = input.reader.schema.name;
  loading.loaded.shared.report.notes.push_back(std::move(note));
}

bool load_record(Loading& loading, uint32_t index, record::RecordSchema schema) {
  LoadedTables& loaded = loading.loaded;
  const ir::Record& record = loading.agreement.records.items[index];
  record::RecordInput mapped;
  mapped.record = index;
  mapped.schema = schema;
  std::vector<record::Finding> failures;
  driver::set_mappings(loading.agreement, mapped, failures);
  if (!failures.empty()) return loading.fail(failures.front());
  TableInput input;
  input.reader = arrow::make_reader(loaded.shared, index, std::move(schema), std::move(mapped.mapping), std::move(mapped.history_mapping));
  record::Finding failure;
  if (!open_history(loading, record.name, input) || !open_tables(loading, record.name, input)) return false;
  if (!arrow::find_deciding_rows(loaded.shared, input.reader, input.tables, failure)) return loading.fail(failure);
  read_pieces(loading, input);
  if (!record.act) {
    if (input.names.empty()) note_no_facts(loading, input);
    loaded.inputs.push_back(std::move(input));
    return true;
  }
  for (Piece& piece : input.pieces) {
    driver::add_acts(arrow::to_batch(loaded.shared, input.tables[piece.table], piece.first, piece.batch),
                     driver::acts_of(loading.agreement, index, loaded.acts));
  }
  if (!input.names.empty()) loaded.act_inputs.push_back(std::move(input));
  return true;
}

bool names_known(Loading& loading) {
  std::vector<std::string> names;
  for (const ir::Record& record : loading.agreement.records) {
    names.push_back(record.name);
    if (record.history) names.push_back("history of " + record.name);
  }
  for (const auto& held : loading.loaded.held) {
    if (std::find(names.begin(), names.end(), held->name) != names.end()) continue;
    const std::string near = base::nearest(held->name, names);
    return fail(loading.error, "there is no record `" + held->name + "` to read facts for" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
  }
  return true;
}

}  // namespace

HeldTable::~HeldTable() {
  for (ArrowArray& array : arrays) {
    if (array.release != nullptr) array.release(&array);
  }
  if (schema.release != nullptr) schema.release(&schema);
}

bool take_tables(const writ_table* tables, size_t count, std::vector<std::unique_ptr<HeldTable>>& held, std::string& error) {
  bool all = true;
  for (size_t i = 0; i < count; ++i) {
    held.push_back(std::make_unique<HeldTable>());
    held.back()->name = tables[i].name == nullptr ? "" : tables[i].name;
    std::string why;
    // Whatever went wrong with one, the others are taken over, too: nobody else will release them.
    if (take_table(tables[i], *held.back(), why)) continue;
    if (all) error = why;
    all = false;
  }
  return all;
}

bool load_tables(const ir::Agreement& agreement, arrow::Naive naive, LoadedTables& loaded, std::string& error) {
  Loading loading{agreement, loaded, error};
  loaded.shared.zones = driver::fact_zones(agreement);
  loaded.shared.times = {naive, true};
  for (const std::string& text : agreement.texts) record::number_of(loaded.shared.texts, text);
  if (!names_known(loading)) return false;
  std::vector<record::RecordSchema> schemas = driver::fact_schemas(agreement);
  for (uint32_t i = 0; i < schemas.size(); ++i) {
    if (!load_record(loading, i, std::move(schemas[i]))) return false;
  }
  return true;
}

bool key_at(const arrow::Shared& shared, const TableInput& input, arrow::OpenTable& table, uint64_t row, std::string& key) {
  if (!input.reader.schema.key) return false;
  const uint32_t index = *input.reader.schema.key;
  const record::Field& field = input.reader.schema.fields[index];
  record::Cell cell;
  record::Finding trouble;
  if (!arrow::read_at(table.sources[index], shared.zones, row, cell, trouble) || cell.state != value::State::given) return false;
  std::string storage;
  key = record::shown_key(field, record::key_bytes(field, cell, storage));
  return true;
}

}  // namespace writ::embed
