// The facts of a scenario as batches and acts, just as a reader of files would hand them over.
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "driver/scenarios.h"

namespace writ::driver {

namespace {

using value::State;
using value::Value;

// Equal code, equal text, for one run; the agreement's own texts come first.
struct TextCodes {
  std::map<std::string, int64_t> codes;

  explicit TextCodes(const ir::Agreement& agreement) {
    for (const std::string& text : agreement.texts) codes.emplace(text, static_cast<int64_t>(codes.size()));
  }
  int64_t code_of(const std::string& text) { return codes.emplace(text, static_cast<int64_t>(codes.size())).first->second; }
};

void add_value(record::Column& column, const ir::Field& field, const ir::ScenarioRow& row, size_t index, TextCodes& codes) {
  const Value& value = row.values[index];
  const bool given = value.state == State::given;
  const bool text = field.type.kind == ir::Kind::text;
  int64_t number = 0;
  if (given) {
    assert(text || (value.lo >= INT64_MIN && value.lo <= INT64_MAX));
    number = text ? codes.code_of(row.texts[index]) : static_cast<int64_t>(value.lo);
  }
  column.values.push_back(number);
  column.states.push_back(value.state);
  if (text) column.texts.push_back(given ? row.texts[index] : std::string());
}

void add_row(std::vector<record::Column>& columns, const std::vector<ir::Field>& fields, const ir::ScenarioRow& row, TextCodes& codes) {
  columns.resize(fields.size());
  for (size_t i = 0; i < fields.size(); ++i) add_value(columns[i], fields[i], row, i, codes);
}

// Rows in time order, ties in the declared order; a tie that nothing orders is marked on the record.
void add_history(record::HistoryRows& rows, const ir::History& history, const std::vector<ir::ScenarioRow>& written, TextCodes& codes) {
  std::vector<size_t> order(written.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t i) {
    const std::vector<Value>& values = written[i].values;
    return std::pair(values[history.at].lo, history.order_by ? values[*history.order_by].lo : value::i128{0});
  };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  bool tied = false;
  for (size_t i = 0; i < order.size(); ++i) {
    tied |= i > 0 && key(order[i - 1]) == key(order[i]);
    add_row(rows.columns, history.fields, written[order[i]], codes);
  }
  rows.tied.push_back(tied ? 1 : 0);
  rows.offsets.push_back(rows.offsets.back() + static_cast<uint32_t>(order.size()));
}

evaluate::Act act_of(const ir::ScenarioRow& row) {
  const auto& values = row.values;
  const Value& period = values[static_cast<size_t>(ir::ActField::period)];
  evaluate::Act act;
  act.at = static_cast<int64_t>(values[static_cast<size_t>(ir::ActField::at)].lo);
  act.by = static_cast<uint32_t>(values[static_cast<size_t>(ir::ActField::by)].lo);
  act.of = static_cast<uint32_t>(values[static_cast<size_t>(ir::ActField::of)].lo);
  act.has_period = period.state == State::given;
  act.period_date = act.has_period ? static_cast<int32_t>(period.lo) : 0;
  return act;
}

void add_act(const ir::Agreement& agreement, const ir::ScenarioFact& fact, evaluate::Acts& acts) {
  if (fact.record == agreement.claim) acts.claims.push_back(act_of(fact.row));
  if (fact.record == agreement.notice) acts.notices.push_back(act_of(fact.row));
  if (fact.record == agreement.payment) acts.payments.push_back(act_of(fact.row));
  if (fact.record == agreement.exercise) acts.exercises.push_back(act_of(fact.row));
}

record::Batch& batch_of(ScenarioFacts& facts, const ir::Agreement& agreement, ir::RecordId record) {
  for (record::Batch& batch : facts.batches) {
    if (batch.record == record.index) return batch;
  }
  record::Batch& batch = facts.batches.emplace_back();
  batch.record = record.index;
  const ir::Record& type = agreement.records[record];
  batch.columns.resize(type.fields.size());
  if (type.history) {
    batch.history.offsets.push_back(0);
    batch.history.columns.resize(type.history->fields.size());
  }
  return batch;
}

}  // namespace

ScenarioFacts scenario_facts(const ir::Agreement& agreement, const ir::Scenario& scenario) {
  ScenarioFacts facts;
  TextCodes codes(agreement);
  for (const ir::ScenarioFact& fact : scenario.facts) {
    const ir::Record& type = agreement.records[fact.record];
    if (type.act) {
      add_act(agreement, fact, facts.acts);
      continue;
    }
    record::Batch& batch = batch_of(facts, agreement, fact.record);
    add_row(batch.columns, type.fields, fact.row, codes);
    if (type.history) add_history(batch.history, *type.history, fact.history, codes);
    batch.rows += 1;
  }
  return facts;
}

}  // namespace writ::driver
