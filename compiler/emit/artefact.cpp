// The code of all stages for every level of processor, the tables that lead to it, and the images: evaluate/rules.h as constants.
#include <writ/abi.h>

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>

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

std::vector<std::string> emit_rows_of(Artefact& a, const plan::Stage& stage, Wanted wanted, const std::string& prefix) {
  return emit_rows(a.module, stage, wanted, a.program.columns, choose_width(stage), prefix);
}

// What gains nothing from wider vectors, or runs seldom, exists once, in the code of the lowest level.
bool is_shared(const evaluate::Program& program, uint32_t stage) {
  const uint32_t rows = static_cast<uint32_t>(program.records.size()) * evaluate::stages_per_record;
  const uint32_t kind = stage % evaluate::stages_per_record;
  return stage >= rows || kind == evaluate::facts_stage(0, Form::general, Wanted::everything) || kind == evaluate::history_stage(0, Form::general);
}

// The names of the functions of each stage; of a shared one only where `lowest`.
std::vector<std::vector<std::string>> emit_stages(Artefact& a, const std::string& start, bool lowest) {
  std::vector<std::vector<std::string>> names(evaluate::stage_count(a.program));
  for (uint32_t i = 0; i < a.plan.records.size(); ++i) {
    const plan::RecordStages& stages = a.plan.records[i];
    const std::string record = start + "record" + std::to_string(stages.record) + "_pass" + std::to_string(stages.pass);
    const plan::Stage& lean = stages.facts[static_cast<size_t>(Form::lean)];
    names[evaluate::facts_stage(i, Form::lean, Wanted::totals)] = emit_rows_of(a, lean, Wanted::totals, record + "_totals");
    names[evaluate::facts_stage(i, Form::lean, Wanted::columns)] = emit_rows_of(a, lean, Wanted::columns, record + "_columns");
    names[evaluate::facts_stage(i, Form::lean, Wanted::everything)] = emit_rows_of(a, lean, Wanted::everything, record + "_everything");
    const plan::Stage& history = stages.history[static_cast<size_t>(Form::lean)];
    names[evaluate::history_stage(i, Form::lean)] = emit_rows_of(a, history, Wanted::totals, record + "_history");
    if (!lowest) continue;
    const plan::Stage& general = stages.facts[static_cast<size_t>(Form::general)];
    names[evaluate::facts_stage(i, Form::general, Wanted::everything)] = emit_rows_of(a, general, Wanted::everything, record + "_general");
    const plan::Stage& general_history = stages.history[static_cast<size_t>(Form::general)];
    names[evaluate::history_stage(i, Form::general)] = emit_rows_of(a, general_history, Wanted::totals, record + "_general_history");
  }
  if (!lowest) return names;
  for (uint32_t list = 0; list < a.plan.totals.size(); ++list) {
    for (uint32_t i = 0; i < a.plan.totals[list].size(); ++i) {
      const std::string name = start + "totals" + std::to_string(list) + "_" + std::to_string(i);
      names[evaluate::totals_stage(a.program, list, i)] = {emit_totals(a.module, a.plan.totals[list][i], name)};
    }
  }
  return names;
}

// evaluate::LevelCode. `lowest`: the stages of the lowest level, empty while that one is made.
llvm::Constant* level_constant(Artefact& a, const Level& level, std::vector<llvm::Constant*>& lowest) {
  const bool first = lowest.empty();
  const std::vector<std::vector<std::string>> names = emit_stages(a, "level" + std::to_string(level.number) + "_", first);
  std::vector<llvm::Constant*> stages;
  for (uint32_t i = 0; i < names.size(); ++i) stages.push_back(!first && is_shared(a.program, i) ? lowest[i] : stage_constant(a, level, names[i]));
  if (first) lowest = stages;
  llvm::Constant* array = array_of(a, stage_type(a), stages);
  return llvm::ConstantStruct::getAnon({a.number(level.number), array, a.number(stages.size())});
}

// evaluate::Rules
llvm::Constant* rules_constant(Artefact& a, const ArtefactOptions& options, const Machine& machine) {
  std::vector<llvm::Constant*> levels, lowest;
  for (const Level& level : machine.levels) levels.push_back(level_constant(a, level, lowest));
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
  const std::unique_ptr<evaluate::Program> program = make_program(plan, options.columns);
  Artefact a{module, plan, *program};
  llvm::Constant* rules = rules_constant(a, options, machine);
  llvm::FunctionType* type = llvm::FunctionType::get(a.pointer(), false);
  llvm::Function* door = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, options.name + "_rules", module);
  door->addFnAttr(llvm::Attribute::NoUnwind);
  llvm::ReturnInst::Create(a.context(), rules, llvm::BasicBlock::Create(a.context(), "", door));
}

}  // namespace writ::emit
