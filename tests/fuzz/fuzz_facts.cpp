// Any bytes as files of facts. The first byte chooses how they are read; the rest is the file. Nothing may crash, every row must be accounted
// for, and neither the size of the batches, nor a second pass, nor reading cell by cell may change anything.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "record/read_batches.h"

namespace {

using namespace writ;
using namespace writ::record;

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

// One descriptor for all inputs: opening a file for each would be most of the time.
int scratch_file() {
  static const int number = [] {
    char name[] = "/tmp/writ-fuzz-XXXXXX";
    int made = mkstemp(name);
    unlink(name);
    return made;
  }();
  return number;
}

FactFile file_of(const uint8_t* data, size_t size, FileFormat format) {
  int number = scratch_file();
  must(ftruncate(number, 0) == 0 && pwrite(number, data, size, 0) == static_cast<ssize_t>(size), "the file can be written");
  FactFile file;
  file.name = "facts";
  file.format = format;
  file.descriptor = Descriptor(dup(number));
  file.spooled = true;
  file.size = size;
  return file;
}

RecordInput input_of(uint8_t how) {
  RecordInput input;
  RecordSchema& schema = input.schema;
  schema.name = "Ticket";
  auto add = [](std::vector<Field>& fields, const char* name, FieldKind kind) -> Field& {
    Field& field = fields.emplace_back();
    field.name = name;
    field.kind = kind;
    return field;
  };
  add(schema.fields, "id", (how & 4) ? FieldKind::number : FieldKind::text);
  add(schema.fields, "severity", FieldKind::enumeration).members = {"P1", "P2"};
  add(schema.fields, "opened", FieldKind::instant);
  Field& resolved = add(schema.fields, "resolved", FieldKind::instant);
  resolved.absence = value::State::not_yet;
  Field& fee = add(schema.fields, "fee", FieldKind::money);
  fee.scale = 2;
  fee.currency = "GBP";
  fee.may_be_unknown = true;
  Field& place = add(schema.fields, "place", FieldKind::text);
  place.compared = true;
  place.absence = value::State::none;
  schema.key = 0;
  input.files = {0};
  if (how & 8) {
    add(schema.history, "opened", FieldKind::instant);
    add(schema.history, "severity", FieldKind::enumeration).members = {"P1", "P2"};
    input.history_files = {0};
    if (how & 16) schema.history_order_by = 1;
  }
  input.mapping = default_mapping(schema);
  input.history_mapping = default_history_mapping(schema);
  input.mapping.repeats = static_cast<Repeats>((how >> 5) % 3);
  if (how & 128) input.mapping.repeats_by = "severity";
  if (how & 64) set_form(input.mapping.fields[2], schema.fields[2], "d/M/yyyy HH:mm");
  return input;
}

struct Seen {
  uint64_t rows = 0, sum = 0;
};

void check_batch(const Batch& batch, const RecordInput& input, uint64_t first_row) {
  must(batch.rows > 0 && batch.first_row == first_row, "ordinals follow each other");
  must(batch.columns.size() == input.schema.fields.size() && batch.origins.size() == batch.rows, "every field has a column");
  for (const Column& column : batch.columns) {
    must(column.values.size() == batch.rows, "a value a row");
    must(column.states.empty() || column.states.size() == batch.rows, "a state a row");
    for (size_t i = 0; i < column.states.size(); ++i) {
      must(column.states[i] != value::State::fault, "no column holds a fault");
      must(column.states[i] == value::State::given || column.values[i] == 0, "what is absent is zero");
    }
  }
  if (input.schema.history.empty()) return;
  const HistoryRows& history = batch.history;
  must(history.offsets.size() == batch.rows + 1 && history.tied.size() == batch.rows, "a history a row");
  for (uint32_t row = 0; row < batch.rows; ++row) {
    must(history.offsets[row] <= history.offsets[row + 1], "offsets rise");
    for (uint32_t i = history.offsets[row] + 1; i < history.offsets[row + 1]; ++i) {
      must(history.columns[0].values[i - 1] <= history.columns[0].values[i], "histories are in the order of time");
    }
  }
}

Seen read(Facts& facts, const RecordInput& input, Prepared& prepared, const ReadOptions& options) {
  Seen seen;
  read_batches(facts, input, prepared, options, [&](Batch&& batch) {
    check_batch(batch, input, seen.rows);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      for (size_t i = 0; i < batch.columns.size(); ++i) {
        seen.sum = seen.sum * 1'000'003 + static_cast<uint64_t>(batch.columns[i].values[row]);
        if (!batch.columns[i].states.empty()) seen.sum += static_cast<uint64_t>(batch.columns[i].states[row]);
      }
    }
    seen.rows += batch.rows;
    return true;
  });
  return seen;
}

Facts facts_of(const uint8_t* data, size_t size, uint8_t how) {
  Facts facts;
  facts.zones = {value::utc_zone()};
  facts.report.files = {"facts"};
  facts.files.push_back(file_of(data, size, (how & 1) ? FileFormat::json_lines : FileFormat::csv));
  return facts;
}

// Every row the general way gives the same rows and the same reasons.
void compare_with_cells(const Facts& facts, const RecordInput& input, const uint8_t* data, size_t size, uint8_t how, const Seen& seen) {
  Facts again = facts_of(data, size, how);
  std::unique_ptr<Prepared> prepared = prepare(again, input);
  must(prepared != nullptr, "what could be prepared can be prepared");
  const Seen slow = read(again, input, *prepared, {16'384, false, true});
  must(slow.rows == seen.rows && slow.sum == seen.sum, "cell by cell gives the same rows");
  must(again.texts.bytes == facts.texts.bytes, "cell by cell gives the same codes");
  must(again.report.set_aside.size() == facts.report.set_aside.size(), "cell by cell sets the same rows aside");
  for (size_t i = 0; i < again.report.set_aside.size(); ++i) {
    const Finding &a = again.report.set_aside[i], &b = facts.report.set_aside[i];
    must(message_of(a) == message_of(b) && place_of(again.report, a) == place_of(facts.report, b), "cell by cell gives the same reasons");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  uint8_t how = data[0];
  Facts facts = facts_of(data + 1, size - 1, how);
  RecordInput input = input_of(how);
  if (how & 2) input.mapping.separator = input.history_mapping.separator = ';';
  std::unique_ptr<Prepared> prepared = prepare(facts, input);
  if (prepared) {
    Seen first = read(facts, input, *prepared, {});
    const RowCounts counts = facts.report.records[0];
    if (facts.report.failures.empty()) {
      must(counts.read == counts.kept + counts.set_aside + counts.superseded, "every row is accounted for");
      must(counts.kept == first.rows, "what is kept is handed out");
      const RowCounts& history = facts.report.histories[0];
      must(history.read == history.kept + history.set_aside, "every history row is accounted for");
    }
    for (uint32_t batch_rows : {1u, 3u}) {
      Seen again = read(facts, input, *prepared, {batch_rows, false, false});
      must(!facts.report.failures.empty() || (again.rows == first.rows && again.sum == first.sum), "a second pass sees the same");
    }
    must(facts.report.records[0].read == counts.read, "rows are counted once");
    compare_with_cells(facts, input, data + 1, size - 1, how, first);
  }
  for (const Finding& finding : facts.report.set_aside) must(!message_of(finding).empty() && !place_of(facts.report, finding).empty(), "a reason for each row");
  for (const Finding& finding : facts.report.failures) must(!message_of(finding).empty(), "a reason for each failure");
  return 0;
}
