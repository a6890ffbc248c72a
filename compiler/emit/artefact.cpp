// The code of all stages for every level of processor, the tables that lead to it, and the images: evaluate/rules.h as constants.
#include <writ/abi.h>

#include <algorithm>

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>

#include "emit/debug.h"
#include "emit/emit_stage.h"
#include "emit/make_program.h"
#include "emit/object.h"
#include "evaluate/rules.h"
#include "evaluate/save_program.h"

namespace writ::emit {

namespace {

using evaluate::Form;
using evaluate::Wanted;

struct Artefact {
  llvm::Module& module;
  const plan::Plan& plan;
  const evaluate::Program& program;
  Debug* debug;
  llvm::LLVMContext& context() { return module.getContext(); }
  llvm::PointerType* pointer() { return llvm::PointerType::get(module.getContext(), 0); }
  llvm::Constant* number(uint64_t n) { return llvm::ConstantInt::get(llvm::Type::getInt64Ty(module.getContext()), n); }
};

llvm::Constant* constant_of(Artefact& a, llvm::Constant* value, unsigned alignment) {
  auto* global = new llvm::GlobalVariable(a.module, value->getType(), true, llvm::GlobalValue::PrivateLinkage, value);
  global->setAlignment(llvm::Align(alignment));
  return global;
}

llvm::Constant* array_of(Artefact& a, llvm::Type* type, const std::vector<llvm::Constant*>& elements) {
  return constant_of(a, llvm::ConstantArray::get(llvm::ArrayType::get(type, elements.size()), elements), 16);
}

llvm::Constant* bytes_of(Artefact& a, std::span<const std::byte> bytes) {
  const llvm::StringRef raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return constant_of(a, llvm::ConstantDataArray::getRaw(raw, raw.size(), llvm::Type::getInt8Ty(a.context())), 16);
}

// evaluate::StageCode
llvm::StructType* stage_type(Artefact& a) { return llvm::StructType::get(a.pointer(), llvm::Type::getInt64Ty(a.context())); }
llvm::Constant* stage_constant(Artefact& a, const Level& level, const std::vector<std::string>& names) {
  std::vector<llvm::Constant*> functions;
  for (const std::string& name : names) {
    llvm::Function* function = a.module.getFunction(name);
    function->setLinkage(llvm::GlobalValue::InternalLinkage);
    set_level(*function, level);
    functions.push_back(function);
  }
  return llvm::ConstantStruct::get(stage_type(a), {array_of(a, a.pointer(), functions), a.number(functions.size())});
}

std::vector<std::string> emit_rows_of(Artefact& a, const Level& level, const plan::Stage& stage, Wanted wanted, const std::string& prefix) {
  const uint32_t width = a.debug == nullptr ? choose_width(stage, level.vectors) : 1;
  return emit_rows(a.module, stage, wanted, {a.program.columns, a.program.reasons}, width, level.vectors, prefix, a.debug);
}

bool has_reasons(const Artefact& a, const plan::Stage& stage) {
  return std::any_of(stage.table.definitions.begin(), stage.table.definitions.end(),
                     [&](const evaluate::DefinitionOut& out) { return a.program.reasons[out.definition] && out.reason != evaluate::no_index; });
}

// For debuggers, every definition is made whatever is wanted. Where no column has cases, its reasons cost no code.
// The lowest of several levels is for processors that hardly anybody has: there the code that leaves most behind serves whatever is wanted.
Wanted made_for(const Artefact& a, Form form, Wanted wanted, const plan::Stage& stage, bool hardly_used) {
  if (a.debug != nullptr) return Wanted::everything;
  if (hardly_used) wanted = evaluate::in_seconds(form) ? Wanted::reasons : Wanted::everything;
  if (wanted == Wanted::reasons && !has_reasons(a, stage)) wanted = Wanted::columns;
  return evaluate::stored_wanted(form, wanted);
}

// The names of the functions of each stage. What gains nothing from wider vectors, or runs seldom, exists once, in the code of the lowest level:
// totals and the general form.
struct StageNames {
  std::vector<std::vector<std::string>> names;
  std::vector<bool> of_lowest;
};

// Of the definitions that hosts take as columns, and of all.
void emit_single_rows(Artefact& a, const std::string& start, StageNames& out) {
  for (uint32_t i = 0; i < a.plan.records.size(); ++i) {
    for (const bool all : {false, true}) {
      std::vector<uint32_t> definitions;
      for (uint32_t definition : a.program.records[i].row_definitions) {
        if (all || a.program.columns[definition]) definitions.push_back(definition);
      }
      if (definitions.empty()) continue;
      const std::string name = start + "record" + std::to_string(a.plan.records[i].record) + (all ? "_row_all" : "_row");
      emit_row(a.module, a.plan.records[i].row, definitions, name);
      out.names[evaluate::row_stage(i, all)] = {name};
    }
  }
}

StageNames emit_stages(Artefact& a, const Level& level, bool lowest, bool hardly_used) {
  const std::string start = "level" + std::to_string(level.number) + "_";
  StageNames out;
  out.names.resize(evaluate::stage_count(a.program));
  out.of_lowest.resize(out.names.size());
  for (uint32_t i = 0; i < a.plan.records.size(); ++i) {
    const plan::RecordStages& stages = a.plan.records[i];
    const std::string record = start + "record" + std::to_string(stages.record) + "_pass" + std::to_string(stages.pass);
    for (size_t f = 0; f < evaluate::form_count; ++f) {
      const Form form = static_cast<Form>(f);
      const std::string prefix = record + "_form" + std::to_string(f);
      const bool seldom = form == Form::general;
      for (const Wanted wanted : {Wanted::totals, Wanted::columns, Wanted::reasons, Wanted::everything}) {
        const uint32_t index = evaluate::facts_stage(i, form, wanted);
        out.of_lowest[index] = seldom;
        // Whoever wants everything asks the other forms (evaluate/update.cpp).
        const bool never = evaluate::in_seconds(form) && wanted == Wanted::everything;
        if (never || wanted != made_for(a, form, wanted, stages.facts[f], hardly_used) || (seldom && !lowest)) continue;
        out.names[index] = emit_rows_of(a, level, stages.facts[f], wanted, prefix + "_facts" + std::to_string(static_cast<int>(wanted)) + "_");
      }
      for (const Wanted wanted : {Wanted::totals, Wanted::columns, Wanted::reasons}) {
        const uint32_t made = evaluate::facts_stage(i, form, made_for(a, form, wanted, stages.facts[f], hardly_used));
        out.names[evaluate::facts_stage(i, form, wanted)] = out.names[made];
      }
      const uint32_t index = evaluate::history_stage(i, form);
      out.of_lowest[index] = seldom;
      if (!seldom || lowest) out.names[index] = emit_rows_of(a, level, stages.history[f], Wanted::totals, prefix + "_history");
    }
  }
  if (lowest) emit_single_rows(a, start, out);
  for (uint32_t i = 0; i < a.plan.records.size(); ++i) out.of_lowest[evaluate::row_stage(i, false)] = out.of_lowest[evaluate::row_stage(i, true)] = true;
  for (uint32_t i = 0; i < a.plan.portfolio.size(); ++i) {
    const std::string prefix = start + "portfolio" + std::to_string(i) + "_";
    out.names[evaluate::portfolio_stage(a.program, i)] = emit_rows_of(a, level, a.plan.portfolio[i], Wanted::everything, prefix);
  }
  for (uint32_t list = 0; list < a.plan.totals.size(); ++list) {
    for (uint32_t i = 0; i < a.plan.totals[list].size(); ++i) {
      const uint32_t index = evaluate::totals_stage(a.program, list, i);
      out.of_lowest[index] = true;
      if (lowest)
        out.names[index] = {emit_totals(a.module, a.plan.totals[list][i], start + "totals" + std::to_string(list) + "_" + std::to_string(i), a.debug)};
    }
  }
  return out;
}

// evaluate::LevelCode. `lowest`: the stages of the lowest level, empty while that one is made.
llvm::Constant* level_constant(Artefact& a, const Level& level, bool alone, std::vector<llvm::Constant*>& lowest) {
  const bool first = lowest.empty();
  const StageNames emitted = emit_stages(a, level, first, first && !alone);
  std::vector<llvm::Constant*> stages;
  for (uint32_t i = 0; i < emitted.names.size(); ++i) {
    stages.push_back(!first && emitted.of_lowest[i] ? lowest[i] : stage_constant(a, level, emitted.names[i]));
  }
  if (first) lowest = stages;
  llvm::Constant* array = array_of(a, stage_type(a), stages);
  return llvm::ConstantStruct::getAnon({a.number(level.number), array, a.number(stages.size())});
}

// evaluate::Rules
llvm::Constant* rules_constant(Artefact& a, const ArtefactOptions& options, const Machine& machine) {
  std::vector<llvm::Constant*> levels, lowest;
  for (const Level& level : machine.levels) levels.push_back(level_constant(a, level, machine.levels.size() == 1, lowest));
  const std::vector<std::byte> image = evaluate::save_program(a.program);
  llvm::Constant* magic = llvm::ConstantDataArray::getRaw(llvm::StringRef(evaluate::rules_magic, sizeof evaluate::rules_magic), sizeof evaluate::rules_magic,
                                                          llvm::Type::getInt8Ty(a.context()));
  llvm::Constant* value = llvm::ConstantStruct::getAnon(
      {a.number(sizeof(evaluate::Rules)), magic, a.number(WRIT_ABI_VERSION), a.number(evaluate::code_layout()), bytes_of(a, image), a.number(image.size()),
       bytes_of(a, options.description), a.number(options.description.size()), array_of(a, levels.front()->getType(), levels), a.number(levels.size())});
  return constant_of(a, value, 16);
}

}  // namespace

void fill_artefact(llvm::Module& module, const plan::Plan& plan, const ArtefactOptions& options, const Machine& machine) {
  const std::unique_ptr<evaluate::Program> program = make_program(plan, options.columns, options.reasons);
  const std::unique_ptr<Debug> debug = options.debug ? make_debug(module, plan.debug) : nullptr;
  Artefact a{module, plan, *program, debug.get()};
  llvm::Constant* rules = rules_constant(a, options, machine);
  llvm::FunctionType* type = llvm::FunctionType::get(a.pointer(), false);
  llvm::Function* door = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, options.name + "_rules", module);
  door->addFnAttr(llvm::Attribute::NoUnwind);
  llvm::ReturnInst::Create(a.context(), rules, llvm::BasicBlock::Create(a.context(), "", door));
  if (!debug) return;
  describe_door(*debug, *door);
  finish(*debug);
}

}  // namespace writ::emit
