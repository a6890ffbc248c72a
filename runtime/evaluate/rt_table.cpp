#include "evaluate/rt.h"

using writ::evaluate::Frame;
using writ::evaluate::LookUpOperand;
using writ::evaluate::Operation;
using writ::value::Value;

extern "C" {
#define WHOLE(name) void writ_rt_##name(const Frame*, const Operation*, Value*, const Value* const*, uint64_t, uint64_t);
#define LANES(name) \
  void writ_rt_lanes_##name(const Frame*, const Operation*, int64_t*, uint8_t*, uint32_t*, const int64_t*, const int64_t*, const uint8_t*, uint64_t, uint64_t);
#include "evaluate/rt.def"
#undef WHOLE
#undef LANES
void writ_rt_decide(const Frame*, const Operation*, Value*, const Value* const*, uint64_t*, uint64_t);
void writ_rt_look_up(const Frame*, const Operation*, Value*, const Value* const*, uint64_t*, uint64_t);
void writ_rt_lanes_look_up(const Frame*, const Operation*, int64_t*, uint8_t*, uint32_t*, uint64_t*, const LookUpOperand*, const uint8_t*, uint64_t);
void writ_rt_box(Value*, const int64_t*, const uint8_t*, const uint32_t*, uint64_t);
void writ_rt_unbox(const Value*, int64_t*, uint8_t*, uint32_t*, uint64_t);
}

namespace writ::evaluate {

std::span<const RtSymbol> rt_symbols() {
  static const RtSymbol symbols[] = {
#define WHOLE(name) {"writ_rt_" #name, reinterpret_cast<void*>(&writ_rt_##name)},
#define LANES(name) {"writ_rt_lanes_" #name, reinterpret_cast<void*>(&writ_rt_lanes_##name)},
#include "evaluate/rt.def"
#undef WHOLE
#undef LANES
      {"writ_rt_decide", reinterpret_cast<void*>(&writ_rt_decide)},
      {"writ_rt_look_up", reinterpret_cast<void*>(&writ_rt_look_up)},
      {"writ_rt_lanes_look_up", reinterpret_cast<void*>(&writ_rt_lanes_look_up)},
      {"writ_rt_box", reinterpret_cast<void*>(&writ_rt_box)},
      {"writ_rt_unbox", reinterpret_cast<void*>(&writ_rt_unbox)},
  };
  return symbols;
}

}  // namespace writ::evaluate
