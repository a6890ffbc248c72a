#include "emit/debug.h"

#include <llvm/BinaryFormat/Dwarf.h>

#include <cassert>
#include <cstddef>

#include "emit/function.h"

namespace writ::emit {

namespace {

constexpr uint64_t bits = 8;

llvm::DIType* member(Debug& d, const char* name, llvm::DIType* type, uint64_t offset) {
  return d.builder.createMemberType(nullptr, name, d.files.front(), 0, type->getSizeInBits(), 0, offset * bits, llvm::DINode::FlagZero, type);
}

llvm::DIType* structure(Debug& d, const std::string& name, const std::vector<llvm::DIType*>& members) {
  std::vector<llvm::Metadata*> elements{member(d, "state", d.state, offsetof(value::Value, state))};
  elements.insert(elements.end(), members.begin(), members.end());
  return d.builder.createStructType(nullptr, name, d.files.front(), 0, sizeof(value::Value) * bits, alignof(value::Value) * bits, llvm::DINode::FlagZero,
                                    nullptr, d.builder.getOrCreateArray(elements));
}

llvm::DIType* words(Debug& d, const std::string& name, const std::vector<std::string>& members, uint64_t bytes) {
  std::vector<llvm::Metadata*> elements;
  for (size_t code = 0; code < members.size(); ++code) elements.push_back(d.builder.createEnumerator(members[code], code, true));
  return d.builder.createEnumerationType(nullptr, name, d.files.front(), 0, bytes * bits, 0, d.builder.getOrCreateArray(elements), nullptr);
}

// The states by their numbers.
std::vector<std::string> state_words() {
  std::vector<std::string> out(5);
  out[static_cast<size_t>(State::given)] = "given";
  out[static_cast<size_t>(State::not_yet)] = "not_yet";
  out[static_cast<size_t>(State::none)] = "none";
  out[static_cast<size_t>(State::unknown)] = "unknown";
  out[static_cast<size_t>(State::fault)] = "fault";
  return out;
}

// A value of an enum is its code, of which the low 64 bits tell all.
llvm::DIType* enum_type(Debug& d, const plan::DebugName& name) {
  llvm::DIType*& type = d.enums[name.type];
  if (type == nullptr) type = structure(d, name.type, {member(d, "value", words(d, "word_of_" + name.type, name.words, 8), offsetof(value::Value, lo))});
  return type;
}

llvm::DIType* type_of(Debug& d, const plan::DebugName& name) {
  if (!name.type.empty()) return enum_type(d, name);
  return name.truth ? d.truth : d.number;
}

llvm::DebugLoc location(Function& f, const plan::DebugPlace& place) {
  llvm::DILocalScope* scope = f.shown.scope;
  llvm::DIFile* file = f.shown.debug->files[place.file];
  // Steps come from tiers and metrics of other files, too.
  if (file != scope->getFile()) scope = f.shown.debug->builder.createLexicalBlockFile(scope, file);
  return llvm::DILocation::get(f.module.getContext(), place.line, place.column, scope);
}

llvm::AllocaInst* variable(Function& f, const std::string& name, llvm::Type* type, uint64_t count, llvm::DIType* described) {
  llvm::AllocaInst* memory = scratch(f, type, count);
  const plan::DebugPlace& place = f.stage.debug.place;
  llvm::DIBuilder& builder = f.shown.debug->builder;
  llvm::DILocalVariable* about = builder.createAutoVariable(f.shown.scope, name, f.shown.debug->files[place.file], place.line, described, true);
  builder.insertDeclare(memory, about, builder.createExpression(), location(f, place).get(), f.entry_end);
  return memory;
}

llvm::DISubprogram* subprogram(Debug& d, llvm::Function& function, const std::string& name, const plan::DebugPlace& place) {
  llvm::DISubroutineType* type = d.builder.createSubroutineType(d.builder.getOrCreateTypeArray({}));
  llvm::DISubprogram::DISPFlags flags = llvm::DISubprogram::SPFlagDefinition;
  llvm::DISubprogram* made =
      d.builder.createFunction(d.files[place.file], name, "", d.files[place.file], place.line, type, place.line, llvm::DINode::FlagZero, flags);
  function.setSubprogram(made);
  return made;
}

// Code generation keeps the order of blocks, but not that of what is in one.
void split(Function& f) {
  if (f.body == nullptr) return;
  llvm::BasicBlock* next = llvm::BasicBlock::Create(f.module.getContext(), "", f.function);
  f.ir.CreateBr(next);
  f.ir.SetInsertPoint(next);
  f.body = next;
}

void show(Function& f, const plan::DebugValue& value) {
  Debug& d = *f.shown.debug;
  const plan::DebugName& name = d.names.names[value.name];
  llvm::Value* from = whole_of(f, SlotId{value.slot});
  llvm::AllocaInst*& to = f.shown.variables[value.name];
  if (to == nullptr) to = variable(f, name.text, f.ir.getInt8Ty(), sizeof(value::Value), type_of(d, name));
  at_last_step(f);
  f.ir.CreateMemCpy(to, llvm::Align(16), from, llvm::Align(16), sizeof(value::Value));
  if (value.place.line == 0) return;
  split(f);
  f.ir.SetCurrentDebugLocation(location(f, value.place));
  show_row(f);
  at_last_step(f);
  split(f);
}

}  // namespace

std::unique_ptr<Debug> make_debug(llvm::Module& module, const plan::DebugNames& names) {
  module.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  module.addModuleFlag(llvm::Module::Max, "Dwarf Version", 5);
  auto made = std::make_unique<Debug>(module, names);
  Debug& d = *made;
  assert(!names.files.empty());
  // A table of names would be taken for that of a whole program, and the rest of it would have none. Paths stay as a person wrote them, so that the bytes do not depend on the folder.
  for (const std::string& file : names.files) d.files.push_back(d.builder.createFile(file, "."));
  d.builder.createCompileUnit(llvm::dwarf::DW_LANG_C99, d.files.front(), "writ", false, "", 0, "", llvm::DICompileUnit::FullDebug, 0, true, false,
                              llvm::DICompileUnit::DebugNameTableKind::None);
  d.state = words(d, "state", state_words(), sizeof(State));
  llvm::DIType* wide = d.builder.createBasicType("integer", sizeof(i128) * bits, llvm::dwarf::DW_ATE_signed);
  d.number = structure(d, "number",
                       {member(d, "low", wide, offsetof(value::Value, lo)), member(d, "high", wide, offsetof(value::Value, hi)),
                        member(d, "low_divisor", wide, offsetof(value::Value, lo_den)), member(d, "high_divisor", wide, offsetof(value::Value, hi_den))});
  d.truth = structure(d, "truth", {member(d, "value", d.builder.createBasicType("boolean", bits, llvm::dwarf::DW_ATE_boolean), offsetof(value::Value, lo))});
  d.count = d.builder.createBasicType("count", 8 * bits, llvm::dwarf::DW_ATE_unsigned);
  return made;
}

void finish(Debug& debug) { debug.builder.finalize(); }

void describe_door(Debug& debug, llvm::Function& function) {
  llvm::DISubprogram* scope = subprogram(debug, function, function.getName().str(), {0, 1, 1});
  for (llvm::Instruction& instruction : function.getEntryBlock()) {
    instruction.setDebugLoc(llvm::DILocation::get(function.getContext(), 1, 1, scope));
  }
}

void begin_debug(Function& f, Debug* debug) {
  f.shown.debug = debug;
  if (debug == nullptr) return;
  f.shown.scope = subprogram(*debug, *f.function, f.stage.debug.function, f.stage.debug.place);
  at_stage(f);
}

void at_stage(Function& f) {
  if (f.shown.debug == nullptr) return;
  f.shown.place = location(f, f.stage.debug.place);
  f.ir.SetCurrentDebugLocation(f.shown.place);
}

void begin_step(Function& f, SlotId id) {
  if (f.shown.debug == nullptr) return;
  const plan::DebugPlace& place = f.stage.debug.steps[id.index];
  const bool new_line = place.line != 0 && (place.line != f.shown.place.getLine() || f.shown.debug->files[place.file] != f.shown.place->getFile());
  if (new_line) split(f);
}

void at_step(Function& f, SlotId id) {
  if (f.shown.debug == nullptr) return;
  const plan::DebugPlace& place = f.stage.debug.steps[id.index];
  f.shown.place = location(f, place.line == 0 ? f.stage.debug.place : place);
  f.ir.SetCurrentDebugLocation(f.shown.place);
}

void at_last_step(Function& f) {
  if (f.shown.debug != nullptr) f.ir.SetCurrentDebugLocation(f.shown.place);
}

// The store is also what a debugger stops on, so it is never left out.
void show_row(Function& f) {
  if (f.shown.debug == nullptr) return;
  const bool totals = f.stage.grain == plan::StageGrain::totals;
  llvm::AllocaInst*& to = f.shown.place_of_rows;
  if (to == nullptr) to = variable(f, totals ? "period" : "row", f.ir.getInt64Ty(), 1, f.shown.debug->count);
  llvm::Value* first = frame_field(f, totals ? offsetof(evaluate::Frame, period) : offsetof(evaluate::Frame, first_row), f.ir.getInt64Ty());
  f.ir.CreateStore(totals ? first : f.ir.CreateAdd(first, f.row), to, true);
}

void show_values(Function& f, uint32_t before, uint32_t last_step) {
  if (f.shown.debug == nullptr) return;
  const std::vector<plan::DebugValue>& values = f.stage.debug.values;
  for (size_t& next = f.shown.next; next < values.size() && values[next].after <= before; ++next) {
    if (values[next].slot >= f.first_step && values[next].slot < last_step) show(f, values[next]);
  }
}

void show_definition(Function& f, uint32_t definition) {
  if (f.shown.debug == nullptr) return;
  const std::vector<plan::DebugValue>& values = f.stage.debug.values;
  while (f.shown.next < values.size()) {
    const plan::DebugValue& value = values[f.shown.next++];
    show(f, value);
    if (value.name == definition) return;
  }
}

}  // namespace writ::emit
