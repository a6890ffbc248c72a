#include "emit/make_program.h"

namespace writ::emit {

std::unique_ptr<evaluate::Program> make_program(const plan::Plan& plan, const std::vector<uint32_t>& columns, const std::vector<uint32_t>& reasons) {
  auto program = std::make_unique<evaluate::Program>();
  program->tables = plan.tables;
  for (const plan::RecordStages& stages : plan.records) {
    evaluate::RecordProgram& record = program->records.emplace_back();
    record.record = stages.record;
    record.pass = stages.pass;
    record.has_seconds = !stages.facts[static_cast<size_t>(evaluate::Form::seconds)].steps.empty();
    record.has_portfolio = !stages.facts[static_cast<size_t>(evaluate::Form::portfolio)].steps.empty();
    for (size_t form = 0; form < evaluate::form_count; ++form) {
      record.history[form] = stages.history[form].table;
      record.facts[form] = stages.facts[form].table;
    }
  }
  for (const std::vector<plan::Stage>& stages : plan.totals) {
    std::vector<uint32_t>& list = program->totals.emplace_back();
    for (const plan::Stage& stage : stages) list.push_back(stage.of);
  }
  for (const plan::Stage& stage : plan.portfolio) program->portfolio.push_back({stage.of, stage.table});
  program->columns.resize(plan.tables.definitions.size());
  program->reasons.resize(plan.tables.definitions.size());
  for (uint32_t definition : columns) program->columns[definition] = program->reasons[definition] = true;
  for (uint32_t definition : reasons) program->reasons[definition] = true;
  return program;
}

}  // namespace writ::emit
