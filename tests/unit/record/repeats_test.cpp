// Several rows with one key, and the histories of records.
#include <doctest/doctest.h>

#include "unit/record/support.h"

namespace writ::record::test {

namespace {

const char* versions =
    "id,severity,opened,resolved,version\n"
    "A,P1,2026-03-02T11:00,,3\n"
    "B,P1,2026-03-02T11:00,,1\n"
    "A,P2,2026-03-02T11:00,,5\n"
    "A,P3,2026-03-02T11:00,,4\n"
    "B,P2,2026-03-02T11:00,,1\n";

Run run_with(const RecordInput& input, const std::string& text, int passes = 1) {
  std::vector<FactFile> files;
  files.push_back(file_of(text));
  return run(input, std::move(files), {}, passes);
}

std::string kept(const Run& r) {
  std::string out;
  for (const Batch& batch : r.batches) {
    for (uint32_t i = 0; i < batch.rows; ++i) out += batch.columns[0].texts[i] + std::to_string(batch.columns[1].values[i] + 1) + " ";
  }
  return out;
}

RecordSchema schema_with_history() {
  RecordSchema schema = ticket_schema();
  Field at, status;
  at.name = "at";
  at.kind = FieldKind::instant;
  status.name = "status";
  status.kind = FieldKind::enumeration;
  status.members = {"working", "waiting", "done"};
  schema.history = {at, status};
  return schema;
}

const std::string header = "id,severity,opened,resolved\n";
const std::string events = "id,at,status\n";

Run run_history(const std::string& records, const std::string& history, const RecordSchema& schema = schema_with_history()) {
  std::vector<FactFile> files;
  files.push_back(file_of(header + records, FileFormat::csv, "tickets.csv"));
  files.push_back(file_of(events + history, FileFormat::csv, "events.csv"));
  return run(input_of(schema, true), std::move(files));
}

}  // namespace

TEST_CASE("which row of a key decides") {
  RecordInput input = input_of(ticket_schema());
  for (int passes : {1, 2}) {
    input.mapping.repeats = Repeats::refused;
    Run refused = run_with(input, versions, passes);
    CHECK(kept(refused) == "A1 B1 ");
    CHECK(refused.facts.report.records[0].set_aside == 3);
    CHECK(message_of(refused.facts.report.set_aside[0]) == "the id `A` was already there, in line 2 of facts.csv");

    input.mapping.repeats = Repeats::first_decides;
    Run first = run_with(input, versions, passes);
    CHECK(kept(first) == "A1 B1 ");
    CHECK(first.facts.report.records[0].superseded == 3);
    CHECK(first.facts.report.records[0].set_aside == 0);

    input.mapping.repeats = Repeats::last_decides;
    Run last = run_with(input, versions, passes);
    CHECK(kept(last) == "A3 B2 ");
    CHECK(last.facts.report.records[0].superseded == 3);
    CHECK(last.batches[0].origins[0].line == 5);

    RecordInput largest = input;
    largest.mapping.repeats_by = "version";
    CHECK(kept(run_with(largest, versions, passes)) == "A2 B2 ");  // equal: the later row
    largest.mapping.repeats_by.clear();
    largest.mapping.repeats_by_field = 1;
    CHECK(kept(run_with(largest, versions, passes)) == "A3 B2 ");
  }
}

TEST_CASE("the deciding row decides even when it is bad") {
  RecordInput input = input_of(ticket_schema());
  input.mapping.repeats = Repeats::last_decides;
  Run r = run_with(input, header + "A,P1,2026-03-02T11:00,\nA,P9,2026-03-02T11:00,\nB,P1,2026-03-02T11:00,\n");
  CHECK(kept(r) == "B1 ");
  CHECK(r.facts.report.records[0].set_aside == 1);
  CHECK(r.facts.report.records[0].superseded == 1);
  CHECK(r.facts.report.set_aside[0].line == 3);
}

TEST_CASE("rows that cannot be compared leave their key undecided, but a single row always decides") {
  RecordInput input = input_of(ticket_schema());
  input.mapping.repeats = Repeats::last_decides;
  input.mapping.repeats_by = "version";
  Run r = run_with(
      input, "id,severity,opened,resolved,version\nA,P1,2026-03-02T11:00,,3\nB,P1,2026-03-02T11:00,,x\nA,P2,2026-03-02T11:00,,\nC,P3,2026-03-02T11:00,,7\n");
  CHECK(kept(r) == "B1 C3 ");
  REQUIRE(r.facts.report.set_aside.size() == 1);
  CHECK(message_of(r.facts.report.set_aside[0]) == "which row of `A` decides cannot be told: what orders line 4 of facts.csv could not be read");
  CHECK(r.facts.report.records[0].superseded == 1);
  Run unknown_column = run_with(
      [&] {
        RecordInput i = input;
        i.mapping.repeats_by = "verson";
        return i;
      }(),
      versions);
  CHECK_FALSE(unknown_column.read);
  CHECK(unknown_column.facts.report.failures[0].problem == Problem::missing_column);
}

TEST_CASE("keys are compared as values: 7 and 007 are one number, two different texts") {
  RecordSchema schema = ticket_schema();
  std::string text = header + "7,P1,2026-03-02T11:00,\n007,P2,2026-03-02T11:00,\n";
  CHECK(kept(run_with(input_of(schema), text)) == "71 0072 ");
  schema.fields[0].kind = FieldKind::number;
  Run r = run_with(input_of(schema), text);
  CHECK(r.batches[0].rows == 1);
  CHECK(message_of(r.facts.report.set_aside[0]) == "the id `7` was already there, in line 2 of facts.csv");
}

TEST_CASE("histories are grouped and sorted, wherever their rows stand") {
  Run r = run_history("B,P1,2026-03-02T11:00,\nA,P1,2026-03-02T11:00,\nC,P1,2026-03-02T11:00,\n",
                      "A,2026-03-02T13:00,done\nB,2026-03-02T12:00,waiting\nA,2026-03-02T11:00,working\nA,2026-03-02T12:00,waiting\n");
  REQUIRE(r.batches.size() == 1);
  const HistoryRows& history = r.batches[0].history;
  CHECK(history.offsets == std::vector<uint32_t>{0, 1, 4, 4});
  CHECK(history.columns[1].values == std::vector<int64_t>{1, 0, 1, 2});
  CHECK(history.tied == std::vector<uint8_t>{0, 0, 0});
  CHECK(r.facts.report.histories[0].kept == 4);
}

TEST_CASE("rows of one instant are tied unless something orders them") {
  std::string records = "A,P1,2026-03-02T11:00,\n", history = "A,2026-03-02T12:00,waiting\nA,2026-03-02T12:00,working\n";
  CHECK(run_history(records, history).batches[0].history.tied == std::vector<uint8_t>{1});
  RecordSchema ordered = schema_with_history();
  ordered.history_order_by = 1;  // working before waiting
  Run r = run_history(records, history, ordered);
  CHECK(r.batches[0].history.tied == std::vector<uint8_t>{0});
  CHECK(r.batches[0].history.columns[1].values == std::vector<int64_t>{0, 1});
  Run same = run_history(records, "A,2026-03-02T12:00,waiting\nA,2026-03-02T12:00,waiting\n", ordered);
  CHECK(same.batches[0].history.tied == std::vector<uint8_t>{1});
  ordered.history[1].kind = FieldKind::text;  // texts order by their bytes
  CHECK(run_history(records, "A,2026-03-02T12:00,b\nA,2026-03-02T12:00,a\n", ordered).batches[0].history.tied == std::vector<uint8_t>{0});
}

TEST_CASE("a record whose history has a row that cannot be read is set aside with it") {
  Run r = run_history("A,P1,2026-03-02T11:00,\nB,P1,2026-03-02T11:00,\n", "A,2026-03-02T12:00,waiting\nA,noon,working\n,2026-03-02T12:00,done\n");
  CHECK(kept(r) == "B1 ");
  CHECK(r.facts.report.histories[0].set_aside == 2);
  CHECK(r.facts.report.histories[0].kept == 1);
  REQUIRE(r.facts.report.set_aside.size() == 3);
  CHECK(r.facts.report.set_aside[0].of_history);
  CHECK(r.facts.report.set_aside[1].problem == Problem::must_be_given);
  CHECK(message_of(r.facts.report.set_aside[2]) == "line 3 of events.csv of the history of `A` could not be read, so its record cannot be judged");
}

TEST_CASE("history rows that belong to no record are set aside, in the order of their file") {
  Run r = run_history("A,P1,2026-03-02T11:00,\nB,P9,2026-03-02T11:00,\n",
                      "Z,2026-03-02T12:00,waiting\nB,2026-03-02T12:00,waiting\nA,2026-03-02T12:00,waiting\nY,2026-03-02T12:00,done\nZ,2026-03-02T11:00,done\n");
  CHECK(r.facts.report.orphans[0] == 3);  // B is set aside itself, but it is there
  CHECK(r.facts.report.histories[0].kept == 2);
  CHECK(r.facts.report.histories[0].set_aside == 3);
  const std::vector<Finding>& aside = r.facts.report.set_aside;
  REQUIRE(aside.size() == 4);
  CHECK(place_of(r.facts.report, aside[1]) == "events.csv:2");
  CHECK(message_of(aside[1]) == "there is no record with the id `Z` to which this row of history belongs");
  CHECK(aside[2].line == 5);
  CHECK(aside[3].line == 6);
}

TEST_CASE("one file may hold the records and their history") {
  std::vector<FactFile> files;
  files.push_back(
      file_of("id,severity,opened,resolved,at,status\nA,P1,2026-03-02T11:00,,2026-03-02T11:00,working\nA,P2,2026-03-02T11:00,,2026-03-02T12:00,done\n"));
  RecordInput input = input_of(schema_with_history());
  input.history_files = {0};
  input.mapping.repeats = Repeats::last_decides;
  Run r = run(input, std::move(files));
  CHECK(kept(r) == "A2 ");
  CHECK(r.batches[0].history.columns[1].values == std::vector<int64_t>{0, 2});
}

TEST_CASE("without a history file every history is empty") {
  std::vector<FactFile> files;
  files.push_back(file_of(header + "A,P1,2026-03-02T11:00,\nB,P1,2026-03-02T11:00,\n"));
  Run r = run(input_of(schema_with_history()), std::move(files));
  CHECK(r.batches[0].history.offsets == std::vector<uint32_t>{0, 0, 0});
  CHECK(r.batches[0].history.columns.size() == 2);
  RecordSchema keyless = schema_with_history();
  keyless.key.reset();
  std::vector<FactFile> both;
  both.push_back(file_of(header));
  both.push_back(file_of(events));
  Run no_key = run(input_of(keyless, true), std::move(both));
  CHECK_FALSE(no_key.read);
  CHECK(no_key.facts.report.failures[0].problem == Problem::history_without_key);
}

}  // namespace writ::record::test
