// Rows that go the quick way against the same rows cell by cell: whole files of chance, whose values, states, texts, codes, histories and reports
// must be the same.
#include <doctest/doctest.h>

#include <random>

#include "record/usual_rows.h"
#include "unit/record/support.h"

namespace writ::record::test {

using namespace std::string_literals;

namespace {

struct Chance {
  std::mt19937 random;
  unsigned below(unsigned n) { return static_cast<unsigned>(random() % n); }
  bool one_in(unsigned n) { return below(n) == 0; }
  template <class T>
  T pick(std::initializer_list<T> from) {
    return *(from.begin() + below(static_cast<unsigned>(from.size())));
  }
};

Field random_field(Chance& chance, size_t number) {
  Field field;
  field.name = "f" + std::to_string(number);
  field.kind = chance.pick({FieldKind::boolean, FieldKind::number, FieldKind::number, FieldKind::money, FieldKind::date, FieldKind::time, FieldKind::instant,
                            FieldKind::instant, FieldKind::duration, FieldKind::enumeration, FieldKind::text});
  field.scale = chance.pick({0, 0, 1, 2, 4, 6, 9});
  field.percent = field.kind == FieldKind::number && chance.one_in(4);
  if (field.kind == FieldKind::money) field.currency = "GBP";
  if (field.kind == FieldKind::enumeration) field.members = {"P1", "P2", "", "a_member_with_a_long_name", "mid"};
  field.compared = chance.one_in(2);
  field.absence = chance.pick({value::State::given, value::State::given, value::State::not_yet, value::State::none});
  field.may_be_unknown = chance.one_in(4);
  if ((field.kind == FieldKind::number || field.kind == FieldKind::money) && chance.one_in(3)) {
    field.has_range = true;
    field.low = -5;
    field.high = chance.pick<value::i128>({1000, 1'000'000, value::i128{INT64_MAX} * 4});
    if (chance.one_in(8)) field.low = value::i128{INT64_MAX} + 1;
  }
  return field;
}

FieldSource random_source(Chance& chance, const Field& field, uint32_t columns) {
  FieldSource source;
  source.columns = {"c" + std::to_string(chance.below(columns))};
  if (chance.one_in(6)) source.columns.push_back("c" + std::to_string(chance.below(columns)));
  source.zone = chance.below(2);
  if (chance.one_in(4)) source.absences.push_back({chance.pick({"-", "n/a", "0", "9999-12-31", "2026-03-02T11:00:00Z"}), value::State::none});
  if (chance.one_in(6)) source.absences.push_back({"?", value::State::unknown});
  if (chance.one_in(8) && field.kind != FieldKind::text) source.codes = {{"1", 1, ""}, {"one", 1, ""}, {"two", 2, ""}, {"", 3, ""}};
  if (chance.one_in(8) && field.kind == FieldKind::text) source.codes = {{"1", 0, "first"}, {"t", 0, "second"}};
  if (chance.one_in(8) && field.kind == FieldKind::instant) set_form(source, field, "d/M/yyyy HH:mm");
  if (chance.one_in(8) && field.kind == FieldKind::duration) set_form(source, field, "minutes");
  if (chance.one_in(10)) {
    source = {};
    source.is_constant = true;
    source.constant = 7;
    source.constant_text = "constant";
  }
  return source;
}

std::string random_cell(Chance& chance) {
  const auto number = [&](unsigned n) { return std::to_string(chance.below(n)); };
  std::string out;
  switch (chance.below(16)) {
    case 0: return "";
    case 1: return chance.pick({"true", "false", "yes", "P1", "P2", "mid", "a_member_with_a_long_name", "one", "two"});
    case 2: return chance.pick({"-", "n/a", "?", "0", "9999-12-31", "2026-03-02T11:00:00Z", "1"});
    case 3:
    case 4: return number(3000);
    case 5: return number(100) + "." + number(10) + number(10);
    case 6: return "-" + number(5000) + "." + number(10);
    case 7: return number(100) + "%";
    case 8: return "2026-0" + number(10) + "-" + number(4) + number(10);
    case 9: return "2026-03-0" + number(10) + "T1" + number(10) + ":00:" + number(7) + "0" + (chance.one_in(2) ? "Z" : "");
    case 10: return "2026-03-02 0" + number(10) + ":30";
    case 11: return chance.pick({"09:00", "PT2H", "PT90M", "2/3/2026 11:00", "GBP 1,250.00", "2026-03-02T11:00+01:00"});
    case 12: return number(10) + number(1'000'000'000) + number(1'000'000'000);
    case 13: return "T" + number(40);
    case 14: return chance.pick({"M\xC3\xBCnchen", "\xFF\xFE", "a text that is rather long, with a comma", "say \"so\"", "two\nlines", "a\rb"});
    case 15: out = std::string(chance.below(300), 'w'); break;
  }
  return out;
}

std::string written(Chance& chance, const std::string& cell) {
  const bool must = cell.find_first_of(",\"\n\r") != std::string::npos;
  if (!(must || chance.one_in(8)) || chance.one_in(60)) return cell;
  std::string out = "\"";
  for (char c : cell) {
    out += c;
    if (c == '"') out += c;
  }
  return out + (chance.one_in(60) ? "\"x" : "\"");
}

std::string random_file(Chance& chance, uint32_t columns, uint32_t rows) {
  // Each column mostly holds cells of one kind, so that some rows are good as a whole.
  std::vector<std::vector<std::string>> usual(columns);
  for (auto& cells : usual) {
    for (uint32_t i = 0; i < 3; ++i) cells.push_back(random_cell(chance));
  }
  std::string out = chance.one_in(4) ? "\xEF\xBB\xBF" : "";
  for (uint32_t i = 0; i < columns; ++i) out += (i == 0 ? "c" : ",c") + std::to_string(i);
  const std::string end = chance.one_in(3) ? "\r\n" : "\n";
  out += end;
  for (uint32_t row = 0; row < rows; ++row) {
    for (uint32_t i = 0; i < columns; ++i) {
      const bool other = chance.one_in(8 * columns);
      out += (i == 0 ? "" : ",") + written(chance, other ? random_cell(chance) : usual[i][chance.below(3)]);
    }
    if (chance.one_in(50)) out += ",too many";
    if (chance.one_in(60)) out += '\0';
    if (row + 1 < rows || chance.one_in(2)) out += chance.one_in(20) ? "\n\n" : end;
  }
  return out;
}

struct Given {
  RecordInput input;
  std::string file;
};

Given random_given(unsigned seed) {
  Chance chance{std::mt19937(seed)};
  Given out;
  RecordSchema& schema = out.input.schema;
  schema.name = "Ticket";
  const uint32_t columns = 1 + chance.below(8);
  const size_t fields = 1 + chance.below(6);
  for (size_t i = 0; i < fields; ++i) schema.fields.push_back(random_field(chance, i));
  if (chance.one_in(2)) schema.key = chance.below(static_cast<unsigned>(fields));
  if (chance.one_in(4)) {
    auto keys = std::make_shared<Texts>();
    for (const char* key : {"T1", "T2", "T3", "0", "P1"}) number_of(*keys, key);
    out.input.agreements = keys;
    Field& whose = schema.fields.emplace_back();
    whose.name = "whose";
    whose.kind = FieldKind::text;
  }
  for (const Field& field : schema.fields) out.input.mapping.fields.push_back(random_source(chance, field, columns));
  if (out.input.agreements) {
    out.input.mapping.fields.back() = {};
    out.input.mapping.fields.back().columns = {"c0"};
  }
  if (schema.key) {
    out.input.mapping.repeats = chance.pick({Repeats::refused, Repeats::first_decides, Repeats::last_decides});
    FieldSource& of_key = out.input.mapping.fields[*schema.key];
    if (of_key.is_constant) of_key = default_mapping(schema).fields[*schema.key], of_key.columns = {"c0"};
    if (chance.one_in(3)) {
      schema.history = {schema.fields[*schema.key]};
      schema.history[0].kind = FieldKind::instant;
      schema.history[0].name = "at";
      out.input.history_mapping.fields = {random_source(chance, schema.history[0], columns)};
      out.input.history_mapping.parent_key = of_key;
      out.input.history_mapping.fields[0].is_constant = false;
      out.input.history_mapping.fields[0].columns = {"c" + std::to_string(columns - 1)};
      out.input.history_files = {0};
    }
  }
  out.input.files = {0};
  const uint32_t rows = chance.one_in(6) ? 3'000 : chance.below(60);
  out.file = random_file(chance, columns, rows);
  return out;
}

Run run_over(const Given& given, const ReadOptions& options) {
  Run out;
  out.facts.zones = {london(), value::utc_zone()};
  out.facts.report.files = {"facts.csv"};
  out.facts.files.push_back(file_of(given.file));
  std::unique_ptr<Prepared> prepared = prepare(out.facts, given.input);
  if (!prepared) return out;
  out.read = read_batches(out.facts, given.input, *prepared, options, [&](Batch&& batch) {
    out.batches.push_back(std::move(batch));
    return true;
  });
  return out;
}

std::string told(const Report& report, const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += place_of(report, f) + ": " + message_of(f) + " [" + std::to_string(f.agreement) + "," + std::to_string(f.record);
    for (const std::string& name : f.candidates) out += "," + name;
    out += "]\n";
  }
  return out;
}

void check_same(const Run& quick, const Run& slow) {
  REQUIRE(quick.read == slow.read);
  const Report &a = quick.facts.report, &b = slow.facts.report;
  REQUIRE(told(a, a.set_aside) == told(b, b.set_aside));
  REQUIRE(told(a, a.failures) == told(b, b.failures));
  REQUIRE(told(a, a.notes) == told(b, b.notes));
  const auto same = [](const RowCounts& x, const RowCounts& y) {
    return x.read == y.read && x.kept == y.kept && x.set_aside == y.set_aside && x.superseded == y.superseded;
  };
  REQUIRE(std::equal(a.records.begin(), a.records.end(), b.records.begin(), b.records.end(), same));
  for (size_t i = 0; i < a.of_agreements.size(); ++i) {
    REQUIRE(std::equal(a.of_agreements[i].begin(), a.of_agreements[i].end(), b.of_agreements[i].begin(), b.of_agreements[i].end(), same));
  }
  REQUIRE(a.orphans == b.orphans);
  REQUIRE(quick.facts.texts.bytes == slow.facts.texts.bytes);
  REQUIRE(quick.facts.texts.ends == slow.facts.texts.ends);
  REQUIRE(quick.batches.size() == slow.batches.size());
  for (size_t k = 0; k < quick.batches.size(); ++k) {
    const Batch &x = quick.batches[k], &y = slow.batches[k];
    REQUIRE(x.rows == y.rows);
    REQUIRE(x.first_row == y.first_row);
    for (size_t i = 0; i < x.columns.size(); ++i) {
      REQUIRE(x.columns[i].values == y.columns[i].values);
      REQUIRE(x.columns[i].states == y.columns[i].states);
      REQUIRE(x.columns[i].texts == y.columns[i].texts);
    }
    REQUIRE(x.history.offsets == y.history.offsets);
    REQUIRE(std::equal(x.origins.begin(), x.origins.end(), y.origins.begin(), y.origins.end(),
                       [](const Origin& p, const Origin& q) { return p.file == q.file && p.line == q.line; }));
  }
}

}  // namespace

TEST_CASE("files of chance are read alike, row by row and cell by cell") {
  uint64_t kept = 0, set_aside = 0;
  for (unsigned seed = 1; seed <= 3'000; ++seed) {
    const Given given = random_given(seed);
    CAPTURE(seed);
    const Run quick = run_over(given, {seed % 3 == 0 ? 16'384u : seed % 7 + 1, seed % 2 == 0, false});
    check_same(quick, run_over(given, {seed % 3 == 0 ? 16'384u : seed % 7 + 1, seed % 2 == 0, true}));
    if (!quick.read) continue;
    kept += quick.facts.report.records[0].kept;
    set_aside += quick.facts.report.records[0].set_aside;
  }
  // Both happen.
  CHECK(kept > 20'000);
  CHECK(set_aside > 20'000);
}

TEST_CASE("an absence may be spelled like a value, however long it is") {
  RecordInput input = input_of(ticket_schema());
  input.mapping.fields[3].absences.push_back({"9999-12-31T00:00:00Z", value::State::not_yet});
  std::vector<FactFile> files;
  files.push_back(file_of("id,severity,opened,resolved\nT1,P1,2026-03-02T11:00:00Z,9999-12-31T00:00:00Z\n"));
  const Run r = run(input, std::move(files));
  REQUIRE(r.batches.size() == 1);
  CHECK(r.batches[0].columns[3].states == std::vector{value::State::not_yet});
  CHECK(r.batches[0].columns[3].values == std::vector<int64_t>{0});
}

TEST_CASE("the rows of a plain file are usual, quoted or not, whatever their line ends; others are not") {
  RecordSchema schema = ticket_schema();
  RowFields fields = make_row_fields(schema.fields, default_mapping(schema).fields);
  const std::vector<value::Zone> zones = {london()};
  const auto usual_rows = [&](const std::string& rows) {
    const FactFile file = file_of("id,severity,opened,resolved\n" + rows);
    std::unique_ptr<RowReader> reader = open_rows(file, fields.wanted, ',');
    UsualRows usual = make_usual_rows(fields, schema, *reader, ',');
    std::vector<Column> columns = make_columns(fields, schema.fields.size(), 4);
    aim_at(usual, columns);
    int count = 0;
    while (find_usual_row(usual, reader->ahead()) && read_usual_fields(usual, 0, usual.fields.size(), fields, zones, columns, 0, 4)) {
      reader->pass(usual.size, usual.line_ends);
      ++count;
    }
    return count;
  };
  CHECK(usual_rows("T1,P1,2026-03-02T11:00,2026-03-02T12:00\nT2,P2,2026-03-02T11:00:00Z,\n") == 2);
  CHECK(usual_rows("T1,P1,2026-03-02T11:00,2026-03-02T12:00\r\nT2,P2,2026-03-02T11:00:00Z,\r\n") == 2);
  CHECK(usual_rows("\"T1\",\"P1\",\"2026-03-02T11:00\",\"\"\r\n\"T,\n2\",P2,2026-03-02T11:00:00Z,\"\"\n") == 2);
  CHECK(usual_rows("T1,P1,2026-03-02T11:00:00.5,2026-03-02T12:00+01:00\n") == 1);  // two of its cells go the general way
  CHECK(usual_rows("T1,P1,2026-03-02T11:00,\nT2,P2,2026-03-02T11:00:00Z,") == 1);  // the last may go on
  CHECK(usual_rows("T1,P4,2026-03-02T11:00,\n") == 0);
  CHECK(usual_rows("T1,P1,2026-02-29T11:00,\n") == 0);
  CHECK(usual_rows("T1,P1,2026-03-02T11:00\n") == 0);
  CHECK(usual_rows("T1,P1,2026-03-02T11:00,,\n") == 0);
  CHECK(usual_rows("\"T\"\"1\",P1,2026-03-02T11:00,\n") == 0);
  CHECK(usual_rows("T\"1,P1,2026-03-02T11:00,\n") == 0);
  CHECK(usual_rows("\"T1\"x,P1,2026-03-02T11:00,\n") == 0);
  CHECK(usual_rows("T1,P1,2026-03-02T11:00,\r") == 0);
  CHECK(usual_rows("T\xFF,P1,2026-03-02T11:00,\n") == 0);
  CHECK(usual_rows("T1\0,P1,2026-03-02T11:00,\n"s) == 0);
}

}  // namespace writ::record::test
