// Values of all agreements of a portfolio, period by period, where they are usual; of the others agreement by agreement.
#include <algorithm>
#include <cassert>
#include <cstring>

#include "evaluate/portfolio.h"
#include "evaluate/protocols.h"
#include "evaluate/run_block.h"

namespace writ::evaluate {

namespace {

struct Making {
  const Program& program;
  const Portfolio& portfolio;
  std::vector<PortfolioColumn> columns;  // by definition; without memory where it is not asked for
  std::vector<uint32_t> same_as;         // by definition: another one that a stage keeps in the same place, or no_index
  std::vector<uint8_t> stages;           // by stage: it is the one for what the totals came to
  std::vector<uint8_t> alone;            // by agreement: it has something unusual
  BlockMemory memory;
  std::vector<int64_t> narrowed;  // sums of a block in 64 bits
};

size_t periods_of(const Tables& tables, uint32_t grid) { return grid == no_index ? 1 : static_cast<size_t>(value::period_count(tables.grids[grid])); }

ColumnView view_over(const void* values, uint32_t width) {
  ColumnView view;
  view.values = values;
  view.width = width;
  return view;
}

const DenseCells& read_by(const Tables& tables, const DenseTotals& dense, const FieldTable& field) {
  return tables.aggregates[field.aggregate].rule.fold == value::AggregateFold::count ? dense.counts : dense.sums;
}

// Of two stages that make the same, the narrow one where its totals are as narrow.
std::vector<uint8_t> choose_stages(const Program& program, const Portfolio& portfolio) {
  std::vector<uint8_t> chosen;
  bool narrow = false;
  for (const PortfolioTotals& stage : program.portfolio) {
    const auto suits = [&](const FieldTable& field) {
      return field.aggregate == no_index || read_by(program.tables, portfolio.totals[field.aggregate], field).bytes <= lane_bytes(field.lane);
    };
    const bool here = stage.narrow ? std::all_of(stage.table.fields.begin(), stage.table.fields.end(), suits) : !narrow;
    chosen.push_back(here ? 1 : 0);
    narrow = stage.narrow && here;
  }
  return chosen;
}

// Where the numbers of a field stand for agreements from `first` on in one period; without values where they need more than 64 bits.
ColumnView field_view(Making& making, const FieldTable& field, size_t period, uint32_t first, uint32_t rows) {
  const Portfolio& portfolio = making.portfolio;
  if (field.aggregate == no_index) {
    const uint32_t bytes = portfolio.param_bytes[field.param];
    return view_over(portfolio.params[field.param].data() + size_t{first} * bytes, bytes);
  }
  const DenseTotals& dense = portfolio.totals[field.aggregate];
  static constexpr int64_t nothing[most_block_rows] = {};
  const DenseCells& cells = read_by(making.program.tables, dense, field);
  if (!is_asked_for(cells) || cells.most[period] == 0) return view_over(nothing, lane_bytes(field.lane));  // also of a value that nobody asks for
  if (cells.bytes <= 8) return view_over(cells.numbers.data.get() + (period * cells.agreements + first) * cells.bytes, cells.bytes);
  making.narrowed.resize(size_t{most_block_rows});
  for (uint32_t i = 0; i < rows; ++i) {
    const value::i128 number = number_of(cells, period, first + i);
    if (number < INT64_MIN || number > INT64_MAX) return view_over(nullptr, 8);
    making.narrowed[i] = static_cast<int64_t>(number);
  }
  return view_over(making.narrowed.data(), 8);
}

bool run_period(Making& making, uint32_t index, size_t period, uint32_t first, uint32_t rows) {
  const StageTable& table = making.program.portfolio[index].table;
  BlockMemory& memory = making.memory;
  make_memory(table, rows, memory);
  for (size_t i = 0; i < table.fields.size(); ++i) {
    const ColumnView view = field_view(making, table.fields[i], period, first, rows);
    if (view.values == nullptr || !load_column(view, table.fields[i], 0, rows, memory.columns[i])) return false;
    memory.column_values[i] = memory.columns[i].values;
    memory.column_states[i] = memory.columns[i].states;
  }
  memory.slots = memory.own_slots;
  for (const DefinitionOut& out : table.definitions) {
    PortfolioColumn& column = making.columns[out.definition];
    if (column.numbers.size == 0 || making.same_as[out.definition] != no_index) continue;
    memory.slots[out.slot] = column.numbers.data.get() + (period * column.stride + first) * lane_bytes(column.lane);
  }
  std::fill(memory.counters.begin(), memory.counters.end(), 0);
  Frame frame;
  frame.rows = padded_rows(rows);
  frame.given_rows = rows;
  frame.as_of = making.portfolio.inputs.as_of;
  frame.period = period;
  frame.columns = memory.column_values.data();
  frame.column_states = memory.column_states.data();
  frame.slots = memory.slots.data();
  frame.slot_states = memory.slot_states.data();
  frame.slot_faults = memory.slot_faults.data();
  frame.helds = memory.helds.data();
  frame.counters = memory.counters.data();
  frame.tables = &making.program.tables;
  for (StageFunction code : making.program.code->portfolio(index)) code(&frame);
  return memory.counters[table.counters] == 0;
}

void run_stage(Making& making, uint32_t index) {
  const uint32_t agreements = making.portfolio.inputs.agreements;
  making.memory = {};  // of another stage
  for (size_t period = 0; period < periods_of(making.program.tables, making.program.portfolio[index].grid); ++period) {
    for (uint32_t first = 0; first < agreements; first += most_block_rows) {
      const uint32_t rows = std::min(most_block_rows, agreements - first);
      if (!run_period(making, index, period, first, rows)) std::fill_n(making.alone.begin() + first, rows, uint8_t{1});
    }
  }
}

// Columns that a stage makes; false where one that is asked for is made by none.
bool give_memory(Making& making, std::span<const uint32_t> definitions) {
  const Tables& tables = making.program.tables;
  making.columns.resize(tables.definitions.size());
  making.same_as.assign(tables.definitions.size(), no_index);
  std::vector<bool> made(tables.definitions.size(), false);
  for (uint32_t definition : definitions) {
    const DefinitionTable& table = tables.definitions[definition];
    assert(table.grain != GrainOf::record);
    PortfolioColumn& column = making.columns[definition];
    column.periods = periods_of(tables, table.grain == GrainOf::period ? table.of : no_index);
    column.stride = padded_rows(making.portfolio.inputs.agreements);
    for (size_t stage = 0; stage < making.program.portfolio.size(); ++stage) {
      if (making.stages[stage] == 0) continue;
      const PortfolioTotals& totals = making.program.portfolio[stage];
      const auto out =
          std::find_if(totals.table.definitions.begin(), totals.table.definitions.end(), [&](const DefinitionOut& o) { return o.definition == definition; });
      if (out == totals.table.definitions.end()) continue;
      made[definition] = true;
      column.lane = totals.table.slots[out->slot].lane;
    }
    column.numbers = Bytes(column.periods * column.stride * lane_bytes(column.lane));
  }
  for (size_t stage = 0; stage < making.program.portfolio.size(); ++stage) {
    if (making.stages[stage] == 0) continue;
    const PortfolioTotals& totals = making.program.portfolio[stage];
    std::vector<uint32_t> keeper(totals.table.slots.size(), no_index);
    for (const DefinitionOut& out : totals.table.definitions) {
      if (making.columns[out.definition].numbers.size == 0) continue;
      making.same_as[out.definition] = keeper[out.slot];
      if (keeper[out.slot] == no_index) keeper[out.slot] = out.definition;
    }
  }
  return std::all_of(definitions.begin(), definitions.end(), [&](uint32_t definition) { return made[definition]; });
}

bool fits(Lane lane, value::i128 number) {
  const int bits = lane == Lane::truth ? 1 : static_cast<int>(lane_bytes(lane)) * 8;
  if (lane == Lane::truth) return number == 0 || number == 1;
  return number >= -(value::i128{1} << (bits - 1)) && number < value::i128{1} << (bits - 1);
}

void put_number(PortfolioColumn& column, size_t at, int64_t number) {
  std::memcpy(column.numbers.data.get() + at * lane_bytes(column.lane), &number, lane_bytes(column.lane));  // little-endian
}

void widen(PortfolioColumn& column) {
  PortfolioColumn wide{Lane::i64, column.periods, column.stride, Bytes(column.periods * column.stride * sizeof(int64_t)), std::move(column.states)};
  for (size_t at = 0; at < column.periods * column.stride; ++at) put_number(wide, at, number_at(column, at));
  column = std::move(wide);
}

void put_value(PortfolioColumn& column, size_t at, const value::Value& v) {
  const bool number = value::is_certain(v) && v.lo_den == 1 && fits(Lane::i64, v.lo);
  if (number && !fits(column.lane, v.lo)) widen(column);
  put_number(column, at, number ? static_cast<int64_t>(v.lo) : 0);
  const uint8_t state = v.state == value::State::given && !number ? does_not_fit : static_cast<uint8_t>(v.state);
  if (state != 0 && column.states.empty()) column.states.resize(column.periods * column.stride);
  if (!column.states.empty()) column.states[at] = state;
}

void copy_numbers(const PortfolioColumn& from, PortfolioColumn& to) { std::memcpy(to.numbers.data.get(), from.numbers.data.get(), to.numbers.size); }

PortfolioColumn copy_of(const PortfolioColumn& from) {
  PortfolioColumn to{from.lane, from.periods, from.stride, Bytes(from.numbers.size), from.states};
  copy_numbers(from, to);
  return to;
}

void make_alone(Making& making, std::span<const uint32_t> definitions, uint32_t agreement) {
  const Results results = portfolio_results(making.program, making.portfolio, agreement, {});
  for (uint32_t definition : definitions) {
    PortfolioColumn& column = making.columns[definition];
    for (size_t p = 0; p < column.periods; ++p) put_value(column, p * column.stride + agreement, results.values[definition][p]);
  }
}

}  // namespace

int64_t number_at(const PortfolioColumn& column, size_t at) {
  SlotView view;
  view.lane = column.lane;
  view.values = column.numbers.data.get();
  return number_at(view, static_cast<uint32_t>(at));
}

std::vector<PortfolioColumn> portfolio_columns(const Program& program, const Portfolio& portfolio, std::span<const uint32_t> definitions) {
  assert(portfolio.closed);
  Making making{program, portfolio, {}, {}, choose_stages(program, portfolio), alone_in(portfolio), {}, {}};
  if (!give_memory(making, definitions)) std::fill(making.alone.begin(), making.alone.end(), uint8_t{1});
  const bool usual = std::find(making.alone.begin(), making.alone.end(), uint8_t{0}) != making.alone.end();
  for (uint32_t stage = 0; usual && stage < program.portfolio.size(); ++stage) {
    if (making.stages[stage] == 0) continue;
    const std::vector<DefinitionOut>& outs = program.portfolio[stage].table.definitions;
    if (std::any_of(outs.begin(), outs.end(), [&](const DefinitionOut& out) { return making.columns[out.definition].numbers.size != 0; }))
      run_stage(making, stage);
  }
  for (size_t i = 0; i < making.columns.size(); ++i) {
    if (making.same_as[i] != no_index) copy_numbers(making.columns[making.same_as[i]], making.columns[i]);
  }
  for (uint32_t a = 0; a < portfolio.inputs.agreements; ++a) {
    if (making.alone[a] != 0) make_alone(making, definitions, a);
  }
  std::vector<PortfolioColumn> asked;
  for (size_t i = 0; i < definitions.size(); ++i) {
    const bool again = std::find(definitions.begin() + static_cast<std::ptrdiff_t>(i) + 1, definitions.end(), definitions[i]) != definitions.end();
    PortfolioColumn& column = making.columns[definitions[i]];
    asked.push_back(again ? copy_of(column) : std::move(column));
  }
  return asked;
}

}  // namespace writ::evaluate
