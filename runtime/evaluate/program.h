// A rule set as an evaluator runs it: its tables, and its code.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "evaluate/frame.h"
#include "evaluate/tables.h"

namespace writ::evaluate {

struct RecordProgram {
  uint32_t record = 0, pass = 0;
  StageTable history[form_count], facts[form_count];  // by Form
  bool has_seconds = false;                           // there is code of Form::seconds
  bool has_portfolio = false;                         // there is code of Form::portfolio
  const StageTable& history_of(Form form) const { return history[static_cast<size_t>(form)]; }
  const StageTable& facts_of(Form form) const { return facts[static_cast<size_t>(form)]; }
};

// Values per period, or of the agreement, of many agreements at once: a row is an agreement, a block one period. Only values that are
// usual: surely one number. Rows that are not are refused, as in clean forms.
struct PortfolioTotals {
  uint32_t grid = no_index;  // no_index: of the agreement
  StageTable table;
};

// What a stage over records must leave behind: what totals need; also the definitions that a host takes as columns
// (Program::columns); also which of their cases decided; or every definition, and the guards that held.
enum class Wanted : uint8_t { totals, columns, reasons, everything };
inline constexpr size_t wanted_count = 4;

// Where code comes from: a just-in-time compiler, or an artefact. Thread-safe; may take time when something is asked for first.
struct Code {
  virtual ~Code() = default;
  virtual std::span<const StageFunction> facts(uint32_t record_program, Form form, Wanted wanted) const = 0;
  virtual std::span<const StageFunction> history(uint32_t record_program, Form form) const = 0;
  virtual StageFunction totals(uint32_t pass_plus_1, uint32_t stage) const = 0;
  virtual std::span<const StageFunction> portfolio(uint32_t stage) const = 0;
};

struct Program {
  Tables tables;
  std::vector<RecordProgram> records;         // by pass, then record
  std::vector<std::vector<uint32_t>> totals;  // by pass + 1: the grid of each stage, or no_index for the agreement
  std::vector<PortfolioTotals> portfolio;
  std::unique_ptr<const Code> code;
  std::vector<bool> columns;    // by definition: code for Wanted::columns and Wanted::reasons leaves it behind
  std::vector<bool> reasons;    // by definition: code for Wanted::reasons leaves behind which of its cases decided
  bool always_general = false;  // never use a lean stage
};

}  // namespace writ::evaluate
