#include "embed/results.h"

#include "driver/load_facts.h"
#include "interpret/interpret.h"
#include "render/statement.h"
#include "render/value_text.h"
#include "value/decide.h"

namespace writ::embed {

namespace {

using render::Period;

const std::vector<std::string> admission_names() { return {"in term", "after as-of", "outside term", "undated", "set aside", "replaced"}; }
constexpr int32_t set_aside_code = 4, replaced_code = 5;

bool is_per(const ir::Definition& definition, ir::PeriodKind kind) {
  return !definition.hidden && definition.grain.of == ir::Grain::Of::period && definition.grain.period == kind;
}

bool has_bounds(const ir::Type& type) { return type.kind == ir::Kind::number || type.kind == ir::Kind::money; }

// The two ends of a value: equal where it is certain.
void add_bounds(const Outcome& outcome, const ir::Type& type, const value::Value& v, arrow::OutTable& table, size_t& column) {
  const bool given = v.state == value::State::given && v.lo_den == 1 && v.hi_den == 1;
  for (const value::i128 end : {v.lo, v.hi}) {
    add_plain(*outcome.agreement, *outcome.texts, type, given ? value::given(end) : value::none(), table.columns[column++]);
  }
}

void add_bound_columns(const ir::Agreement& agreement, const std::string& name, const ir::Type& type, arrow::OutTable& table) {
  for (const char* end : {" low", " high"}) {
    add_value_columns(agreement, name + end, type, table);
    table.columns.pop_back();
  }
}

void add_period_columns(arrow::OutTable& table) {
  table.columns.push_back(arrow::make_column("period", "U"));
  table.columns.push_back(arrow::make_column("first day", "tdD"));
  table.columns.push_back(arrow::make_column("last day", "tdD"));
  table.columns.push_back(arrow::make_column("over", "b"));
}

size_t add_period(ir::PeriodKind kind, const Period& period, arrow::OutTable& table, size_t column) {
  arrow::add_text(table.columns[column], render::period_text(kind, period.first_date));
  arrow::add_number(table.columns[column + 1], period.first_date);
  arrow::add_number(table.columns[column + 2], int32_t{period.end_date - 1});
  arrow::add_bit(table.columns[column + 3], period.over);
  return column + 4;
}

struct NamedInstant {
  bool there = false;
  int64_t at = 0;
};
void add_instant(arrow::OutColumn& column, NamedInstant instant) {
  if (instant.there)
    arrow::add_number(column, instant.at);
  else
    arrow::add_null(column);
}

std::string clause_number(const ir::Agreement& agreement, ir::ClauseId clause) { return clause.valid() ? agreement.clauses[clause].number : std::string(); }

bool has_reasons(const ir::Definition& definition) { return !definition.cases.empty(); }

std::vector<std::string> labels_of(const ir::Definition& definition) {
  std::vector<std::string> labels;
  for (const ir::Case& one : definition.cases) labels.push_back(one.label);
  return labels;
}

void add_reason(const ir::Definition& definition, uint64_t held, arrow::OutColumn& column) {
  const int reason = value::deciding_case(definition.cases, held);
  if (reason == value::no_case)
    arrow::add_null(column);
  else
    arrow::add_number(column, static_cast<int32_t>(reason));
}

TablePtr finished(arrow::OutTable table, int64_t rows) {
  table.rows = rows;
  return std::make_shared<const arrow::OutTable>(std::move(table));
}

}  // namespace

RecordColumns record_columns(const ir::Agreement& agreement, ir::RecordId record) {
  RecordColumns columns;
  const std::vector<ir::DefinitionId> all = interpret::definitions_of(agreement, record);
  for (size_t i = 0; i < all.size(); ++i) {
    if (agreement.definitions[all[i]].hidden) continue;
    columns.definitions.push_back(all[i]);
    columns.rows_of_outputs.push_back(i);
  }
  return columns;
}

arrow::OutTable record_table(const ir::Agreement& agreement, const RecordColumns& columns) {
  arrow::OutTable table;
  table.columns.push_back(arrow::make_column("key", "U"));
  table.columns.push_back(arrow::make_dictionary("admission", admission_names()));
  for (const ir::DefinitionId id : columns.definitions) {
    const ir::Definition& definition = agreement.definitions[id];
    add_value_columns(agreement, definition.name, definition.type, table);
    if (has_reasons(definition)) table.columns.push_back(arrow::make_dictionary(definition.name + " reason", labels_of(definition)));
  }
  return table;
}

arrow::OutTable record_rows(const ir::Agreement& agreement, const record::Texts& texts, const RecordColumns& columns, const Piece& piece,
                            const arrow::OutColumn& keys, const evaluate::RecordOutputs& outputs) {
  arrow::OutTable table = record_table(agreement, columns);
  table.columns[0] = keys;
  table.rows = piece.batch.rows_read;
  size_t kept = 0, replaced = 0;
  for (uint32_t row = 0; row < piece.batch.rows_read; ++row) {
    const bool evaluated = kept < piece.batch.kept.size() && piece.batch.kept[kept] == row;
    const bool was_replaced = replaced < piece.batch.replaced.size() && piece.batch.replaced[replaced] == row;
    const bool admitted = evaluated && outputs.admission[kept] == evaluate::Admission::admitted;
    const int32_t admission = evaluated ? static_cast<int32_t>(outputs.admission[kept]) : was_replaced ? replaced_code : set_aside_code;
    arrow::add_number(table.columns[1], admission);
    size_t column = 2;
    for (size_t i = 0; i < columns.definitions.size(); ++i) {
      const ir::Definition& definition = agreement.definitions[columns.definitions[i]];
      const size_t place = columns.rows_of_outputs[i];
      if (admitted) {
        column = add_value(agreement, texts, definition.type, outputs.values[place][kept], table, column);
      } else {
        arrow::add_null(table.columns[column]);
        arrow::add_null(table.columns[column + 1]);
        column += 2;
      }
      if (has_reasons(definition)) add_reason(definition, admitted ? outputs.held[place][kept] : 0, table.columns[column++]);
    }
    kept += evaluated ? 1 : 0;
    replaced += was_replaced ? 1 : 0;
  }
  return table;
}

TablePtr period_values(const Outcome& outcome, ir::PeriodKind kind) {
  const ir::Agreement& agreement = *outcome.agreement;
  arrow::OutTable table;
  add_period_columns(table);
  bool any = false;
  for (const ir::Definition& definition : agreement.definitions) {
    if (!is_per(definition, kind)) continue;
    any = true;
    add_value_columns(agreement, definition.name, definition.type, table);
    if (has_bounds(definition.type)) add_bound_columns(agreement, definition.name, definition.type, table);
  }
  if (!any) return nullptr;
  const std::vector<Period> begun = render::periods_begun(agreement, kind, outcome.as_of);
  for (size_t p = 0; p < begun.size(); ++p) {
    size_t column = add_period(kind, begun[p], table, 0);
    for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
      const ir::Definition& definition = agreement.definitions.items[i];
      if (!is_per(definition, kind)) continue;
      const value::Value& v = outcome.results->values[i][p];
      column = add_value(agreement, *outcome.texts, definition.type, v, table, column);
      if (has_bounds(definition.type)) add_bounds(outcome, definition.type, v, table, column);
    }
  }
  return finished(std::move(table), static_cast<int64_t>(begun.size()));
}

TablePtr agreement_values(const Outcome& outcome) {
  const ir::Agreement& agreement = *outcome.agreement;
  arrow::OutTable table;
  size_t column = 0;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || definition.grain.of != ir::Grain::Of::agreement) continue;
    add_value_columns(agreement, definition.name, definition.type, table);
    if (has_bounds(definition.type)) add_bound_columns(agreement, definition.name, definition.type, table);
    const value::Value& v = outcome.results->values[i].front();
    column = add_value(agreement, *outcome.texts, definition.type, v, table, column);
    if (has_bounds(definition.type)) add_bounds(outcome, definition.type, v, table, column);
  }
  return finished(std::move(table), column == 0 ? 0 : 1);
}

TablePtr credit_states(const Outcome& outcome) {
  const ir::Agreement& agreement = *outcome.agreement;
  int scale = 0;
  for (const ir::Credit& credit : agreement.credits) scale = std::max(scale, agreement.definitions[credit.amount].type.scale);
  ir::Type amount;
  amount.kind = ir::Kind::money;
  amount.scale = scale;
  arrow::OutTable table;
  table.columns.push_back(arrow::make_column("remedy", "U"));
  table.columns.push_back(arrow::make_column("clause", "U"));
  add_period_columns(table);
  table.columns.push_back(arrow::make_column("currency", "U"));
  add_value_columns(agreement, "amount", amount, table);
  add_bound_columns(agreement, "amount", amount, table);
  const ir::Type state = render::enum_type(agreement.credit_state_enum);
  add_value_columns(agreement, "state", state, table);
  for (const char* name : {"claim by", "claimed at", "settled at"})
    table.columns.push_back(arrow::make_column(name, arrow::timestamp_format(agreement.zone_name)));
  int64_t rows = 0;
  for (uint32_t c = 0; c < agreement.credits.size(); ++c) {
    const ir::Credit& credit = agreement.credits.items[c];
    const ir::Type& own = agreement.definitions[credit.amount].type;
    const std::vector<Period> begun = render::periods_begun(agreement, credit.period, outcome.as_of);
    for (size_t p = 0; p < begun.size(); ++p, ++rows) {
      const evaluate::CreditResult& result = outcome.results->credits[c][p];
      value::Value v = outcome.results->values[credit.amount.index][p];
      const value::i128 times = value::pow10(scale - own.scale);
      const bool fits = !value::mul_overflows(v.lo, times, v.lo) && !value::mul_overflows(v.hi, times, v.hi);
      arrow::add_text(table.columns[0], credit.name);
      arrow::add_text(table.columns[1], clause_number(agreement, credit.clause));
      size_t column = add_period(credit.period, begun[p], table, 2);
      arrow::add_text(table.columns[column++], agreement.currencies[own.currency].code);
      column = add_value(agreement, *outcome.texts, amount, fits ? v : value::unknown(), table, column);
      add_bounds(outcome, amount, fits ? v : value::unknown(), table, column);
      column = add_value(agreement, *outcome.texts, state, result.state, table, column);
      add_instant(table.columns[column++], {result.has_deadline, result.claim_deadline});
      add_instant(table.columns[column++], {result.claimed, result.claimed_at});
      add_instant(table.columns[column++], {result.settled, result.settled_at});
    }
  }
  return finished(std::move(table), rows);
}

TablePtr right_states(const Outcome& outcome) {
  const ir::Agreement& agreement = *outcome.agreement;
  arrow::OutTable table;
  for (const char* name : {"right", "clause", "of"}) table.columns.push_back(arrow::make_column(name, "U"));
  const ir::Type state = render::enum_type(agreement.right_state_enum);
  add_value_columns(agreement, "state", state, table);
  for (const char* name : {"arose at", "noticed at", "cure end", "exercisable from", "lapses at", "exercised at"}) {
    table.columns.push_back(arrow::make_column(name, arrow::timestamp_format(agreement.zone_name)));
  }
  table.columns.push_back(arrow::make_column("ineffective notices", "l"));
  for (uint32_t i = 0; i < agreement.rights.size(); ++i) {
    const ir::Right& right = agreement.rights.items[i];
    const evaluate::RightResult& result = outcome.results->rights[i];
    arrow::add_text(table.columns[0], right.name);
    arrow::add_text(table.columns[1], clause_number(agreement, right.clause));
    arrow::add_text(table.columns[2], agreement.parties[right.party].name);
    size_t column = add_value(agreement, *outcome.texts, state, result.state, table, 3);
    const NamedInstant instants[] = {{result.arose, result.arose_at},        {result.noticed, result.noticed_at},
                                     {result.has_cure_end, result.cure_end}, {result.has_exercisable, result.exercisable_from},
                                     {result.has_lapse, result.lapses_at},   {result.exercised, result.exercised_at}};
    for (const NamedInstant& instant : instants) add_instant(table.columns[column++], instant);
    arrow::add_number(table.columns[column], result.ineffective_notices);
  }
  return finished(std::move(table), static_cast<int64_t>(agreement.rights.size()));
}

TablePtr findings(const ir::Agreement& agreement, const record::Report& report, const std::vector<record::Finding>& list) {
  arrow::OutTable table;
  for (const char* name : {"record", "table"}) table.columns.push_back(arrow::make_column(name, "U"));
  table.columns.push_back(arrow::make_column("row", "l"));
  for (const char* name : {"column", "code", "reason"}) table.columns.push_back(arrow::make_column(name, "U"));
  for (const record::Finding& finding : list) {
    const std::string& record = agreement.records.items[finding.record].name;
    arrow::add_text(table.columns[0], finding.of_history ? "history of " + record : record);
    arrow::add_text(table.columns[1], finding.file < report.files.size() ? report.files[finding.file] : std::string());
    arrow::add_number(table.columns[2], static_cast<int64_t>(finding.line));
    arrow::add_text(table.columns[3], finding.column_name);
    arrow::add_text(table.columns[4], record::kind_of(finding.problem).code);
    arrow::add_text(table.columns[5], record::message_of(finding));
  }
  return finished(std::move(table), static_cast<int64_t>(list.size()));
}

}  // namespace writ::embed
