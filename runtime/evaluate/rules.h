// What an artefact holds, as its data section lays it out, and an engine over it. `emit` writes this layout, so it is stated once, here. Every pointer has
// room for 64 bits, whatever the machine.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "evaluate/compiled_engine.h"

namespace writ::evaluate {

// The functions of one stage, in the order in which they run.
struct StageCode {
  alignas(8) const StageFunction* functions = nullptr;
  uint64_t count = 0;
};

// Code of all stages for processors from one level on: see stage_index.
struct LevelCode {
  uint64_t level = 0;  // 1: every processor of its kind; x86-64: 2, 3 and 4 as the psABI numbers them
  alignas(8) const StageCode* stages = nullptr;
  uint64_t count = 0;
};

inline constexpr char rules_magic[8] = {'W', 'r', 'i', 't', 'C', 'o', 'd', 'e'};

// The C type writ_rules.
struct Rules {
  uint64_t size = 0;  // of this structure
  char magic[8] = {};
  uint64_t abi_version = 0;  // WRIT_ABI_VERSION of the compiler
  uint64_t layout = 0;       // code_layout() of the compiler
  alignas(8) const void* program = nullptr;
  uint64_t program_size = 0;
  alignas(8) const void* description = nullptr;
  uint64_t description_size = 0;
  alignas(8) const LevelCode* levels = nullptr;  // ascending; the first runs everywhere
  uint64_t level_count = 0;
};
static_assert(sizeof(StageCode) == 16 && sizeof(LevelCode) == 24 && sizeof(Rules) == 80);

// Where the code of a stage stands among those of a level: by record program, form and what is wanted, then by record program and form the
// histories, then the code for one row, then the totals. The general form is asked for rarely: it has code for everything, which serves whatever is wanted.
// A stage of one function is the code for one row: of the definitions that hosts take as columns, or of all (RecordProgram::row_definitions).
inline constexpr uint32_t stages_per_record = static_cast<uint32_t>(form_count * (wanted_count + 1)) + 2;
inline constexpr Wanted stored_wanted(Form form, Wanted wanted) { return form == Form::general ? Wanted::everything : wanted; }
inline constexpr uint32_t facts_stage(uint32_t record_program, Form form, Wanted wanted) {
  return record_program * stages_per_record + static_cast<uint32_t>(static_cast<size_t>(form) * wanted_count) +
         static_cast<uint32_t>(stored_wanted(form, wanted));
}
inline constexpr uint32_t history_stage(uint32_t record_program, Form form) {
  return record_program * stages_per_record + static_cast<uint32_t>(form_count * wanted_count) + static_cast<uint32_t>(form);
}
inline constexpr uint32_t row_stage(uint32_t record_program, bool all) {
  return record_program * stages_per_record + static_cast<uint32_t>(form_count * (wanted_count + 1)) + (all ? 1 : 0);
}
uint32_t totals_stage(const Program& program, uint32_t pass_plus_1, uint32_t stage);
uint32_t portfolio_stage(const Program& program, uint32_t stage);
uint32_t stage_count(const Program& program);

// Changes whenever emitted code and this runtime would misunderstand each other: the layout of what code is called with, and what it calls.
uint64_t code_layout();
// To be raised when the same layout means something else.
inline constexpr uint64_t code_meaning = 3;

// The highest level of which this processor runs code.
uint32_t processor_level();

// Null, with the reason: an artefact of another version, a damaged one. Code of at most `most_level` is used.
// `rules` and what it points to must stay.
std::unique_ptr<CompiledEngine> open_rules(const Rules& rules, uint32_t most_level, uint32_t& level, std::string& error);

}  // namespace writ::evaluate
