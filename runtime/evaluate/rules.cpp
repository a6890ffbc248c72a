#include "evaluate/rules.h"

#include <writ/abi.h>

#include <algorithm>
#include <cstring>

#include "evaluate/save_program.h"

namespace writ::evaluate {

namespace {

struct StoredCode final : Code {
  std::span<const StageCode> stages;
  std::vector<uint32_t> first_totals;  // by pass + 1
  uint32_t first_portfolio = 0;
  struct Rows {
    std::vector<uint32_t> definitions[2];  // those that hosts take as columns; all
  };
  std::vector<Rows> rows;  // by record program

  std::span<const StageFunction> at(uint32_t index) const { return {stages[index].functions, static_cast<size_t>(stages[index].count)}; }
  std::span<const StageFunction> facts(uint32_t record_program, Form form, Wanted wanted) const override {
    return at(facts_stage(record_program, form, wanted));
  }
  std::span<const StageFunction> history(uint32_t record_program, Form form) const override { return at(history_stage(record_program, form)); }
  std::span<const StageFunction> portfolio(uint32_t stage) const override { return at(first_portfolio + stage); }
  RowCode row(uint32_t record_program, std::span<const uint32_t> wanted) const override {
    for (const bool all : {false, true}) {
      const std::vector<uint32_t>& made = rows[record_program].definitions[all ? 1 : 0];
      const std::span<const StageFunction> functions = at(row_stage(record_program, all));
      const auto makes = [&](uint32_t definition) { return std::find(made.begin(), made.end(), definition) != made.end(); };
      if (!functions.empty() && std::all_of(wanted.begin(), wanted.end(), makes))
        return {reinterpret_cast<RowFunction>(reinterpret_cast<void (*)()>(functions.front())), made};
    }
    return {};
  }
  StageFunction totals(uint32_t pass_plus_1, uint32_t stage) const override { return at(first_totals[pass_plus_1] + stage).front(); }
};

bool is_ours(const Rules& rules, std::string& error) {
  if (rules.size < sizeof(Rules) || std::memcmp(rules.magic, rules_magic, sizeof rules_magic) != 0) {
    error = "this is no rule set of Writ";
  } else if (rules.abi_version != WRIT_ABI_VERSION) {
    error = "the rule set was built for version " + std::to_string(rules.abi_version) + " of the interface; this runtime has version " +
            std::to_string(WRIT_ABI_VERSION) + ": build it again";
  } else if (rules.layout != code_layout()) {
    error = "the code of the rule set was built by another version of the compiler than this runtime: build it again";
  } else if (rules.program == nullptr || rules.levels == nullptr || rules.level_count == 0) {
    error = "the rule set is damaged: a part is missing";
  }
  return error.empty();
}

}  // namespace

uint32_t totals_stage(const Program& program, uint32_t pass_plus_1, uint32_t stage) {
  uint32_t index = static_cast<uint32_t>(program.records.size()) * stages_per_record;
  for (uint32_t list = 0; list < pass_plus_1; ++list) index += static_cast<uint32_t>(program.totals[list].size());
  return index + stage;
}

uint32_t portfolio_stage(const Program& program, uint32_t stage) { return totals_stage(program, static_cast<uint32_t>(program.totals.size()), stage); }

uint32_t stage_count(const Program& program) { return portfolio_stage(program, static_cast<uint32_t>(program.portfolio.size())); }

uint32_t processor_level() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return 4;
  if (__builtin_cpu_supports("x86-64-v3")) return 3;
  if (__builtin_cpu_supports("x86-64-v2")) return 2;
#endif
  return 1;
}

std::unique_ptr<CompiledEngine> open_rules(const Rules& rules, uint32_t most_level, uint32_t& level, std::string& error) {
  error.clear();
  if (!is_ours(rules, error)) return nullptr;
  auto program = std::make_unique<Program>();
  if (!load_program({static_cast<const std::byte*>(rules.program), static_cast<size_t>(rules.program_size)}, *program, error)) return nullptr;
  auto code = std::make_unique<StoredCode>();
  const uint32_t stages = stage_count(*program);
  for (uint64_t i = 0; i < rules.level_count; ++i) {
    const LevelCode& each = rules.levels[i];
    if (each.level > most_level) continue;
    if (each.stages == nullptr || each.count != stages) {
      error = "the rule set is damaged: its code does not fit its tables";
      return nullptr;
    }
    level = static_cast<uint32_t>(each.level);
    code->stages = {each.stages, static_cast<size_t>(each.count)};
  }
  if (code->stages.empty() && stages != 0) {
    error = "the rule set has no code for this processor";
    return nullptr;
  }
  for (uint32_t list = 0; list < program->totals.size(); ++list) code->first_totals.push_back(totals_stage(*program, list, 0));
  code->first_portfolio = portfolio_stage(*program, 0);
  for (const RecordProgram& record : program->records) {
    StoredCode::Rows& rows = code->rows.emplace_back();
    for (uint32_t definition : record.row_definitions) {
      if (program->columns[definition]) rows.definitions[0].push_back(definition);
      rows.definitions[1].push_back(definition);
    }
  }
  program->code = std::move(code);
  return make_engine(std::move(program));
}

}  // namespace writ::evaluate
