// Random facts of random agreements, handed over as tables in every type that suits them, are read as the facts that they were.
#include "driver/facts_schema.h"
#include "properties/generator.h"
#include "unit/embed/helpdesk.h"
#include "value/civil_text.h"

namespace writ::embed::testing {
namespace {

using properties::Dice;
using record::FieldKind;
using value::State;

constexpr const char* unknown_text = "who knows";

template <class T>
std::vector<std::optional<T>> cells(const record::Column& column, value::i128 times) {
  std::vector<std::optional<T>> out;
  for (size_t row = 0; row < column.values.size(); ++row) {
    const bool given = column.states.empty() || column.states[row] == State::given;
    out.push_back(given ? std::optional<T>(static_cast<T>(column.values[row] * times)) : std::nullopt);
  }
  return out;
}

bool all_divide(const record::Column& column, int64_t by) {
  for (const int64_t number : column.values) {
    if (number % by != 0) return false;
  }
  return true;
}

bool all_within(const record::Column& column, int64_t low, int64_t high) {
  for (size_t row = 0; row < column.values.size(); ++row) {
    if (!column.states.empty() && column.states[row] != State::given) continue;
    if (column.values[row] < low || column.values[row] > high) return false;
  }
  return true;
}

std::string two_digits(int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string cell_text(const record::Field& field, const record::Column& column, size_t row) {
  const int64_t number = column.values[row];
  switch (field.kind) {
    case FieldKind::boolean: return number != 0 ? "true" : "false";
    case FieldKind::number:
    case FieldKind::money: return field.percent ? value::to_text(number, field.scale - 2) + "%" : value::to_text(number, field.scale);
    case FieldKind::date: return value::format_date(static_cast<value::Date>(number));
    case FieldKind::time: return two_digits(number / 60) + ":" + two_digits(number % 60);
    case FieldKind::instant: return value::format_utc(number);
    case FieldKind::duration: return number < 0 ? "-PT" + value::to_text(-number, 6) + "S" : "PT" + value::to_text(number, 6) + "S";
    case FieldKind::enumeration: return field.members[static_cast<size_t>(number)];
    case FieldKind::text: return column.texts[row];
    case FieldKind::unreadable: break;
  }
  return {};
}

// As texts; what is unknown is spelt out, since an empty cell may mean something else.
NodePtr as_texts(Dice& dice, const record::Field& field, const record::Column& column) {
  std::vector<std::optional<std::string>> out;
  for (size_t row = 0; row < column.values.size(); ++row) {
    const State state = column.states.empty() ? State::given : column.states[row];
    out.push_back(state == State::given     ? std::optional(cell_text(field, column, row))
                  : state == State::unknown ? std::optional<std::string>(unknown_text)
                                            : std::nullopt);
  }
  const arrow::testing::TextAs forms[] = {arrow::testing::TextAs::small, arrow::testing::TextAs::large, arrow::testing::TextAs::views};
  return texts(field.name, out, forms[dice.below(3)], static_cast<size_t>(dice.below(12)));
}

NodePtr whole_numbers(Dice& dice, const record::Field& field, const record::Column& column) {
  const size_t skip = static_cast<size_t>(dice.below(70));
  switch (dice.below(4)) {
    case 0:
      if (all_within(column, INT8_MIN, INT8_MAX)) return numbers<int8_t>(field.name, "c", cells<int8_t>(column, 1), skip);
      [[fallthrough]];
    case 1:
      if (all_within(column, 0, UINT16_MAX)) return numbers<uint16_t>(field.name, "S", cells<uint16_t>(column, 1), skip);
      [[fallthrough]];
    case 2:
      if (all_within(column, 0, UINT32_MAX)) return numbers<uint32_t>(field.name, "I", cells<uint32_t>(column, 1), skip);
      [[fallthrough]];
    default: return numbers<int64_t>(field.name, "l", cells<int64_t>(column, 1), skip);
  }
}

NodePtr typed(Dice& dice, const record::Field& field, const record::Column& column) {
  const size_t skip = static_cast<size_t>(dice.below(70));
  constexpr int64_t day_ms = 86'400'000;
  switch (field.kind) {
    case FieldKind::boolean: return arrow::testing::truths(field.name, cells<bool>(column, 1), skip);
    case FieldKind::number:
    case FieldKind::money: {
      if (field.scale == 0 && dice.below(2) == 0) return whole_numbers(dice, field, column);
      const int more = dice.below(4);
      return numbers<__int128>(field.name, "d:38," + std::to_string(field.scale + more), cells<__int128>(column, value::pow10(more)), skip);
    }
    case FieldKind::date:
      if (dice.below(3) == 0) return numbers<int64_t>(field.name, "tdm", cells<int64_t>(column, day_ms), skip);
      if (dice.below(3) == 0) return numbers<int64_t>(field.name, "tsm:", cells<int64_t>(column, day_ms), skip);
      return numbers<int32_t>(field.name, "tdD", cells<int32_t>(column, 1), skip);
    case FieldKind::time: return numbers<int32_t>(field.name, "ttm", cells<int32_t>(column, 60'000), skip);
    case FieldKind::instant: {
      record::Column seconds = column;
      if (!all_divide(column, 1'000'000) || dice.below(2) == 0) return numbers<int64_t>(field.name, "tsu:UTC", cells<int64_t>(column, 1), skip);
      for (int64_t& number : seconds.values) number /= 1'000'000;
      return numbers<int64_t>(field.name, "tss:Asia/Tokyo", cells<int64_t>(seconds, 1), skip);
    }
    case FieldKind::duration: return numbers<int64_t>(field.name, "tDu", cells<int64_t>(column, 1), skip);
    case FieldKind::enumeration:
    case FieldKind::text:
    case FieldKind::unreadable: break;
  }
  return as_texts(dice, field, column);
}

// What a reader must set aside: the rest must come back as it was.
bool is_readable(const record::Field& field, const record::Column& column, size_t row) {
  if (!column.states.empty() && column.states[row] != State::given) return true;
  const int64_t number = column.values[row];
  if (field.has_range && (number < field.low || number > field.high)) return false;
  if (field.kind == FieldKind::text) return !column.texts[row].empty();
  return true;
}

void compare(const ir::Agreement& agreement, const record::Batch& facts, const record::RecordSchema& whole, uint64_t seed, size_t& compared) {
  Dice dice{seed};
  record::RecordSchema schema = whole;
  schema.key = {};
  schema.history.clear();
  record::Mapping mapping = record::default_mapping(schema);
  auto node = std::make_unique<arrow::testing::Node>();
  node->format = "+s";
  node->memory = {{}};
  for (size_t i = 0; i < schema.fields.size(); ++i) {
    const record::Field& field = schema.fields[i];
    record::FieldSource& source = mapping.fields[i];
    if (field.kind == FieldKind::unreadable) {
      source.is_constant = true;
      continue;
    }
    if (field.percent) source.form = record::Form::fraction;
    source.absences = {{unknown_text, State::unknown}};
    if (field.absence != State::given) source.absences.push_back({"", field.absence});
    // A null cannot say two things; a text can.
    const bool either = field.absence != State::given && field.may_be_unknown;
    if (!either && field.may_be_unknown) source.absences.push_back({"", State::unknown});
    node->children.push_back(either || dice.below(3) == 0 ? as_texts(dice, field, facts.columns[i]) : typed(dice, field, facts.columns[i]));
  }
  link(*node, static_cast<int64_t>(facts.rows), 0, 0);

  arrow::Shared shared;
  shared.zones = driver::fact_zones(agreement);
  for (const std::string& text : agreement.texts) record::number_of(shared.texts, text);
  shared.report.files = {"facts"};
  arrow::Reader reader = arrow::make_reader(shared, facts.record, schema, mapping, {});
  arrow::OpenTable table;
  arrow::Batch batch;
  record::Finding failure;
  const bool opened = arrow::open_table(shared, reader, &node->schema, &node->array, table, failure);
  REQUIRE_MESSAGE(opened, record::message_of(failure));
  arrow::read_rows(shared, reader, table, 0, facts.rows, batch);
  const record::Batch read = arrow::to_batch(shared, table, 0, batch);

  std::vector<uint32_t> readable;
  for (uint32_t row = 0; row < facts.rows; ++row) {
    bool good = true;
    for (size_t i = 0; i < schema.fields.size(); ++i) good &= mapping.fields[i].is_constant || is_readable(schema.fields[i], facts.columns[i], row);
    if (good) readable.push_back(row);
  }
  REQUIRE(batch.kept == readable);
  for (size_t i = 0; i < schema.fields.size(); ++i) {
    if (mapping.fields[i].is_constant) continue;
    const record::Column &was = facts.columns[i], &is = read.columns[i];
    for (size_t row = 0; row < readable.size(); ++row) {
      CAPTURE(schema.fields[i].name);
      CAPTURE(row);
      const State expected = was.states.empty() ? State::given : was.states[readable[row]];
      REQUIRE((is.states.empty() ? State::given : is.states[row]) == expected);
      ++compared;
      if (expected != State::given) continue;
      if (schema.fields[i].kind == FieldKind::text) {
        REQUIRE(is.texts[row] == was.texts[readable[row]]);
        if (schema.fields[i].compared) REQUIRE(record::text_of(shared.texts, static_cast<uint32_t>(is.values[row])) == was.texts[readable[row]]);
      } else {
        REQUIRE(is.values[row] == was.values[readable[row]]);
      }
    }
  }
}

TEST_CASE("facts that leave as tables come back as they were") {
  size_t compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const ir::Agreement agreement = properties::random_agreement(seed);
    const properties::Facts facts = properties::random_facts(agreement, seed, 200);
    const std::vector<record::RecordSchema> schemas = driver::fact_schemas(agreement);
    for (const record::Batch& batch : facts.batches) {
      for (uint64_t variant = 0; variant < 3; ++variant) compare(agreement, batch, schemas[batch.record], seed * 3 + variant, compared);
    }
  }
  CHECK(compared > 10'000);
}

}  // namespace
}  // namespace writ::embed::testing
