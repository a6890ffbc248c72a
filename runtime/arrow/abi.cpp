// The C interface: arguments are checked here. No exception leaves a function.
#include <algorithm>
#include <new>

#include "arrow/out.h"
#include "arrow/reader.h"
#include "evaluate/abi.h"

using namespace writ::arrow;
namespace record = writ::record;

struct writ_arrow_reader {
  Shared shared;
  Reader reader;
  std::string reason;
};

struct writ_arrow_batch {
  OpenTable table;
  Batch batch;
  std::vector<writ_column> columns;
  writ_batch facts{};
};

namespace {

using writ::value::State;

template <class Body>
writ_status guarded(Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return WRIT_OUT_OF_MEMORY;
  }
}

bool read_kind(uint32_t kind, record::FieldKind& out) {
  switch (kind) {
    case WRIT_FIELD_BOOLEAN: out = record::FieldKind::boolean; return true;
    case WRIT_FIELD_NUMBER: out = record::FieldKind::number; return true;
    case WRIT_FIELD_MONEY: out = record::FieldKind::money; return true;
    case WRIT_FIELD_DATE: out = record::FieldKind::date; return true;
    case WRIT_FIELD_TIME: out = record::FieldKind::time; return true;
    case WRIT_FIELD_INSTANT: out = record::FieldKind::instant; return true;
    case WRIT_FIELD_DURATION: out = record::FieldKind::duration; return true;
    case WRIT_FIELD_ENUM: out = record::FieldKind::enumeration; return true;
    case WRIT_FIELD_TEXT: out = record::FieldKind::text; return true;
    default: return false;
  }
}

bool read_absence(uint32_t absence, record::Field& field) {
  switch (absence) {
    case WRIT_GIVEN: return true;
    case WRIT_NOT_YET: field.absence = State::not_yet; return true;
    case WRIT_NONE: field.absence = State::none; return true;
    case WRIT_UNKNOWN: field.may_be_unknown = true; return true;
    default: return false;
  }
}

bool read_texts(const char* const* texts, size_t count, std::vector<std::string>& out) {
  if (count > 0 && texts == nullptr) return false;
  for (size_t i = 0; i < count; ++i) {
    if (texts[i] == nullptr) return false;
    out.emplace_back(texts[i]);
  }
  return true;
}

bool read_field(const writ_arrow_field& from, record::Field& out) {
  if (from.size != sizeof(writ_arrow_field) || from.name == nullptr || from.scale > 18) return false;
  out.name = from.name;
  out.scale = static_cast<int>(from.scale);
  out.has_range = from.has_range != 0;
  out.low = from.low;
  out.high = from.high;
  out.compared = from.compared != 0;
  return read_kind(from.kind, out.kind) && read_absence(from.absence, out) && read_texts(from.members, from.member_count, out.members);
}

bool read_record(const writ_arrow_record& from, record::RecordSchema& out) {
  if (from.size != sizeof(writ_arrow_record) || (from.field_count > 0 && from.fields == nullptr)) return false;
  if (from.naive != WRIT_NAIVE_REFUSED && from.naive != WRIT_NAIVE_IS_UTC) return false;
  if (from.key < -1 || from.key >= static_cast<int64_t>(from.field_count)) return false;
  for (uint32_t i = 0; i < from.field_count; ++i) {
    if (!read_field(from.fields[i], out.fields.emplace_back())) return false;
  }
  if (from.key >= 0) out.key = static_cast<uint32_t>(from.key);
  return true;
}

// What the batch is for writ_update.
void show_facts(writ_arrow_batch& batch) {
  static constexpr int64_t nothing = 0;  // a column without rows still has an address
  for (const writ::evaluate::ColumnView& view : batch.batch.view.columns) {
    writ_column column{};
    column.size = sizeof column;
    column.width = view.width;
    column.values = view.values != nullptr ? view.values : &nothing;
    column.validity = view.validity;
    column.states = view.states;
    column.offset = view.offset;
    column.unit = view.unit;
    batch.columns.push_back(column);
  }
  batch.facts.size = sizeof batch.facts;
  batch.facts.record = batch.batch.view.record;
  batch.facts.rows = batch.batch.view.rows;
  batch.facts.first_row = batch.batch.view.first_row;
  batch.facts.column_count = static_cast<uint32_t>(batch.columns.size());
  batch.facts.columns = batch.columns.data();
}

int64_t integer_at(const void* integers, uint32_t width, uint32_t row) {
  switch (width) {
    case 1: return static_cast<const int8_t*>(integers)[row];
    case 2: return static_cast<const int16_t*>(integers)[row];
    case 4: return static_cast<const int32_t*>(integers)[row];
    default: return static_cast<const int64_t*>(integers)[row];
  }
}

bool make_result(const writ_arrow_result& result, OutTable& table) {
  const bool whole = result.size == sizeof result || result.size == offsetof(writ_arrow_result, reason_count);
  if (!whole || result.name == nullptr || result.output == nullptr || result.scale > 38) return false;
  const writ_output& output = *result.output;
  const bool width = output.width == 1 || output.width == 2 || output.width == 4 || output.width == 8;
  if (!writ::evaluate::is_output_size(output.size) || !width || output.values == nullptr || output.states == nullptr) return false;
  record::FieldKind kind{};
  std::vector<std::string> members;
  if (!read_kind(result.kind, kind) || !read_texts(result.members, result.member_count, members)) return false;
  OutColumn& values = table.columns.emplace_back();
  switch (kind) {
    case record::FieldKind::boolean: values = make_column(result.name, "b"); break;
    case record::FieldKind::number: values = make_column(result.name, result.scale == 0 ? "l" : decimal_format(static_cast<int>(result.scale))); break;
    case record::FieldKind::money: values = make_column(result.name, decimal_format(static_cast<int>(result.scale))); break;
    case record::FieldKind::date: values = make_column(result.name, "tdD"); break;
    case record::FieldKind::time: values = make_column(result.name, "tts"); break;
    case record::FieldKind::instant: values = make_column(result.name, timestamp_format("UTC")); break;
    case record::FieldKind::duration: values = make_column(result.name, "tDu"); break;
    case record::FieldKind::enumeration: values = make_dictionary(result.name, members); break;
    case record::FieldKind::text:
    case record::FieldKind::unreadable: return false;
  }
  return true;
}

// False for a code that has no member, or a number beyond its type.
bool add_result(OutColumn& column, int64_t number) {
  if (column.format == "b") {
    add_bit(column, number != 0);
  } else if (!column.dictionary.empty()) {
    if (number < 0 || number >= column.dictionary[0].rows) return false;
    add_number(column, static_cast<int32_t>(number));
  } else if (column.format[0] == 'd') {
    add_number(column, static_cast<__int128>(number));
  } else if (column.format == "tdD" || column.format == "tts") {
    const int64_t steps = column.format == "tts" ? number * 60 : number;
    if (steps < INT32_MIN || steps > INT32_MAX) return false;
    add_number(column, static_cast<int32_t>(steps));
  } else {
    add_number(column, number);
  }
  return true;
}

// "given", "not yet" ..: what a state is called, in the order of WRIT_GIVEN and the rest; the last is WRIT_NO_FIT.
std::vector<std::string> state_names() { return {"given", "not yet", "none", "cannot tell", "error", "does not fit"}; }

bool fill_result(const writ_output& output, uint32_t rows, OutColumn& values, OutColumn& states) {
  for (uint32_t row = 0; row < rows; ++row) {
    const uint8_t state = output.states[row];
    if (state > WRIT_FAULT && state != WRIT_NO_FIT) return false;
    add_number(states, static_cast<int32_t>(state == WRIT_NO_FIT ? 5 : state));
    if (state != WRIT_GIVEN)
      add_null(values);
    else if (!add_result(values, integer_at(output.values, output.width, row)))
      return false;
  }
  return true;
}

// The case that decided each row; null where none did.
bool add_reasons(const writ_arrow_result& result, uint32_t rows, OutTable& table) {
  const void* reasons = result.size == sizeof result ? writ::evaluate::reasons_of(*result.output) : nullptr;
  if (reasons == nullptr) return true;
  const uint32_t width = writ::evaluate::reason_width_of(*result.output);
  if (width != 1 && width != 2 && width != 4) return false;
  std::vector<std::string> names;
  if (!read_texts(result.reasons, result.reason_count, names)) return false;
  OutColumn column = make_dictionary(std::string(result.name) + " reason", names);
  for (uint32_t row = 0; row < rows; ++row) {
    const int64_t reason = integer_at(reasons, width, row);
    if (reason >= static_cast<int64_t>(names.size())) return false;
    if (reason < 0)
      add_null(column);
    else
      add_number(column, static_cast<int32_t>(reason));
  }
  table.columns.push_back(std::move(column));
  return true;
}

}  // namespace

writ_status writ_arrow_reader_new(const writ_arrow_record* from, writ_arrow_reader** out) {
  return guarded([&] {
    if (from == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    record::RecordSchema schema;
    std::vector<std::string> texts;
    if (!read_record(*from, schema) || !read_texts(from->texts, from->text_count, texts)) return WRIT_BAD_ARGUMENT;
    auto reader = std::make_unique<writ_arrow_reader>();
    reader->shared.times = {from->naive == WRIT_NAIVE_IS_UTC ? Naive::utc : Naive::refused, false};
    for (const std::string& text : texts) record::number_of(reader->shared.texts, text);
    reader->shared.report.files.emplace_back("the table");
    record::Mapping mapping = record::default_mapping(schema);
    reader->reader = make_reader(reader->shared, from->record, std::move(schema), std::move(mapping), {});
    *out = reader.release();
    return WRIT_OK;
  });
}

void writ_arrow_reader_free(writ_arrow_reader* reader) { delete reader; }

const char* writ_arrow_reason(const writ_arrow_reader* reader) { return reader == nullptr ? "" : reader->reason.c_str(); }

writ_status writ_arrow_read(writ_arrow_reader* reader, const ArrowSchema* schema, const ArrowArray* array, writ_arrow_batch** out) {
  return guarded([&] {
    if (reader == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    auto batch = std::make_unique<writ_arrow_batch>();
    batch->table.first_line = reader->reader.ordinal + 1;
    record::Finding failure;
    if (!open_table(reader->shared, reader->reader, schema, array, batch->table, failure)) {
      reader->reason = record::message_of(failure);
      return WRIT_NOT_THIS_ARRAY;
    }
    record::Report& report = reader->shared.report;
    report.set_aside.clear();
    report.records[reader->reader.record].set_aside = 0;
    read_rows(reader->shared, reader->reader, batch->table, 0, static_cast<uint32_t>(batch->table.table.rows), batch->batch);
    reader->reason.clear();
    if (!report.set_aside.empty()) {
      const record::Finding& first = report.set_aside.front();
      reader->reason = "row " + std::to_string(first.line) + ": " + record::message_of(first);
    }
    show_facts(*batch);
    *out = batch.release();
    return WRIT_OK;
  });
}

const writ_batch* writ_arrow_facts(const writ_arrow_batch* batch) { return batch == nullptr ? nullptr : &batch->facts; }

size_t writ_arrow_set_aside(const writ_arrow_batch* batch) { return batch == nullptr ? 0 : batch->batch.rows_read - batch->batch.kept.size(); }

uint32_t writ_arrow_row(const writ_arrow_batch* batch, uint32_t row) {
  return batch == nullptr || row >= batch->batch.kept.size() ? UINT32_MAX : batch->batch.kept[row];
}

void writ_arrow_batch_free(writ_arrow_batch* batch) { delete batch; }

writ_status writ_arrow_results(const writ_arrow_result* results, size_t count, uint32_t rows, ArrowSchema* schema, ArrowArray* array) {
  return guarded([&] {
    if ((count > 0 && results == nullptr) || schema == nullptr || array == nullptr) return WRIT_BAD_ARGUMENT;
    auto table = std::make_shared<OutTable>();
    table->rows = rows;
    for (size_t i = 0; i < count; ++i) {
      if (!make_result(results[i], *table)) return WRIT_BAD_ARGUMENT;
      table->columns.push_back(make_dictionary(std::string(results[i].name) + " state", state_names()));
      const size_t last = table->columns.size() - 1;
      if (!fill_result(*results[i].output, rows, table->columns[last - 1], table->columns[last])) return WRIT_BAD_ARGUMENT;
      if (!add_reasons(results[i], rows, *table)) return WRIT_BAD_ARGUMENT;
    }
    ArrowSchema made{};
    export_schema(*table, &made);
    try {
      export_array(table, array);
    } catch (const std::bad_alloc&) {
      made.release(&made);
      throw;
    }
    *schema = made;
    return WRIT_OK;
  });
}
