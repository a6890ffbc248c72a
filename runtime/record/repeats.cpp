// Which of several rows with one key decides, where that is not known before the end of the files.
#include "record/passes.h"

namespace writ::record {

using value::i128;

namespace {

struct Best {
  i128 value = 0;
  bool readable = true;
  uint64_t rows = 0;
  std::string trouble;
};

std::string shown_place(const Facts& facts, const PassRow& row) { return "line " + std::to_string(row.text.line) + " of " + facts.files[row.file].name; }

// The number by which a row is compared. False: it has none.
struct Comparer {
  const RecordInput& input;
  RowFields fields;
  uint32_t key = 0;
  uint32_t by = nothing;         // a source of `fields`
  uint32_t by_column = nothing;  // or a plain column of numbers

  bool compares() const { return by != nothing || by_column != nothing; }
  bool value_of(const PassRow& row, const Facts& facts, i128& out) {
    if (by == nothing) {
      // Nine digits after the point: sequence numbers and versions have none.
      value::Parsed<i128> parsed = value::parse_decimal(row.text.cells[by_column], 9);
      out = parsed.value;
      return parsed.ok();
    }
    Cell cell;
    Finding trouble;
    if (!read_source(fields, by, *row.reader, row.text, facts.zones, cell, trouble) || cell.state != value::State::given) return false;
    out = cell.value;
    return true;
  }
};

}  // namespace

bool find_deciding_rows(Facts& facts, const RecordInput& input, Prepared& prepared) {
  const Mapping& mapping = input.mapping;
  Comparer comparer{input, {}};
  const Field& key_field = input.schema.fields[*input.schema.key];
  comparer.key = add_source(comparer.fields, key_field, mapping.fields[*input.schema.key]);
  if (mapping.repeats_by_field) {
    comparer.by = add_source(comparer.fields, input.schema.fields[*mapping.repeats_by_field], mapping.fields[*mapping.repeats_by_field]);
  } else if (!mapping.repeats_by.empty()) {
    comparer.by_column = want_column(comparer.fields, mapping.repeats_by, 1);
  }
  std::vector<Best> best;
  std::string storage;
  Cell key;
  Finding trouble;
  bool all = go_through(facts, input.files, comparer.fields.wanted, mapping.separator, input.record, false, [&](PassRow& row) {
    if (row.text.problem != Problem::none) return Go::on;
    if (!read_source(comparer.fields, comparer.key, *row.reader, row.text, facts.zones, key, trouble)) return Go::on;
    if (key.state != value::State::given) return Go::on;
    uint32_t number = number_of(prepared.keys, key_bytes(key_field, key, storage));
    if (number == prepared.decides.size()) {
      prepared.decides.push_back(row.ordinal);
      prepared.seen_at.push_back({row.file, row.text.line});
      if (comparer.compares()) best.emplace_back();
    }
    if (!comparer.compares()) {
      prepared.decides[number] = row.ordinal;
      prepared.seen_at[number] = {row.file, row.text.line};
      return Go::on;
    }
    Best& so_far = best[number];
    i128 value = 0;
    if (!comparer.value_of(row, facts, value) && so_far.trouble.empty()) {
      so_far.readable = false;
      so_far.trouble = "what orders " + shown_place(facts, row);
    }
    if (++so_far.rows == 1 || (so_far.readable && value >= so_far.value)) {
      so_far.value = value;
      prepared.decides[number] = row.ordinal;
      prepared.seen_at[number] = {row.file, row.text.line};
    }
    return Go::on;
  });
  // One row alone decides, whatever it holds; of several, one that cannot be compared might have been the one.
  for (uint32_t i = 0; i < best.size(); ++i) {
    if (!best[i].readable && best[i].rows > 1) prepared.undecided[i] = std::move(best[i].trouble);
  }
  return all;
}

}  // namespace writ::record
