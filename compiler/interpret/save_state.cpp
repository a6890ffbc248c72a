// A state as bytes: little-endian, with a header that refuses what is foreign. Loading checks every size and every value
// before it is used, so that damaged bytes are a message and never a wrong total.
#include <cassert>
#include <string_view>

#include "interpret/state.h"

namespace writ::interpret {

using value::Value;

namespace {

constexpr std::string_view magic = "WritOrcl";
constexpr uint32_t version = 1;

struct Writer {
  std::vector<std::byte> bytes;

  void u8(uint8_t n) { bytes.push_back(std::byte{n}); }
  void u64(uint64_t n) {
    for (int i = 0; i < 8; ++i) u8(static_cast<uint8_t>(n >> (8 * i)));
  }
  void i64(int64_t n) { u64(static_cast<uint64_t>(n)); }
  void i128(value::i128 n) {
    u64(static_cast<uint64_t>(static_cast<value::u128>(n)));
    u64(static_cast<uint64_t>(static_cast<value::u128>(n) >> 64));
  }
};

// After the first mistake everything reads as zero and `reason` says what it was.
struct Reader {
  std::span<const std::byte> bytes;
  size_t at = 0;
  std::string reason;

  bool bad() const { return !reason.empty(); }
  void refuse(std::string_view why) {
    if (reason.empty()) reason = why;
  }
  uint8_t u8() {
    if (bad()) return 0;
    if (at >= bytes.size()) {
      refuse("the state is cut short");
      return 0;
    }
    return static_cast<uint8_t>(bytes[at++]);
  }
  uint64_t u64() {
    uint64_t n = 0;
    for (int i = 0; i < 8; ++i) n |= static_cast<uint64_t>(u8()) << (8 * i);
    return n;
  }
  int64_t i64() { return static_cast<int64_t>(u64()); }
  value::i128 i128() {
    const uint64_t low = u64();
    return static_cast<value::i128>(static_cast<value::u128>(u64()) << 64 | low);
  }
  // A number of things that follow: no more than there are bytes left, so that damaged bytes cannot ask for memory.
  uint64_t size() {
    const uint64_t n = u64();
    if (n > bytes.size() - at) refuse("the state is cut short");
    return bad() ? 0 : n;
  }
  void expect(uint64_t found, uint64_t wanted) {
    if (found != wanted) refuse("the state does not fit these rules");
  }
  int64_t count() {
    const int64_t n = i64();
    if (n < 0) refuse("the state is damaged: a count is negative");
    return n;
  }
};

void write(Writer& out, const Value& v) {
  out.u8(static_cast<uint8_t>(v.state));
  out.u8(static_cast<uint8_t>(v.fault));
  out.u64(v.point);
  out.i128(v.lo);
  out.i128(v.hi);
  out.i128(v.lo_den);
  out.i128(v.hi_den);
}

Value read_value(Reader& in) {
  Value v;
  const uint8_t state = in.u8(), fault = in.u8();
  const uint64_t point = in.u64();
  v.lo = in.i128();
  v.hi = in.i128();
  v.lo_den = in.i128();
  v.hi_den = in.i128();
  if (in.bad()) return {};
  v.state = static_cast<value::State>(state);
  v.fault = static_cast<value::Fault>(fault);
  v.point = static_cast<uint32_t>(point);
  const bool faulty = state == static_cast<uint8_t>(value::State::fault);
  const bool plain = v.lo == 0 && v.hi == 0 && v.lo_den == 1 && v.hi_den == 1;
  if (state > static_cast<uint8_t>(value::State::fault) || fault > static_cast<uint8_t>(value::Fault::order) || point > UINT32_MAX || faulty != (fault != 0) ||
      (!faulty && point != 0) || v.lo_den <= 0 || v.hi_den <= 0 || (state != 0 && !plain)) {
    in.refuse("the state is damaged: no such value");
    return {};
  }
  return v;
}

void write(Writer& out, const Folded& folded) {
  out.u64(folded.cells.size());
  for (const value::AggregateCell& cell : folded.cells) {
    out.i64(cell.n);
    out.i64(cell.uncertain);
    out.i64(cell.unbounded);
    out.i64(cell.faults);
    out.i128(cell.lo);
    out.i128(cell.hi);
  }
  out.i64(folded.outside);
  out.i64(folded.unplaced);
}

void read(Reader& in, Folded& folded) {
  in.expect(in.u64(), folded.cells.size());
  for (value::AggregateCell& cell : folded.cells) {
    cell.n = in.count();
    cell.uncertain = in.count();
    cell.unbounded = in.count();
    cell.faults = in.count();
    cell.lo = in.i128();
    cell.hi = in.i128();
  }
  folded.outside = in.count();
  folded.unplaced = in.count();
}

void write(Writer& out, const Notables& notables) {
  out.u64(notables.misses.size());
  for (const auto& [notable, times] : notables.misses) {
    out.i64(std::get<0>(notable));
    out.u64(std::get<1>(notable));
    out.u8(std::get<2>(notable));
    out.i64(times);
  }
  out.i64(notables.kept);
  out.i64(notables.unplaced);
}

void read(Reader& in, Notables& notables, const ir::Right& right) {
  int64_t listed = 0;
  for (uint64_t left = in.size(); left > 0 && !in.bad(); --left) {
    const int64_t due = in.i64();
    const uint64_t index = in.u64();
    const uint8_t certain = in.u8();
    const int64_t times = in.count();
    const Notable notable{due, static_cast<uint32_t>(index), certain != 0};
    const bool in_order = notables.misses.empty() || notables.misses.rbegin()->first < notable;
    if (index >= right.misses.size() || certain > 1 || times == 0 || !in_order || __builtin_add_overflow(listed, times, &listed)) {
      in.refuse("the state is damaged: its misses are not in order");
    }
    notables.misses[notable] = times;
  }
  notables.kept = in.count();
  notables.unplaced = in.count();
  const bool given_up = notables.kept > right.notable_bound;
  if (given_up ? listed != 0 : listed != notables.kept) in.refuse("the state is damaged: its misses do not add up");
}

void write(Writer& out, const evaluate::FaultReport& report) {
  out.u64(report.record);
  out.u64(report.row);
  out.u64(report.point);
  out.u8(static_cast<uint8_t>(report.fault));
}

void read_faults(Reader& in, size_t records, std::vector<evaluate::FaultReport>& faults) {
  uint64_t count = in.size();
  if (count > kept_faults) in.refuse("the state is damaged: too many faults");
  for (; count > 0 && !in.bad(); --count) {
    const uint64_t record = in.u64(), row = in.u64(), point = in.u64();
    const uint8_t fault = in.u8();
    if (record >= records || point > UINT32_MAX || fault == 0 || fault > static_cast<uint8_t>(value::Fault::order)) {
      in.refuse("the state is damaged: no such fault");
    }
    faults.push_back({static_cast<uint32_t>(record), row, static_cast<uint32_t>(point), static_cast<value::Fault>(fault)});
    if (faults.size() > 1 && fault_key(faults.back()) < fault_key(faults[faults.size() - 2])) in.refuse("the state is damaged: faults out of order");
  }
}

}  // namespace

std::vector<std::byte> save_state(const Tables& tables, const RunState& state) {
  Writer out;
  for (char c : magic) out.u8(static_cast<uint8_t>(c));
  out.u64(version);
  out.u64(tables.rule_hash);
  out.u64(static_cast<uint64_t>(state.pass));
  out.i64(state.inputs.as_of);
  out.u64(state.inputs.params.size());
  for (const Value& param : state.inputs.params) write(out, param);
  for (size_t id = 0; id < state.closed.values.size(); ++id) {
    out.u64(state.closed.values[id].size());
    for (const Value& v : state.closed.values[id]) write(out, v);
    for (uint64_t held : state.closed.held[id]) out.u64(held);
  }
  for (const Folded& folded : state.closed.aggregates) write(out, folded);
  for (const Folded& folded : state.open.aggregates) write(out, folded);
  for (const evaluate::RecordTotals& totals : state.open.records) {
    for (int64_t n : {totals.admitted, totals.after_horizon, totals.outside_term, totals.undated, totals.faulted}) out.i64(n);
  }
  for (const Notables& notables : state.open.notables) write(out, notables);
  out.u64(state.open.faults.size());
  for (const evaluate::FaultReport& report : state.open.faults) write(out, report);
  return std::move(out.bytes);
}

bool load_state(const Tables& tables, std::span<const std::byte> bytes, RunState& state, std::string& error) {
  const ir::Agreement& agreement = *tables.agreement;
  Reader in{bytes, 0, {}};
  for (char c : magic) {
    if (in.u8() != static_cast<uint8_t>(c)) in.refuse("these bytes are not a state of the interpreter");
  }
  if (in.u64() != version) in.refuse("the state was written by another version");
  if (in.u64() != tables.rule_hash) in.refuse("the state belongs to other rules");
  evaluate::Inputs inputs;
  const uint64_t pass = in.u64();
  inputs.as_of = in.i64();
  in.expect(in.u64(), agreement.params.size());
  for (size_t i = 0; i < agreement.params.size() && !in.bad(); ++i) inputs.params.push_back(read_value(in));
  if (pass > static_cast<uint64_t>(std::max(agreement.passes, 1))) in.refuse("the state is damaged: no such pass");
  if (!in.bad()) {
    state = fresh_state(tables, inputs);
    state.pass = static_cast<int>(pass);
    for (size_t id = 0; id < state.closed.values.size(); ++id) {
      in.expect(in.u64(), state.closed.values[id].size());
      for (Value& v : state.closed.values[id]) v = read_value(in);
      for (uint64_t& held : state.closed.held[id]) held = in.u64();
    }
    for (Folded& folded : state.closed.aggregates) read(in, folded);
    for (Folded& folded : state.open.aggregates) read(in, folded);
    for (evaluate::RecordTotals& totals : state.open.records) {
      for (int64_t* n : {&totals.admitted, &totals.after_horizon, &totals.outside_term, &totals.undated, &totals.faulted}) *n = in.count();
    }
    for (uint32_t id = 0; id < agreement.rights.size(); ++id) read(in, state.open.notables[id], agreement.rights[ir::RightId{id}]);
    read_faults(in, agreement.records.size(), state.open.faults);
    if (in.at != bytes.size()) in.refuse("something follows the state");
  }
  error = in.reason;
  return !in.bad();
}

}  // namespace writ::interpret
