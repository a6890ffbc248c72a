// How emitted code and this runtime understand each other, as one number: both sides compute it from the same structures.
#include <string_view>

#include "evaluate/archive.h"
#include "evaluate/rt.h"
#include "evaluate/rules.h"

namespace writ::value {

inline auto fields(Value& t) { return std::tie(t.lo, t.hi, t.lo_den, t.hi_den, t.state, t.fault, t.zero16, t.point, t.zero64); }

}  // namespace writ::value

namespace writ::evaluate {

inline auto fields(HistoryView& t) {
  return std::tie(t.offsets, t.tied, t.at, t.predicates, t.predicate_states, t.predicate_faults, t.columns, t.column_states);
}
inline auto fields(Frame& t) {
  return std::tie(t.rows, t.given_rows, t.as_of, t.as_of_second, t.as_of_second_up, t.as_of_date, t.period, t.first_row, t.columns, t.column_states, t.live,
                  t.slots, t.slot_states, t.slot_faults, t.helds, t.counters, t.params, t.closed, t.closed_held, t.tables, t.cells, t.unplaced, t.history,
                  t.otherwise, t.caller);
}
inline auto fields(Operation& t) {
  return std::tie(t.number_low, t.number_high, t.index, t.index2, t.predicate, t.point, t.rounding, t.strict, t.cases, t.words, t.has_base, t.zero,
                  t.overridden_by);
}

namespace {

struct LayoutHash {
  uint64_t state = 14695981039346656037ull;
  void add(uint64_t number) {
    for (int i = 0; i < 8; ++i) state = (state ^ static_cast<uint8_t>(number >> (8 * i))) * 1099511628211ull;
  }
  void add(std::string_view text) {
    for (const char c : text) add(static_cast<uint64_t>(static_cast<uint8_t>(c)));
    add(text.size());
  }
  template <class T>
  void add_places() {
    T t;
    const std::byte* start = reinterpret_cast<const std::byte*>(&t);
    const auto place = [&](const auto& member) {
      // A pointer counts as the room that it has: the same structures are the same number on every machine.
      const uint64_t size = std::is_pointer_v<std::remove_reference_t<decltype(member)>> ? 8 : sizeof member;
      add(static_cast<uint64_t>(reinterpret_cast<const std::byte*>(&member) - start) << 32 | size);
    };
    std::apply([&](const auto&... each) { (place(each), ...); }, fields(t));
    add(sizeof(T));
  }
};

}  // namespace

uint64_t code_layout() {
  static_assert(all_listed<Frame> && all_listed<HistoryView> && all_listed<Operation> && all_listed<value::Value>);
  LayoutHash hash;
  hash.add_places<Frame>();
  hash.add_places<HistoryView>();
  hash.add_places<Operation>();
  hash.add_places<value::Value>();
  for (const RtSymbol& symbol : rt_symbols()) hash.add(std::string_view(symbol.name));
  for (const uint64_t number : {code_meaning, uint64_t{stages_per_record}, uint64_t{sizeof(Rules)}, uint64_t{sizeof(LevelCode)}, uint64_t{sizeof(StageCode)}})
    hash.add(number);
  return hash.state;
}

}  // namespace writ::evaluate
