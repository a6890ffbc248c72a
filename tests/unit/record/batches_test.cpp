// From files to batches: what is kept, what is set aside and why, and that nothing depends on how rows are cut into batches.
#include <doctest/doctest.h>

#include "unit/record/support.h"

namespace writ::record::test {

namespace {

const char* tickets =
    "id,severity,opened,resolved\n"
    "T1,P1,2026-03-02T11:00,2026-03-02T12:00\n"
    "T2,P9,2026-03-02T11:00,\n"
    "T3,P2,2026-03-02T11:00,\n"
    "T4,P2,yesterday,\n"
    "T5,P2,2026-03-02T11:00\n"
    "T6,P3,2026-03-02T11:00Z,\n";

std::vector<std::string> keys(const Run& run) {
  std::vector<std::string> out;
  for (const Batch& batch : run.batches) out.insert(out.end(), batch.columns[0].texts.begin(), batch.columns[0].texts.end());
  return out;
}

void check_equal(const Batch& a, const Batch& b) {
  REQUIRE(a.rows == b.rows);
  for (size_t i = 0; i < a.columns.size(); ++i) {
    REQUIRE(a.columns[i].values == b.columns[i].values);
    REQUIRE(a.columns[i].states == b.columns[i].states);
    REQUIRE(a.columns[i].texts == b.columns[i].texts);
  }
  REQUIRE(a.history.offsets == b.history.offsets);
  REQUIRE(a.history.tied == b.history.tied);
  for (size_t i = 0; i < a.history.columns.size(); ++i) REQUIRE(a.history.columns[i].values == b.history.columns[i].values);
}

}  // namespace

TEST_CASE("good rows are kept, bad ones set aside with their place and reason") {
  Run r = [] {
    std::vector<FactFile> files;
    files.push_back(file_of(tickets, FileFormat::csv, "tickets.csv"));
    return run(input_of(ticket_schema()), std::move(files));
  }();
  REQUIRE(r.read);
  CHECK(keys(r) == std::vector<std::string>{"T1", "T3", "T6"});
  const RowCounts& counts = r.facts.report.records[0];
  CHECK(counts.read == 6);
  CHECK(counts.kept == 3);
  CHECK(counts.set_aside == 3);
  const std::vector<Finding>& aside = r.facts.report.set_aside;
  REQUIRE(aside.size() == 3);
  CHECK(place_of(r.facts.report, aside[0]) == "tickets.csv:3, column 2 (severity)");
  CHECK(message_of(aside[0]) == "`P9` is no severity: it must be one of `P1`, `P2` or `P3`");
  CHECK(place_of(r.facts.report, aside[1]) == "tickets.csv:5, column 3 (opened)");
  CHECK(aside[1].problem == Problem::not_an_instant);
  CHECK(place_of(r.facts.report, aside[2]) == "tickets.csv:6");
  CHECK(message_of(aside[2]) == "this row has 3 fields, the header has 4");

  const Batch& batch = r.batches[0];
  CHECK(batch.columns[1].values == std::vector<int64_t>{0, 1, 2});
  CHECK(batch.columns[3].states == std::vector{value::State::given, value::State::not_yet, value::State::not_yet});
  CHECK(batch.columns[3].values[1] == 0);
  CHECK(batch.columns[2].states.empty());
  CHECK(batch.origins[1].line == 4);
}

TEST_CASE("a row that fails late leaves nothing behind") {
  // The bad row marks `resolved` absent before its severity fails.
  RecordSchema schema = ticket_schema();
  std::swap(schema.fields[1], schema.fields[3]);
  std::vector<FactFile> files;
  files.push_back(file_of("id,resolved,opened,severity\nT1,,2026-03-02T11:00,P9\nT2,2026-03-02T12:00,2026-03-02T11:00,P1\n"));
  Run r = run(input_of(schema), std::move(files));
  REQUIRE(r.batches.size() == 1);
  CHECK(r.batches[0].rows == 1);
  CHECK(r.batches[0].columns[1].states.empty());
}

TEST_CASE("batches of every size hold the same rows, codes and ordinals, on every pass") {
  RecordSchema schema = ticket_schema();
  Field type;
  type.name = "type";
  type.kind = FieldKind::text;
  type.compared = true;
  schema.fields.push_back(type);
  Field at, status;
  at.name = "at";
  at.kind = FieldKind::instant;
  status.name = "status";
  status.kind = FieldKind::enumeration;
  status.members = {"working", "waiting"};
  schema.history = {at, status};
  std::string text = "id,severity,opened,resolved,type\n", events = "id,at,status\n";
  for (int i = 0; i < 1000; ++i) {
    std::string id = std::to_string(i), bad = i % 17 == 0 ? "x" : "";
    text += "T" + id + ",P" + std::to_string(1 + i % 3) + ",2026-03-02T11:0" + std::to_string(i % 10) + bad + "," + (i % 2 ? "2026-03-03T11:00" : "") +
            ",kind " + std::to_string(i % 7) + "\n";
    for (int k = 0; k < i % 4; ++k) events += "T" + id + ",2026-03-02T12:0" + std::to_string((k * 7) % 4) + "," + (k % 2 ? "working" : "waiting") + "\n";
  }
  auto read = [&](uint32_t batch_rows, int passes) {
    std::vector<FactFile> files;
    files.push_back(file_of(text));
    files.push_back(file_of(events));
    return run(input_of(schema, true), std::move(files), {batch_rows, false}, passes);
  };
  Run whole = read(16'384, 1);
  REQUIRE(whole.batches.size() == 1);
  CHECK(whole.facts.report.records[0].kept + whole.facts.report.records[0].set_aside == 1000);
  Batch expected = joined(whole.batches);
  for (uint32_t rows : {1u, 2u, 63u, 64u, 900u, 941u}) {
    for (int passes : {1, 3}) {
      CAPTURE(rows);
      Run cut = read(rows, passes);
      uint64_t next = 0;
      for (const Batch& batch : cut.batches) {
        CHECK(batch.first_row == next);
        CHECK(batch.rows <= rows);
        CHECK(batch.rows > 0);
        next += batch.rows;
      }
      check_equal(joined(cut.batches), expected);
      CHECK(cut.facts.report.records[0].set_aside == whole.facts.report.records[0].set_aside);
      CHECK(cut.facts.report.set_aside.size() == whole.facts.report.set_aside.size());
      CHECK(cut.facts.report.histories[0].read == whole.facts.report.histories[0].read);
    }
  }
  // row_alone takes a record out with its history.
  Batch alone = row_alone(whole.batches[0], 6);
  uint32_t begin = whole.batches[0].history.offsets[6], end = whole.batches[0].history.offsets[7];
  CHECK(alone.first_row == 6);
  CHECK(alone.history.offsets == std::vector<uint32_t>{0, end - begin});
  CHECK(alone.columns[0].texts[0] == whole.batches[0].columns[0].texts[6]);
}

TEST_CASE("equal texts have equal codes, and the agreement's own texts come first") {
  RecordSchema schema = ticket_schema();
  schema.fields[0].compared = true;
  std::vector<FactFile> files;
  files.push_back(file_of("id,severity,opened,resolved\nB,P1,2026-03-02T11:00,\nPothole,P1,2026-03-02T11:00,\n"));
  Facts facts;
  facts.zones = {london()};
  facts.files = std::move(files);
  facts.report.files = {"facts.csv"};
  CHECK(number_of(facts.texts, "Graffiti") == 0);
  CHECK(number_of(facts.texts, "Pothole") == 1);
  RecordInput input = input_of(schema);
  auto prepared = prepare(facts, input);
  read_batches(facts, input, *prepared, {}, [&](Batch&& batch) {
    CHECK(batch.columns[0].values == std::vector<int64_t>{2, 1});
    return true;
  });
}

TEST_CASE("several files of one record are read one after the other, and may repeat no key between them") {
  std::vector<FactFile> files;
  files.push_back(file_of("id,severity,opened,resolved\nA,P1,2026-03-02T11:00,\n", FileFormat::csv, "one.csv"));
  files.push_back(
      file_of("{\"id\":\"B\",\"severity\":\"P2\",\"opened\":\"2026-03-02T11:00\"}\n{\"id\":\"A\",\"severity\":\"P2\",\"opened\":\"2026-03-02T11:00\"}\n",
              FileFormat::json_lines, "two.ndjson"));
  RecordInput input = input_of(ticket_schema());
  input.files = {0, 1};
  Run r = run(input, std::move(files));
  REQUIRE(r.read);
  CHECK(keys(r) == std::vector<std::string>{"A", "B"});
  REQUIRE(r.facts.report.set_aside.size() == 1);
  CHECK(message_of(r.facts.report.set_aside[0]) == "the id `A` was already there, in line 2 of one.csv");
  CHECK(place_of(r.facts.report, r.facts.report.set_aside[0]) == "two.ndjson:2");
  CHECK(r.facts.report.notes.size() == 1);  // no line has `resolved`
}

TEST_CASE("only the first rows that are set aside are described, all are counted") {
  std::string text = "id,severity,opened,resolved\n";
  for (int i = 0; i < 500; ++i) text += std::to_string(i) + ",P9,2026-03-02T11:00,\n";
  std::vector<FactFile> files;
  files.push_back(file_of(text));
  Run r = run(input_of(ticket_schema()), std::move(files));
  CHECK(r.batches.empty());
  CHECK(r.facts.report.records[0].set_aside == 500);
  CHECK(r.facts.report.set_aside.size() == 100);
  CHECK(r.facts.report.set_aside[99].line == 101);
}

TEST_CASE("constants, several columns, codes that mean an absence") {
  RecordSchema schema = ticket_schema();
  RecordInput input = input_of(schema);
  input.mapping.fields[1].is_constant = true;
  input.mapping.fields[1].constant = 2;
  input.mapping.fields[2].columns = {"opened_by_agent", "opened"};
  input.mapping.fields[3].absences = {{"-", value::State::not_yet}};
  std::vector<FactFile> files;
  files.push_back(file_of("id,opened,opened_by_agent,resolved\nA,2026-03-02T11:00,,-\nB,2026-03-02T11:00,2026-03-02T12:00,2026-03-02T13:00\nC,,,\n"));
  Run r = run(input, std::move(files));
  REQUIRE(r.batches.size() == 1);
  const Batch& batch = r.batches[0];
  CHECK(batch.columns[1].values == std::vector<int64_t>{2, 2});
  CHECK(batch.columns[2].values[1] - batch.columns[2].values[0] == value::us_per_hour);
  CHECK(batch.columns[3].states[0] == value::State::not_yet);
  REQUIRE(r.facts.report.set_aside.size() == 1);
  CHECK(message_of(r.facts.report.set_aside[0]) == "`opened` is empty, and it must be given");
}

TEST_CASE("a broken off pass leaves no counts behind") {
  Facts facts;
  facts.zones = {london()};
  facts.files.push_back(file_of(tickets));
  facts.report.files = {"tickets.csv"};
  RecordInput input = input_of(ticket_schema());
  auto prepared = prepare(facts, input);
  CHECK_FALSE(read_batches(facts, input, *prepared, {1, false}, [](Batch&&) { return false; }));
  CHECK(facts.report.failures.empty());
  CHECK(facts.report.records[0].read == 0);
  CHECK(facts.report.set_aside.empty());
  CHECK(read_batches(facts, input, *prepared, {}, [](Batch&&) { return true; }));
  CHECK(facts.report.records[0].read == 6);
}

TEST_CASE("mappings that no file can satisfy are failures") {
  RecordSchema schema = ticket_schema();
  schema.fields[3].kind = FieldKind::unreadable;
  std::vector<FactFile> files;
  files.push_back(file_of(tickets));
  Run r = run(input_of(schema), std::move(files));
  CHECK_FALSE(r.read);
  REQUIRE(r.facts.report.failures.size() == 1);
  CHECK(r.facts.report.failures[0].problem == Problem::unusable_kind);

  std::vector<FactFile> other;
  other.push_back(file_of("id,severity,opend,resolved\n"));
  Run missing = run(input_of(ticket_schema()), std::move(other));
  CHECK_FALSE(missing.read);
  REQUIRE(missing.facts.report.failures.size() == 1);
  CHECK(message_of(missing.facts.report.failures[0]) == "there is no column `opened`");

  RecordInput nothing_given = input_of(ticket_schema());
  nothing_given.files.clear();
  Run none = run(nothing_given, {});
  CHECK(none.read);
  REQUIRE(none.facts.report.notes.size() == 1);
  CHECK(none.facts.report.notes[0].problem == Problem::no_facts);
}

}  // namespace writ::record::test
