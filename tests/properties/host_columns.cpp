#include "properties/host_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "interpret/interpret.h"
#include "value/civil.h"
#include "value/decide.h"

namespace writ::properties {

namespace {

using value::State;

int64_t whole_second(int64_t instant) { return value::floor_div(instant, value::us_per_second) * value::us_per_second; }

template <class T>
std::vector<T> each(const std::vector<T>& list, uint32_t times) {
  std::vector<T> out;
  for (const T& one : list) out.insert(out.end(), times, one);
  return out;
}

bool all_fit(const record::Column& column, int64_t unit, int64_t low, int64_t high) {
  for (size_t i = 0; i < column.values.size(); ++i) {
    if (!column.states.empty() && column.states[i] != State::given) continue;
    if (column.values[i] % unit != 0 || column.values[i] / unit < low || column.values[i] / unit > high) return false;
  }
  return true;
}

// Bits of what is given, where nothing is absent in another way than the field declares.
const uint8_t* validity_of(Host& host, const record::Column& column, const ir::Type& type, size_t skipped = 0) {
  const State declared = type.absence == ir::Absence::not_yet ? State::not_yet : type.absence == ir::Absence::none ? State::none : State::unknown;
  std::vector<uint8_t> bits((skipped + column.states.size()) / 8 + 1);
  for (size_t i = 0; i < column.states.size(); ++i) {
    if (column.states[i] == State::given) {
      bits[(skipped + i) / 8] |= static_cast<uint8_t>(1u << ((skipped + i) % 8));
    } else if (column.states[i] != declared) {
      return nullptr;
    }
  }
  host.bits.push_back(std::move(bits));
  return host.bits.back().data();
}

// What stands where nothing is given means nothing, and must do no harm.
constexpr int64_t nothing[] = {INT64_MIN, 0, INT64_MAX, 123'456'789'012'345};

evaluate::ColumnView wide_view(Host& host, const record::Column& column, const ir::Type& type, const HostForm& form) {
  evaluate::ColumnView view;
  view.offset = form.skipped;
  view.unit = type.kind == ir::Kind::instant && all_fit(column, form.instant_unit, INT64_MIN, INT64_MAX) ? form.instant_unit : 1;
  std::vector<int64_t>& to = host.wide.emplace_back(form.skipped, 77);
  for (size_t i = 0; i < column.values.size(); ++i) {
    const bool given = column.states.empty() || column.states[i] == State::given;
    to.push_back(given ? column.values[i] / view.unit : nothing[i % std::size(nothing)]);
  }
  view.values = to.data();
  if (column.states.empty()) return view;
  view.validity = validity_of(host, column, type, form.skipped);
  if (view.validity != nullptr) return view;
  std::vector<uint8_t>& states = host.bits.emplace_back(form.skipped, uint8_t{99});
  for (const State state : column.states) states.push_back(static_cast<uint8_t>(state));
  view.states = states.data();
  return view;
}

evaluate::ColumnView column_view(Host& host, const record::Column& column, const ir::Type& type, const HostForm& form) {
  if (form.wide) return wide_view(host, column, type, form);
  evaluate::ColumnView view;
  view.values = column.values.data();
  if (!column.states.empty()) {
    view.validity = validity_of(host, column, type);
    if (view.validity == nullptr) view.states = reinterpret_cast<const uint8_t*>(column.states.data());
  }
  const int64_t unit = type.kind == ir::Kind::instant ? value::us_per_second : 1;
  if (unit == 1 && all_fit(column, 1, INT8_MIN, INT8_MAX)) {
    std::vector<int8_t>& to = host.small.emplace_back();
    for (int64_t number : column.values) to.push_back(static_cast<int8_t>(number));
    view.values = to.data();
    view.width = 1;
  } else if (all_fit(column, unit, INT32_MIN, INT32_MAX)) {
    std::vector<int32_t>& to = host.numbers.emplace_back();
    for (int64_t number : column.values) to.push_back(static_cast<int32_t>(number / unit));
    view.values = to.data();
    view.width = 4;
    view.unit = unit;
  }
  return view;
}

}  // namespace

HostForm some_form(uint64_t seed) {
  constexpr int64_t units[] = {1, 1000, value::us_per_second};
  return {seed % 4 != 0, units[seed / 4 % 3], static_cast<uint32_t>(seed % 3 * 5)};
}

evaluate::BatchView batch_view(Host& host, const ir::Agreement& agreement, const record::Batch& batch, const HostForm& form) {
  evaluate::BatchView view = evaluate::view_of(batch);
  const ir::Record& record = agreement.records.items[batch.record];
  for (size_t i = 0; i < batch.columns.size(); ++i) view.columns[i] = column_view(host, batch.columns[i], record.fields[i].type, form);
  return view;
}

Facts repeated_in_seconds(const ir::Agreement& agreement, const Facts& facts, uint32_t times) {
  Facts out = facts;
  out.inputs.as_of = whole_second(facts.inputs.as_of);
  for (record::Batch& batch : out.batches) {
    const ir::Record& record = agreement.records.items[batch.record];
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      if (record.fields[i].type.kind != ir::Kind::instant) continue;
      for (int64_t& instant : batch.columns[i].values) instant = whole_second(instant);
    }
    if (record.history) continue;
    for (record::Column& column : batch.columns) {
      column.values = each(column.values, times);
      column.states = each(column.states, times);
      column.texts = each(column.texts, times);
    }
    batch.origins = each(batch.origins, times);
    batch.rows *= times;
  }
  return out;
}

Facts with_microseconds(const ir::Agreement& agreement, const Facts& facts, uint64_t seed) {
  Facts out = facts;
  Dice dice{seed};
  const auto some = [&] { return dice.one_in(3) ? dice.pick(std::vector<int64_t>{1, 999, 1000, 999'999}) : dice.between(0, 999'999); };
  if (!dice.one_in(4)) out.inputs.as_of += some();
  const int one_in = static_cast<int>(dice.pick(std::vector<int64_t>{0, 1, 40, 2000}));
  if (one_in == 0) return out;  // only the horizon has them
  const uint32_t longest = static_cast<uint32_t>(dice.pick(std::vector<int64_t>{1, 1, 700}));
  for (record::Batch& batch : out.batches) {
    for (uint32_t row = 0; row < batch.rows; ++row) {
      if (!dice.one_in(one_in)) continue;
      const uint32_t end = std::min(batch.rows, row + static_cast<uint32_t>(dice.between(1, longest)));
      for (; row < end; ++row) {
        for (size_t f = 0; f < batch.columns.size(); ++f) {
          record::Column& column = batch.columns[f];
          const bool given = column.states.empty() || column.states[row] == State::given;
          const bool instant = agreement.records.items[batch.record].fields[f].type.kind == ir::Kind::instant;
          if (instant && given && dice.one_in(2)) column.values[row] += some();
        }
      }
    }
  }
  return out;
}

namespace {

int reason_of(const ir::Agreement& agreement, const evaluate::RecordOutputs& outputs, size_t place, size_t row, ir::DefinitionId definition) {
  return value::deciding_case(agreement.definitions[definition].cases, outputs.held[place][row]);
}

}  // namespace

ReasonColumn reason_column(uint32_t cases, bool wide, size_t rows) {
  const uint32_t width = wide ? 4 : evaluate::reason_bytes(cases);
  return {width, std::vector<std::byte>(rows * width, std::byte{99})};
}

size_t rows_of(const ReasonColumn& column) { return column.bytes.size() / column.width; }

int reason_at(const ReasonColumn& column, size_t row) {
  const std::byte* from = column.bytes.data() + row * column.width;
  if (column.width == 1) return static_cast<int8_t>(*from);
  int16_t two = 0;
  int32_t four = 0;
  if (column.width == 2) return std::memcpy(&two, from, 2), two;
  return std::memcpy(&four, from, 4), four;
}

ObservedColumns observe_columns(const evaluate::CompiledEngine& engine, const ir::Agreement& agreement, const Facts& facts, bool reasons,
                                const HostForm& form) {
  ObservedColumns seen;
  Host host;
  std::vector<evaluate::BatchView> views;
  for (const record::Batch& batch : facts.batches) views.push_back(batch_view(host, agreement, batch, form));
  seen.numbers.resize(views.size());
  seen.states.resize(views.size());
  seen.definitions.resize(views.size());
  seen.reasons.resize(views.size());
  const auto totals = engine.init(facts.inputs);
  for (int pass = 0; pass < engine.passes(); ++pass) {
    for (size_t i = 0; i < views.size(); ++i) {
      const std::vector<ir::DefinitionId> definitions = interpret::definitions_of(agreement, {views[i].record});
      seen.definitions[i] = definitions;
      seen.numbers[i].assign(definitions.size(), std::vector<int64_t>(views[i].rows));
      seen.states[i].assign(definitions.size(), std::vector<uint8_t>(views[i].rows));
      std::vector<evaluate::OutputColumn> outputs;
      seen.reasons[i].assign(definitions.size(), {});
      for (size_t d = 0; d < definitions.size(); ++d) {
        evaluate::OutputColumn& out = outputs.emplace_back();
        out = {definitions[d].index, 8, seen.numbers[i][d].data(), seen.states[i][d].data(), nullptr};
        if (!reasons || engine.program().tables.definitions[definitions[d].index].reasons == 0) continue;
        ReasonColumn& column = seen.reasons[i][d] = reason_column(engine.program().tables.definitions[definitions[d].index].reasons, d % 3 == 2, views[i].rows);
        out.reasons = column.bytes.data();
        out.reason_width = column.width;
      }
      if (!engine.update_columns(*totals, pass, views[i], outputs)) throw std::logic_error("a number does not fit 64 bits");
    }
    engine.close_pass(*totals, pass);
  }
  seen.results = engine.finish(*totals, facts.acts);
  return seen;
}

std::string difference(const ir::Agreement& agreement, const Observed& left, const ObservedColumns& right) {
  for (size_t batch = 0; batch < left.outputs.size(); ++batch) {
    for (size_t d = 0; d < right.reasons[batch].size(); ++d) {
      const ReasonColumn& reasons = right.reasons[batch][d];
      for (size_t row = 0; row < rows_of(reasons); ++row) {
        const int expected = reason_of(agreement, left.outputs[batch], d, row, right.definitions[batch][d]);
        if (expected == reason_at(reasons, row)) continue;
        return fmt::format("batch {} definition {} row {}: reason {} against column reason {}", batch, d, row, expected, reason_at(reasons, row));
      }
    }
    for (size_t d = 0; d < left.outputs[batch].values.size(); ++d) {
      const std::vector<value::Value>& values = left.outputs[batch].values[d];
      for (size_t row = 0; row < values.size(); ++row) {
        const value::Value& v = values[row];
        const bool number = value::is_certain(v) && v.lo_den == 1 && v.lo >= INT64_MIN && v.lo <= INT64_MAX;
        const uint8_t state = v.state == State::given && !number ? evaluate::does_not_fit : static_cast<uint8_t>(v.state);
        if (state == right.states[batch][d][row] && (!number || v.lo == right.numbers[batch][d][row])) continue;
        return fmt::format("batch {} definition {} row {}: state {} number {} against column state {} number {}", batch, d, row, state, value::to_text(v.lo, 0),
                           right.states[batch][d][row], right.numbers[batch][d][row]);
      }
    }
  }
  Observed results{right.results, {}};
  return difference(agreement, Observed{left.results, {}}, results);
}

}  // namespace writ::properties
