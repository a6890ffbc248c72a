// A state as bytes, little-endian: header, inputs, cells by aggregate and period, counts, misses, faults. The interpreter writes and reads the same format. Values that follow from closed passes are not kept
// but computed again, so that no damaged byte can contradict the cells.
#include <cassert>
#include <cstring>
#include <string_view>

#include "evaluate/state.h"

namespace writ::evaluate {

namespace {

constexpr char magic[8] = {'W', 'r', 'i', 't', 'S', 't', 'a', 't'};
constexpr uint32_t format_version = 2;

struct Writer {
  std::vector<std::byte> bytes;
  void raw(const void* data, size_t size) {
    const std::byte* from = static_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), from, from + size);
  }
  template <class T>
  void number(T v) {
    for (size_t i = 0; i < sizeof(T); ++i) bytes.push_back(static_cast<std::byte>(static_cast<value::u128>(v) >> (8 * i)));
  }
};

// After the first problem every read gives 0, and `error` keeps the first.
struct Reader {
  std::span<const std::byte> bytes;
  size_t at = 0;
  std::string_view error;

  void fail(std::string_view why) {
    if (error.empty()) error = why;
  }
  template <class T>
  T number() {
    if (!error.empty() || bytes.size() - at < sizeof(T)) {
      fail("the state is cut short");
      return 0;
    }
    value::u128 v = 0;
    for (size_t i = 0; i < sizeof(T); ++i) v |= static_cast<value::u128>(static_cast<uint8_t>(bytes[at + i])) << (8 * i);
    at += sizeof(T);
    return static_cast<T>(v);
  }
  int64_t count() {
    const int64_t n = number<int64_t>();
    if (n < 0) fail("the state is damaged: a count is negative");
    return n < 0 ? 0 : n;
  }
  // Of things that take at least `size` bytes each, so that a damaged number cannot ask for all memory.
  uint64_t length(size_t size) {
    const uint64_t n = number<uint64_t>();
    if (n > (bytes.size() - at) / size) fail("the state is cut short");
    return error.empty() ? n : 0;
  }
};

void write_cell(Writer& out, const value::AggregateCell& cell) {
  out.number(cell.n);
  out.number(cell.uncertain);
  out.number(cell.unbounded);
  out.number(cell.faults);
  out.number(cell.lo);
  out.number(cell.hi);
}

value::AggregateCell read_cell(Reader& in) {
  value::AggregateCell cell;
  cell.n = in.count();
  cell.uncertain = in.count();
  cell.unbounded = in.count();
  cell.faults = in.count();
  cell.lo = in.number<value::i128>();
  cell.hi = in.number<value::i128>();
  if (cell.lo > cell.hi) in.fail("the state is damaged: a total is above its own bound");
  return cell;
}

void read_header(Reader& in, const Program& program) {
  bool ours = true;
  for (const char c : magic) ours = in.number<uint8_t>() == static_cast<uint8_t>(c) && ours;
  if (in.error.empty() && !ours) in.fail("this is not a saved state");
  if (in.number<uint32_t>() != format_version) in.fail("the state was saved by another version");
  for (uint64_t hash : program.tables.rules) {
    if (in.number<uint64_t>() != hash) in.fail("the state belongs to another rule set");
  }
}

void read_inputs(Reader& in, const Program& program, Inputs& inputs) {
  inputs.as_of = in.number<int64_t>();
  if (in.length(sizeof(value::i128)) != program.tables.params.size()) in.fail("the state does not fit these rules");
  for (size_t i = 0; i < program.tables.params.size() && in.error.empty(); ++i) inputs.params.push_back(value::given(in.number<value::i128>()));
}

void write_notables(Writer& out, const Notables& notables) {
  out.number(notables.kept);
  out.number(notables.unplaced);
  out.number(static_cast<uint64_t>(notables.misses.size()));
  for (const auto& [notable, count] : notables.misses) {
    out.number(std::get<0>(notable));
    out.number(std::get<1>(notable));
    out.number(static_cast<uint8_t>(std::get<2>(notable)));
    out.number(count);
  }
}

void read_notables(Reader& in, const Tables& tables, const RightTable& right, Notables& notables) {
  notables.kept = in.count();
  notables.unplaced = in.count();
  const uint64_t length = in.length(21);
  int64_t listed = 0;
  for (uint64_t i = 0; i < length && in.error.empty(); ++i) {
    const int64_t due = in.number<int64_t>();
    const uint32_t commitment = in.number<uint32_t>();
    const uint8_t certain = in.number<uint8_t>();
    const int64_t count = in.count();
    const Notable notable{due, commitment, certain != 0};
    const bool ordered = notables.misses.empty() || notables.misses.rbegin()->first < notable;
    const bool possible =
        count > 0 && count <= notables.kept && certain <= 1 && commitment < right.commitments && value::index_of(tables.grids[right.grid], due) >= 0;
    if (!ordered || !possible) {
      in.fail("the state is damaged: its misses are not in order");
      return;
    }
    notables.misses.emplace_hint(notables.misses.end(), notable, count);
    listed += count;
  }
  const int64_t expected = notables.kept > right.notable_bound ? 0 : notables.kept;
  if (listed != expected) in.fail("the state is damaged: its misses do not add up");
}

void read_faults(Reader& in, const Tables& tables, std::vector<FaultReport>& faults) {
  const uint64_t length = in.length(17);
  if (length > kept_faults) in.fail("the state is damaged: it has too many faults");
  for (uint64_t i = 0; i < length && in.error.empty(); ++i) {
    FaultReport report;
    report.record = in.number<uint32_t>();
    report.row = in.number<uint64_t>();
    report.point = in.number<uint32_t>();
    const uint8_t fault = in.number<uint8_t>();
    report.fault = static_cast<value::Fault>(fault);
    const bool known = fault > 0 && fault <= static_cast<uint8_t>(value::Fault::order) && report.record < tables.records.size();
    if (!known || (!faults.empty() && fault_order(report) < fault_order(faults.back()))) in.fail("the state is damaged: its faults are not in order");
    faults.push_back(report);
  }
}

void read_counts(Reader& in, const Tables& tables, State& state) {
  for (const AggregateTable& aggregate : tables.aggregates) {
    for (uint32_t p = 0; p < cells_of(tables, aggregate); ++p) state.cells[aggregate.first + p * aggregate.stride] = read_cell(in);
  }
  for (int64_t& n : state.outside) n = in.count();
  for (int64_t& n : state.unplaced) n = in.count();
  for (RecordTotals& totals : state.records) {
    for (int64_t* n : {&totals.admitted, &totals.after_horizon, &totals.outside_term, &totals.undated, &totals.faulted}) *n = in.count();
  }
  for (size_t i = 0; i < state.notables.size(); ++i) read_notables(in, tables, tables.rights[i], state.notables[i]);
  read_faults(in, tables, state.faults);
}

}  // namespace

std::vector<std::byte> save_state(const Program& program, const State& state) {
  Writer out;
  out.raw(magic, sizeof magic);
  out.number(format_version);
  for (uint64_t hash : program.tables.rules) out.number(hash);
  out.number(state.inputs.as_of);
  out.number(static_cast<uint64_t>(state.inputs.params.size()));
  for (const value::Value& param : state.inputs.params) {
    assert(value::is_certain(param) && param.lo_den == 1);
    out.number(param.lo);
  }
  out.number(state.pass);
  for (const AggregateTable& aggregate : program.tables.aggregates) {
    for (uint32_t p = 0; p < cells_of(program.tables, aggregate); ++p) write_cell(out, state.cells[aggregate.first + p * aggregate.stride]);
  }
  for (int64_t n : state.outside) out.number(n);
  for (int64_t n : state.unplaced) out.number(n);
  for (const RecordTotals& totals : state.records) {
    for (int64_t n : {totals.admitted, totals.after_horizon, totals.outside_term, totals.undated, totals.faulted}) out.number(n);
  }
  for (const Notables& notables : state.notables) write_notables(out, notables);
  out.number(static_cast<uint64_t>(state.faults.size()));
  for (const FaultReport& report : state.faults) {
    out.number(report.record);
    out.number(report.row);
    out.number(report.point);
    out.number(static_cast<uint8_t>(report.fault));
  }
  return std::move(out.bytes);
}

std::unique_ptr<State> load_state(const Program& program, std::span<const std::byte> bytes, std::string& error) {
  Reader in{bytes, 0, {}};
  Inputs inputs;
  read_header(in, program);
  read_inputs(in, program, inputs);
  const uint32_t pass = in.number<uint32_t>();
  if (pass > program.tables.passes) in.fail("the state is damaged: it has passes that the rules have not");
  if (!in.error.empty()) {
    error = in.error;
    return nullptr;
  }
  std::unique_ptr<State> state = make_state(program, inputs);
  read_counts(in, program.tables, *state);
  if (in.error.empty() && in.at != bytes.size()) in.fail("the state has bytes behind its end");
  if (!in.error.empty()) {
    error = in.error;
    return nullptr;
  }
  for (state->pass = 0; state->pass < pass; ++state->pass) run_totals(program, *state, static_cast<int>(state->pass));
  return state;
}

}  // namespace writ::evaluate
