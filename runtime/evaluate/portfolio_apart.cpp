// Rows agreement by agreement: copied side by side first, so that an agreement has all of its rows in one stretch.
#include "evaluate/portfolio_apart.h"

#include <algorithm>
#include <cstring>

#include "evaluate/kernels.h"
#include "evaluate/update.h"

namespace writ::evaluate {

namespace {

// A column of some rows.
struct Gathered {
  std::vector<std::byte> numbers;
  std::vector<uint8_t> states, validity;
};

bool bit_at(const uint8_t* bits, uint64_t i) { return (bits[i / 8] >> (i % 8) & 1) != 0; }

ColumnView gather(const ColumnView& from, std::span<const uint32_t> rows, Gathered& memory) {
  const uint32_t count = static_cast<uint32_t>(rows.size());
  ColumnView view;
  view.width = std::max(from.width, 1u);
  view.unit = from.unit;
  memory.numbers.resize(rows.size() * view.width + 1);  // a view points somewhere
  const std::byte* numbers = static_cast<const std::byte*>(from.values);
  if (from.width == 0) {
    for (uint32_t i = 0; i < count; ++i)
      memory.numbers[i] = std::byte{bit_at(static_cast<const uint8_t*>(from.values), static_cast<uint64_t>(from.offset) + rows[i])};
  } else {
    gather_numbers(numbers + from.offset * int64_t{from.width}, from.width, rows.data(), count, memory.numbers.data());
  }
  view.values = memory.numbers.data();
  if (from.states != nullptr) {
    memory.states.resize(rows.size() + 1);
    gather_numbers(from.states + from.offset, 1, rows.data(), count, memory.states.data());
    view.states = memory.states.data();
  } else if (from.validity != nullptr) {
    memory.validity.assign(rows.size() / 8 + 1, 0);
    for (uint32_t i = 0; i < count; ++i) {
      const bool given = bit_at(from.validity, static_cast<uint64_t>(from.offset) + rows[i]);
      memory.validity[i / 8] |= static_cast<uint8_t>(unsigned{given} << (i % 8));
    }
    view.validity = memory.validity.data();
  }
  return view;
}

// Some rows of a batch as a batch, each with the place that it has in the input.
struct Copy {
  BatchView batch;
  std::vector<Gathered> columns, history_columns;
  std::vector<uint32_t> places, offsets;
  std::vector<uint8_t> tied;
};

void copy_history(const HistoryColumns& from, std::span<const uint32_t> rows, Copy& copy) {
  if (from.offsets == nullptr) return;
  HistoryColumns& to = copy.batch.history;
  std::vector<uint32_t> of_rows;
  copy.offsets.push_back(0);
  for (const uint32_t row : rows) {
    for (uint32_t i = from.offsets[row]; i < from.offsets[row + 1]; ++i) of_rows.push_back(i);
    copy.offsets.push_back(static_cast<uint32_t>(of_rows.size()));
  }
  to.offsets = copy.offsets.data();
  to.rows = static_cast<uint32_t>(of_rows.size());
  if (from.tied != nullptr) {
    for (const uint32_t row : rows) copy.tied.push_back(from.tied[row]);
    to.tied = copy.tied.data();
  }
  copy.history_columns.resize(from.columns.size());
  for (size_t i = 0; i < from.columns.size(); ++i) to.columns.push_back(gather(from.columns[i], of_rows, copy.history_columns[i]));
}

void copy_rows(const BatchView& batch, std::span<const uint32_t> rows, Copy& copy) {
  copy.batch.record = batch.record;
  copy.batch.first_row = batch.first_row;
  copy.batch.rows = static_cast<uint32_t>(rows.size());
  copy.columns.resize(batch.columns.size());
  for (size_t i = 0; i < batch.columns.size(); ++i) copy.batch.columns.push_back(gather(batch.columns[i], rows, copy.columns[i]));
  copy.places.assign(rows.begin(), rows.end());
  if (batch.places != nullptr) gather_numbers(batch.places, sizeof(uint32_t), rows.data(), copy.batch.rows, copy.places.data());
  copy.batch.places = copy.places.data();
  copy_history(batch.history, rows, copy);
}

// Rows [first, first + rows) of a batch as a batch. `offsets` is memory for its histories.
BatchView part_of(const BatchView& batch, uint64_t first, uint32_t rows, std::vector<uint32_t>& offsets) {
  BatchView part = batch;
  part.rows = rows;
  if (part.places != nullptr) {
    part.places += first;
  } else {
    part.first_row += first;
  }
  for (ColumnView& column : part.columns) column.offset += static_cast<int64_t>(first);
  if (batch.history.offsets == nullptr) return part;
  const uint32_t start = batch.history.offsets[first];
  offsets.clear();
  for (uint32_t i = 0; i <= rows; ++i) offsets.push_back(batch.history.offsets[first + i] - start);
  part.history.offsets = offsets.data();
  part.history.rows = offsets.back();
  if (batch.history.tied != nullptr) part.history.tied += first;
  for (ColumnView& column : part.history.columns) column.offset += start;
  return part;
}

OutputColumn moved(OutputColumn column, uint64_t rows) {
  if (column.values != nullptr) column.values = static_cast<std::byte*>(column.values) + rows * column.width;
  if (column.reasons != nullptr) column.reasons = static_cast<std::byte*>(column.reasons) + rows * column.reason_width;
  if (column.states != nullptr) column.states += rows;
  return column;
}

// Stretches of rows of one agreement, each as an evaluation of its own would have it.
bool update_stretches(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement, uint64_t first, uint64_t rows,
                      std::span<const OutputColumn> outputs) {
  std::vector<uint32_t> offsets;
  std::vector<OutputColumn> columns;
  for (uint64_t at = first, end = first + rows; at < end;) {
    const uint32_t whose = agreement[at];
    uint64_t next = at + 1;
    while (next < end && agreement[next] == whose) ++next;
    columns.clear();
    for (const OutputColumn& column : outputs) columns.push_back(moved(column, at));
    State& state = own_state(program, portfolio, whose);
    std::swap(state.scratch, portfolio.shared.scratch);
    const bool fits = update_state(program, state, part_of(batch, at, static_cast<uint32_t>(next - at), offsets), {nullptr, columns});
    std::swap(state.scratch, portfolio.shared.scratch);
    if (!fits) return false;
    at = next;
  }
  return true;
}

// What copied rows came to, until each is put where the host wants it.
struct Outputs {
  std::vector<std::vector<std::byte>> values, states, reasons;
  std::vector<OutputColumn> columns;
};

void make_outputs(std::span<const OutputColumn> wanted, size_t rows, Outputs& out) {
  out.values.resize(wanted.size());
  out.states.resize(wanted.size());
  out.reasons.resize(wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    OutputColumn column = wanted[i];
    const auto room = [&](std::vector<std::byte>& memory, size_t bytes) {
      memory.resize(bytes);
      return memory.data();
    };
    if (column.values != nullptr) column.values = room(out.values[i], rows * column.width);
    if (column.states != nullptr) column.states = reinterpret_cast<uint8_t*>(room(out.states[i], rows));
    if (column.reasons != nullptr) column.reasons = room(out.reasons[i], rows * column.reason_width);
    out.columns.push_back(column);
  }
}

void put_back(const Outputs& outputs, std::span<const uint32_t> rows, std::span<const OutputColumn> wanted) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    const OutputColumn& from = outputs.columns[i];
    for (size_t k = 0; k < rows.size(); ++k) {
      const OutputColumn to = moved(wanted[i], rows[k]), at = moved(from, k);
      if (to.values != nullptr) std::memcpy(to.values, at.values, to.width);
      if (to.states != nullptr) *to.states = *at.states;
      if (to.reasons != nullptr) std::memcpy(to.reasons, at.reasons, to.reason_width);
    }
  }
}

}  // namespace

bool on_copied_rows(const BatchView& batch, std::span<const uint32_t> agreement, std::span<const uint32_t> rows, std::span<const OutputColumn> outputs,
                    const OnRows& run) {
  Copy copy;
  copy_rows(batch, rows, copy);
  std::vector<uint32_t> whose(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) whose[i] = agreement[rows[i]];
  Outputs own;
  make_outputs(outputs, rows.size(), own);
  if (!run(copy.batch, whose, own.columns)) return false;
  put_back(own, rows, outputs);
  return true;
}

bool update_apart(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement, std::span<const uint32_t> rows,
                  std::span<const OutputColumn> outputs) {
  if (rows.empty()) return true;
  const auto by_agreement = [&](uint32_t a, uint32_t b) { return agreement[a] < agreement[b]; };
  const bool together = rows.back() - rows.front() + 1 == rows.size();
  if (together && std::is_sorted(rows.begin(), rows.end(), by_agreement)) {
    return update_stretches(program, portfolio, batch, agreement, rows.front(), rows.size(), outputs);
  }
  const OnRows run = [&](const BatchView& some, std::span<const uint32_t> whose, std::span<const OutputColumn> columns) {
    return update_stretches(program, portfolio, some, whose, 0, some.rows, columns);
  };
  for (size_t first = 0; first < rows.size(); first += rows_copied_at_once) {
    const std::span<const uint32_t> some = rows.subspan(first, std::min(rows_copied_at_once, rows.size() - first));
    std::vector<uint32_t> sorted(some.begin(), some.end());
    std::stable_sort(sorted.begin(), sorted.end(), by_agreement);
    if (!on_copied_rows(batch, agreement, sorted, outputs, run)) return false;
  }
  return true;
}

}  // namespace writ::evaluate
