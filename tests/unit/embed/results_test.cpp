// What comes of a run: values of each kind as columns, rows in the order of the input, whatever the pieces and the threads.
#include "embed/results.h"

#include "embed/runs.h"
#include "unit/embed/helpdesk.h"

namespace writ::embed::testing {
namespace {

using value::Value;

std::shared_ptr<const Compiled> compiled(const std::string& text) {
  auto out = std::make_shared<Compiled>();
  driver::load_program_text("test", text, out->program);
  REQUIRE(out->program.sink.errors == 0);
  std::string error;
  out->engine = driver::make_engine(out->program.agreement, driver::EngineChoice::best, error);
  return out;
}

// A column of a table as text: "-" where it is null.
std::string shown(const arrow::OutTable& table, size_t column) {
  ArrowSchema schema{};
  ArrowArray array{};
  auto shared = std::make_shared<arrow::OutTable>(table);
  arrow::export_schema(*shared, &schema);
  arrow::export_array(shared, &array);
  arrow::Table checked;
  arrow::Array read;
  std::string why, out;
  REQUIRE_MESSAGE(arrow::check_table(&schema, &array, checked, why), why);
  REQUIRE_MESSAGE(arrow::check_column(checked, static_cast<int64_t>(column), read, why), why);
  for (uint64_t row = 0; row < read.length; ++row) {
    if (row > 0) out += ' ';
    if (!arrow::is_given(read, row))
      out += '-';
    else if (!read.dictionary.empty())
      out += arrow::text_at(read.dictionary[0], static_cast<uint64_t>(arrow::number_at(read, row)));
    else if (read.layout.kind == arrow::Kind::text)
      out += arrow::text_at(read, row);
    else if (read.layout.kind == arrow::Kind::boolean)
      out += arrow::bit_at(static_cast<const uint8_t*>(read.values), row) ? "true" : "false";
    else
      out += value::to_text(arrow::number_at(read, row), std::max(read.layout.scale, 0));
  }
  array.release(&array);
  schema.release(&schema);
  return out;
}

std::string as_column(const ir::Type& type, const std::vector<Value>& values) {
  ir::Agreement agreement;
  agreement.zone_name = "UTC";
  arrow::OutTable table;
  add_value_columns(agreement, "v", type, table);
  for (const Value& v : values) add_value(agreement, {}, type, v, table, 0);
  table.rows = static_cast<int64_t>(values.size());
  return shown(table, 0) + " | " + shown(table, 1);
}

ir::Type type_of(ir::Kind kind, int scale = 0) {
  ir::Type type;
  type.kind = kind;
  type.scale = scale;
  return type;
}

TEST_CASE("a value is there, or its state says why not") {
  const value::i128 huge = value::pow10(38);
  CHECK(as_column(type_of(ir::Kind::money, 2), {value::given(1250), value::given(-huge + 1), value::given(huge), value::not_yet(), value::none()}) ==
        "12.50 -999999999999999999999999999999999999.99 - - - | given given does not fit not yet none");
  CHECK(as_column(type_of(ir::Kind::money, 2), {value::unknown(), value::fault(value::Fault::overflow, 1), value::interval(1, 2)}) ==
        "- - - | cannot tell error bounds");
  CHECK(as_column(type_of(ir::Kind::number), {value::given(7), value::given(value::i128{INT64_MAX} + 1)}) == "7 - | given does not fit");
  CHECK(as_column(type_of(ir::Kind::date), {value::given(20'454), value::given(value::i128{INT32_MAX} + 1)}) == "20454 - | given does not fit");
  CHECK(as_column(type_of(ir::Kind::time), {value::given(570)}) == "34200 | given");
  CHECK(as_column(type_of(ir::Kind::boolean), {value::truth(true), value::truth(false), value::unknown()}) == "true false - | given given cannot tell");
  CHECK(as_column(type_of(ir::Kind::instant), {value::given(1'767'225'600'000'000)}) == "1767225600000000 | given");
}

TEST_CASE("a ratio leaves in lowest terms") {
  ir::Agreement agreement;
  const ir::Type type = type_of(ir::Kind::ratio, 2);
  arrow::OutTable table;
  add_value_columns(agreement, "v", type, table);
  add_value(agreement, {}, type, value::ratio(50, 3, 0), table, 0);
  table.rows = 1;
  arrow::OutTable parts;
  parts.columns = table.columns[0].children;
  parts.rows = 1;
  CHECK(shown(parts, 0) == "1");
  CHECK(shown(parts, 1) == "6");
}

TEST_CASE("rows come back in the order of the input, in pieces of any size, with those that were set aside") {
  const auto rules = compiled(helpdesk);
  constexpr int rows = 150'000;  // several pieces
  std::vector<std::optional<std::string>> ids;
  std::vector<std::optional<int64_t>> opened, answered;
  for (int i = 0; i < rows; ++i) {
    ids.push_back("T" + std::to_string(i % 140'000));
    opened.push_back(tuesday_ten);
    answered.push_back(tuesday_ten + 3600 * (i % 4));
  }
  std::vector<std::string> seen;
  for (const int threads : {1, 3}) {
    for (const auto engine : {driver::EngineChoice::best, driver::EngineChoice::interpreter}) {
      auto held = std::make_unique<HeldTable>();
      const NodePtr node = table(rows, texts("id", ids), numbers<int64_t>("opened", "tss:UTC", opened), numbers<int64_t>("answered", "tss:UTC", answered));
      held->name = "Ticket";
      held->schema = node->schema;
      held->arrays = {node->array};
      std::vector<std::unique_ptr<HeldTable>> tables;
      tables.push_back(std::move(held));
      RunOptions options;
      options.options.as_of = "2026-05-04T12:00";
      options.options.threads = threads;
      options.options.engine = engine;
      options.records = true;
      std::string error;
      const auto run = embed::run(rules, options, std::move(tables), error);
      REQUIRE_MESSAGE(run != nullptr, error);
      size_t ticket = 0;
      while (run->like[ticket] == nullptr) ++ticket;
      std::string all;
      int64_t read = 0;
      for (const TablePtr& piece : run->records[ticket]) {
        read += piece->rows;
        size_t outcome = 0;
        while (piece->columns[outcome].name != "Answer") ++outcome;
        all += shown(*piece, outcome) + ' ';
        if (piece == run->records[ticket].back()) CHECK(shown(*piece, 1).ends_with("set aside set aside"));
      }
      CHECK(read == rows);
      CHECK(all.starts_with("met met met missed met met met missed"));
      seen.push_back(all + render::statement_csv(statement_of(*run)));
      CHECK(run->report.records[ticket].set_aside == 10'000);
    }
  }
  for (const std::string& other : seen) CHECK(other == seen.front());
}

}  // namespace
}  // namespace writ::embed::testing
