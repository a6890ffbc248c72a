#include "emit/make_program.h"

#include <algorithm>

namespace writ::emit {

namespace {

// Numbers of 64 bits; intervals and fractions need more room.
std::vector<uint32_t> row_definitions(const plan::Stage& row) {
  std::vector<uint32_t> all;
  for (const evaluate::DefinitionOut& out : row.table.definitions) {
    if (row.table.slots[out.slot].lane != evaluate::Lane::whole) all.push_back(out.definition);
  }
  return all;
}

}  // namespace

std::unique_ptr<evaluate::Program> make_program(const plan::Plan& plan, const std::vector<uint32_t>& columns, const std::vector<uint32_t>& reasons) {
  auto program = std::make_unique<evaluate::Program>();
  program->tables = plan.tables;
  for (const plan::RecordStages& stages : plan.records) {
    evaluate::RecordProgram& record = program->records.emplace_back();
    record.record = stages.record;
    record.pass = stages.pass;
    record.has_seconds = !stages.facts[static_cast<size_t>(evaluate::Form::seconds)].steps.empty();
    record.has_portfolio = !stages.facts[static_cast<size_t>(evaluate::Form::portfolio)].steps.empty();
    record.row_definitions = row_definitions(stages.row);
    for (const evaluate::FieldTable& field : stages.row.table.fields) {
      if (field.seen == evaluate::Horizon::instant) record.row_from = std::max(record.row_from, field.low);
      if (field.seen == evaluate::Horizon::date)
        record.row_from = std::max(record.row_from, value::start_of_day(plan.tables.zone, static_cast<value::Date>(field.low)));
    }
    for (size_t form = 0; form < evaluate::form_count; ++form) {
      record.history[form] = stages.history[form].table;
      record.facts[form] = stages.facts[form].table;
    }
  }
  for (const std::vector<plan::Stage>& stages : plan.totals) {
    std::vector<uint32_t>& list = program->totals.emplace_back();
    for (const plan::Stage& stage : stages) list.push_back(stage.of);
  }
  for (const plan::Stage& stage : plan.portfolio) program->portfolio.push_back({stage.of, stage.narrow, stage.table});
  program->columns.resize(plan.tables.definitions.size());
  program->reasons.resize(plan.tables.definitions.size());
  for (uint32_t definition : columns) program->columns[definition] = program->reasons[definition] = true;
  for (uint32_t definition : reasons) program->reasons[definition] = true;
  return program;
}

}  // namespace writ::emit
