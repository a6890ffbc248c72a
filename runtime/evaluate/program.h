// A rule set as an evaluator runs it: its tables, and its code.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "evaluate/frame.h"
#include "evaluate/tables.h"

namespace writ::evaluate {

// The last as-of instant that code for one row suits.
inline constexpr int64_t last_row_instant = (int64_t{value::last_date} - 2) * value::us_per_day;

struct RecordProgram {
  uint32_t record = 0, pass = 0;
  StageTable history[form_count], facts[form_count];  // by Form
  bool has_seconds = false;                           // there is code of Form::seconds
  bool has_portfolio = false;                         // there is code of Form::portfolio
  std::vector<uint32_t> row_definitions;              // that code for one row can leave behind, in evaluation order; empty: there is no such code
  int64_t row_from = INT64_MIN;                       // the first as-of instant that it suits
  const StageTable& history_of(Form form) const { return history[static_cast<size_t>(form)]; }
  const StageTable& facts_of(Form form) const { return facts[static_cast<size_t>(form)]; }
};

// Values per period, or of the agreement, of many agreements at once: a row is an agreement, a block one period. Only values that are
// usual: surely one number. Rows that are not are refused, as in clean forms.
struct PortfolioTotals {
  uint32_t grid = no_index;  // no_index: of the agreement
  bool narrow = false;       // for totals that are few and small; behind it stands the same for others
  StageTable table;
};

// What a stage over records must leave behind: what totals need; also the definitions that a host takes as columns
// (Program::columns); also which of their cases decided; or every definition, and the guards that held.
enum class Wanted : uint8_t { totals, columns, reasons, everything };
inline constexpr size_t wanted_count = 4;

// One row by itself: 0, or what Frame::otherwise gives for one that is unusual in any way; what was written before that means nothing.
// numbers, states: by field of the record, as a writ_row has them. values, value_states: by RowCode::definitions; numbers of those that are
// not given mean nothing. `row` is for Frame::otherwise only.
using RowFunction = uint32_t (*)(const Frame*, const int64_t* numbers, const uint8_t* states, int64_t* values, uint8_t* value_states, const void* row);
struct RowCode {
  RowFunction function = nullptr;         // null: there is none
  std::span<const uint32_t> definitions;  // that it leaves behind
};

// Where code comes from: a just-in-time compiler, or an artefact. Thread-safe; may take time when something is asked for first.
struct Code {
  virtual ~Code() = default;
  virtual std::span<const StageFunction> facts(uint32_t record_program, Form form, Wanted wanted) const = 0;
  virtual std::span<const StageFunction> history(uint32_t record_program, Form form) const = 0;
  virtual StageFunction totals(uint32_t pass_plus_1, uint32_t stage) const = 0;
  virtual std::span<const StageFunction> portfolio(uint32_t stage) const = 0;
  // For one row of the last pass, in which nothing is unusual. Leaves behind at least the wanted ones of RecordProgram::row_definitions.
  virtual RowCode row(uint32_t record_program, std::span<const uint32_t> wanted) const = 0;
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
