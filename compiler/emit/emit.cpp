#include "emit/emit.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include "emit/emit_stage.h"
#include "emit/jit.h"
#include "emit/make_program.h"
#include "evaluate/compiled_engine.h"

namespace writ::emit {

namespace {

using evaluate::Form;
using evaluate::StageFunction;
using evaluate::Wanted;

uint32_t width_of(const plan::Stage& stage, const EmitOptions& options, const Vectors& vectors) {
  return options.lanes != 0 ? options.lanes : choose_width(stage, vectors);
}

// Made when first asked for.
struct Made {
  std::once_flag once;
  std::vector<StageFunction> functions;
};

struct NativeCode final : evaluate::Code {
  plan::Plan plan;
  EmitOptions options;
  std::unique_ptr<Jit> jit;
  HostColumns columns;
  mutable std::deque<Made> facts_made, history_made;  // [(record program * forms + form) * wanted_count + wanted]; [record program * forms + form]
  mutable std::vector<std::deque<Made>> totals_made;  // [pass + 1][stage]
  mutable std::deque<Made> portfolio_made;            // [stage]
  mutable std::mutex rows_mutex;
  mutable std::map<std::pair<uint32_t, std::vector<uint32_t>>, evaluate::RowFunction> rows_made;  // by record program and definitions

  NativeCode(const plan::Plan& p, const EmitOptions& o) : plan(p), options(o), jit(make_jit(o.optimise, o.processor)) {
    facts_made.resize(plan.records.size() * evaluate::form_count * evaluate::wanted_count);
    history_made.resize(plan.records.size() * evaluate::form_count);
    for (const std::vector<plan::Stage>& stages : plan.totals) totals_made.emplace_back(stages.size());
    portfolio_made.resize(plan.portfolio.size());
  }

  template <class Fill>
  void make(Made& made, Fill fill) const {
    std::call_once(made.once, [&] {
      for (void* address : jit->add(fill)) made.functions.push_back(reinterpret_cast<StageFunction>(address));
    });
  }

  std::span<const StageFunction> rows(Made& made, const plan::Stage& stage, Wanted wanted, const std::string& prefix) const {
    const Vectors vectors = jit->vectors();
    make(made, [&](llvm::Module& module) { return emit_rows(module, stage, wanted, columns, width_of(stage, options, vectors), vectors, prefix); });
    return made.functions;
  }

  std::span<const StageFunction> facts(uint32_t record, Form form, Wanted wanted) const override {
    const size_t index = (record * evaluate::form_count + static_cast<size_t>(form)) * evaluate::wanted_count + static_cast<size_t>(wanted);
    return rows(facts_made[index], plan.records[record].facts[static_cast<size_t>(form)], wanted, "facts" + std::to_string(index) + "_");
  }

  std::span<const StageFunction> history(uint32_t record, Form form) const override {
    const size_t index = record * evaluate::form_count + static_cast<size_t>(form);
    return rows(history_made[index], plan.records[record].history[static_cast<size_t>(form)], Wanted::totals, "history" + std::to_string(index) + "_");
  }

  std::span<const StageFunction> portfolio(uint32_t stage) const override {
    return rows(portfolio_made[stage], plan.portfolio[stage], Wanted::everything, "portfolio" + std::to_string(stage) + "_");
  }

  // The code is for these definitions and no others.
  evaluate::RowCode row(uint32_t record, std::span<const uint32_t> wanted) const override {
    const std::lock_guard<std::mutex> lock(rows_mutex);
    const auto [found, added] = rows_made.try_emplace({record, {wanted.begin(), wanted.end()}});
    if (added) {
      const std::string name = "row" + std::to_string(rows_made.size());
      const std::vector<void*> made = jit->add([&](llvm::Module& module) {
        emit_row(module, plan.records[record].row, wanted, name);
        return std::vector{name};
      });
      found->second = reinterpret_cast<evaluate::RowFunction>(made.front());
    }
    return {found->second, found->first.second};
  }

  StageFunction totals(uint32_t list, uint32_t stage) const override {
    Made& made = totals_made[list][stage];
    make(made, [&](llvm::Module& module) {
      return std::vector{emit_totals(module, plan.totals[list][stage], "totals" + std::to_string(list) + "_" + std::to_string(stage))};
    });
    return made.functions.front();
  }
};

}  // namespace

std::unique_ptr<evaluate::CompiledEngine> make_native(const plan::Plan& plan, const EmitOptions& options) {
  std::unique_ptr<evaluate::Program> program = make_program(plan, options.columns, options.reasons);
  program->always_general = options.general;
  for (evaluate::RecordProgram& record : program->records) {
    for (evaluate::StageTable& stage : record.facts) {
      if (options.block_rows != 0) stage.block_rows = std::min(stage.block_rows, options.block_rows);
    }
  }
  auto code = std::make_unique<NativeCode>(plan, options);
  code->columns = {program->columns, program->reasons};
  program->code = std::move(code);
  return evaluate::make_engine(std::move(program));
}

// What is printed does not depend on the machine.
constexpr Vectors printed_vectors;

std::string print_native(const plan::Plan& plan, const EmitOptions& options) {
  return print_module([&](llvm::Module& module) {
    for (size_t i = 0; i < plan.records.size(); ++i) {
      const plan::RecordStages& stages = plan.records[i];
      const std::string name = "record" + std::to_string(stages.record) + "_pass" + std::to_string(stages.pass);
      const size_t form = static_cast<size_t>(options.general ? Form::general : Form::lean);
      emit_rows(module, stages.history[form], Wanted::totals, {}, width_of(stages.history[form], options, printed_vectors), printed_vectors, name + "_history");
      emit_rows(module, stages.facts[form], Wanted::everything, {}, width_of(stages.facts[form], options, printed_vectors), printed_vectors, name + "_facts");
    }
    for (size_t list = 0; list < plan.totals.size(); ++list) {
      for (size_t stage = 0; stage < plan.totals[list].size(); ++stage) {
        emit_totals(module, plan.totals[list][stage], "totals" + std::to_string(list) + "_" + std::to_string(stage));
      }
    }
  });
}

}  // namespace writ::emit
