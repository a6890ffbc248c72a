// Rows: keys, rows that are set aside, histories, mappings, tables in several pieces.
#include "unit/arrow/support.h"

namespace writ::arrow::testing {
namespace {

using record::FieldKind;
using value::State;

template <class T>
using Rows = std::vector<std::optional<T>>;

struct Setup {
  Run run;
  std::vector<std::unique_ptr<OpenTable>> tables;
  std::vector<std::unique_ptr<Batch>> batches;
};

record::RecordSchema tickets(bool history = false) {
  record::RecordSchema schema;
  schema.name = "Ticket";
  schema.fields = {field("id", FieldKind::text), field("n", FieldKind::number)};
  schema.key = 0;
  if (history) schema.history = {field("at", FieldKind::instant), may_be(of_members("to", {"open", "closed"}), State::none)};
  return schema;
}

std::unique_ptr<Setup> set_up(record::RecordSchema schema, record::Mapping mapping) {
  auto setup = std::make_unique<Setup>();
  setup->run.shared.zones.emplace_back();
  setup->run.shared.report.files = {"tickets", "events"};
  record::Mapping history = record::default_history_mapping(schema);
  setup->run.reader = make_reader(setup->run.shared, 0, std::move(schema), std::move(mapping), std::move(history));
  return setup;
}

bool open(Setup& setup, const Node& node) {
  auto table = std::make_unique<OpenTable>();
  table->first_line = setup.tables.empty() ? 1 : setup.tables.back()->first_line + setup.tables.back()->table.rows;
  const bool opened = open_table(setup.run.shared, setup.run.reader, &node.schema, &node.array, *table, setup.run.failure);
  setup.tables.push_back(std::move(table));
  return opened;
}

// Everything in pieces of `step` rows; the values of `n`, with | between the batches.
std::string read_all(Setup& setup, uint32_t step) {
  std::string out;
  for (const auto& table : setup.tables) {
    for (uint64_t first = 0; first < table->table.rows; first += step) {
      auto batch = std::make_unique<Batch>();
      const uint32_t rows = static_cast<uint32_t>(std::min<uint64_t>(step, table->table.rows - first));
      read_rows(setup.run.shared, setup.run.reader, *table, first, rows, *batch);
      setup.run.batch.view = batch->view;
      out += (out.empty() ? "" : " | ") + shown(setup.run, 1);
      setup.batches.push_back(std::move(batch));
    }
  }
  return out;
}

TEST_CASE("a second row of one key is set aside, in whichever table it stands") {
  record::RecordSchema schema = tickets();
  const auto setup = set_up(schema, record::default_mapping(schema));
  const NodePtr first = table(3, texts("id", {"A", "B", "A"}), numbers<int32_t>("n", "i", Rows<int32_t>{1, 2, 3}));
  const NodePtr second = table(2, texts("id", {"C", "B"}, TextAs::large), numbers<int64_t>("n", "l", Rows<int64_t>{4, 5}));
  REQUIRE((open(*setup, *first) && open(*setup, *second)));
  CHECK(read_all(*setup, 2) == "1 2 |  | 4");
  CHECK(set_aside(setup->run) == "3: R0025 the id `A` was already there, in row 1 of tickets\n5: R0025 the id `B` was already there, in row 2 of tickets");
  const record::RowCounts& counts = setup->run.shared.report.records[0];
  CHECK((counts.read == 5 && counts.kept == 3 && counts.set_aside == 2 && counts.superseded == 0));
  CHECK(setup->batches[2]->view.first_row == 2);
}

TEST_CASE("the first row of a key decides even where it cannot be read") {
  record::RecordSchema schema = tickets();
  const auto setup = set_up(schema, record::default_mapping(schema));
  const NodePtr node = table(3, texts("id", {"A", "A", std::nullopt}), numbers<int32_t>("n", "i", Rows<int32_t>{std::nullopt, 3, 4}));
  REQUIRE(open(*setup, *node));
  CHECK(read_all(*setup, 10) == "");
  CHECK(
      set_aside(setup->run) ==
      "1: R0010 `n` is empty, and it must be given\n2: R0025 the id `A` was already there, in row 1 of tickets\n3: R0010 `id` is empty, and it must be given");
}

TEST_CASE("the first, the last or the largest decides where the mapping says so") {
  const auto with = [](record::Repeats repeats, std::optional<uint32_t> by, const std::string& by_column) {
    record::RecordSchema schema = tickets();
    record::Mapping mapping = record::default_mapping(schema);
    mapping.repeats = repeats;
    mapping.repeats_by_field = by;
    mapping.repeats_by = by_column;
    const auto setup = set_up(schema, mapping);
    const NodePtr first = table(3, texts("id", {"A", "B", "A"}), numbers<int32_t>("n", "i", Rows<int32_t>{1, 2, 9}), texts("version", {"1.5", "1", "1.25"}));
    const NodePtr second = table(2, texts("id", {"B", "A"}), numbers<int32_t>("n", "i", Rows<int32_t>{2, 5}), texts("version", {"1", "1.4"}));
    REQUIRE((open(*setup, *first) && open(*setup, *second)));
    std::vector<OpenTable> tables;
    for (auto& table : setup->tables) tables.push_back(std::move(*table));
    REQUIRE(find_deciding_rows(setup->run.shared, setup->run.reader, tables, setup->run.failure));
    for (size_t i = 0; i < tables.size(); ++i) *setup->tables[i] = std::move(tables[i]);
    const std::string out = read_all(*setup, 3);
    const record::RowCounts& counts = setup->run.shared.report.records[0];
    CHECK((counts.kept == 2 && counts.superseded == 3 && counts.set_aside == 0));
    return out;
  };
  CHECK(with(record::Repeats::first_decides, {}, "") == "1 2 | ");
  CHECK(with(record::Repeats::last_decides, {}, "") == "2 5");
  CHECK(with(record::Repeats::last_decides, 1, "") == "9 | 2");
  CHECK(with(record::Repeats::last_decides, {}, "version") == "1 | 2");
}

TEST_CASE("constants and several columns for one field") {
  record::RecordSchema schema = tickets();
  schema.fields.push_back(may_be(field("m", FieldKind::number), State::none));
  record::Mapping mapping = record::default_mapping(schema);
  mapping.fields[1].columns = {"first", "second"};
  mapping.fields[2].is_constant = true;
  mapping.fields[2].constant = 42;
  const auto setup = set_up(schema, mapping);
  const NodePtr node =
      table(3, texts("id", {"A", "B", "C"}), numbers<int32_t>("first", "i", Rows<int32_t>{1, std::nullopt, std::nullopt}), texts("second", {"7", "8", ""}));
  REQUIRE(open(*setup, *node));
  CHECK(read_all(*setup, 10) == "1 8");
  CHECK(shown(setup->run, 2) == "42 42");
  CHECK(set_aside(setup->run) == "3: R0010 `n` is empty, and it must be given");
}

std::string shown_history(const Batch& batch) {
  std::string out;
  for (uint32_t row = 0; row < batch.view.rows; ++row) {
    out += row == 0 ? "" : "; ";
    for (uint32_t i = batch.view.history.offsets[row]; i < batch.view.history.offsets[row + 1]; ++i) {
      out += std::to_string(given_number(batch.view.history.columns[0], i, State::given) / 1'000'000) + ":";
      const State state = evaluate::state_at(batch.view.history.columns[1], i, State::none);
      out += state == State::given ? std::to_string(given_number(batch.view.history.columns[1], i, state)) : "/";
      out += ' ';
    }
    if (batch.view.history.tied != nullptr && batch.view.history.tied[row] != 0) out += "tied";
  }
  return out;
}

TEST_CASE("a history in lists") {
  record::RecordSchema schema = tickets(true);
  const auto setup = set_up(schema, record::default_mapping(schema));
  NodePtr entries = table(6, numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{30, 10, 20, 5, 5, std::nullopt}),
                          dictionary("to", {0, 1, std::nullopt, 0, 1, 0}, {"open", "closed"}));
  const NodePtr node =
      table(4, texts("id", {"A", "B", "C", "D"}), numbers<int32_t>("n", "i", Rows<int32_t>{1, 2, 3, 4}), lists("history", {0, 3, 3, 5, 6}, std::move(entries)));
  REQUIRE(open(*setup, *node));
  CHECK(read_all(*setup, 10) == "1 2 3");
  CHECK(shown_history(*setup->batches[0]) == "10:1 20:/ 30:0 ; ; 5:0 5:1 tied");
  CHECK(set_aside(setup->run) ==
        "4: R0010 `at` is empty, and it must be given\n4: R0026 entry 1 of the history of `D` could not be read, so its record cannot be judged");
}

TEST_CASE("a history in a table of its own") {
  record::RecordSchema schema = tickets(true);
  const auto setup = set_up(schema, record::default_mapping(schema));
  const NodePtr events = table(6, texts("id", {"B", "A", "X", "A", "C", std::nullopt}), numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{30, 20, 1, 10, 7, 8}),
                               texts("to", {"open", "closed", "open", std::nullopt, "ajar", "open"}));
  REQUIRE(read_history_table(setup->run.shared, setup->run.reader, {{&events->schema, &events->array}}, 1, setup->run.failure));
  const NodePtr node = table(4, texts("id", {"A", "B", "C", "D"}), numbers<int32_t>("n", "i", Rows<int32_t>{1, 2, 3, 4}));
  REQUIRE(open(*setup, *node));
  CHECK(read_all(*setup, 3) == "1 2 | 4");
  CHECK(shown_history(*setup->batches[0]) == "10:/ 20:1 ; 30:0 ");
  CHECK(shown_history(*setup->batches[1]) == "");
  report_orphans(setup->run.shared, setup->run.reader);
  CHECK(set_aside(setup->run) ==
        "5: R0023 `ajar` is no to: it must be one of `open` or `closed`\n"
        "6: R0010 `id` is empty, and it must be given\n"
        "3: R0026 row 5 of events of the history of `C` could not be read, so its record cannot be judged\n"
        "3: R0027 there is no record with the id `X` to which this row of history belongs");
  const record::RowCounts& counts = setup->run.shared.report.histories[0];
  CHECK((counts.read == 6 && counts.kept == 3 && counts.set_aside == 3));
}

TEST_CASE("a batch as the interpreter takes it") {
  record::RecordSchema schema = tickets();
  const auto setup = set_up(schema, record::default_mapping(schema));
  const NodePtr node = table(3, texts("id", {"A", "A", "B"}), numbers<int32_t>("n", "i", Rows<int32_t>{1, 2, 3}));
  REQUIRE(open(*setup, *node));
  read_all(*setup, 10);
  const record::Batch batch = to_batch(setup->run.shared, *setup->tables[0], 0, *setup->batches[0]);
  CHECK(batch.columns[1].values == std::vector<int64_t>{1, 3});
  CHECK(batch.columns[0].texts == std::vector<std::string>{"A", "B"});
  CHECK(batch.origins[1].line == 3);
}

}  // namespace
}  // namespace writ::arrow::testing
