#include "render/value_json.h"

#include "render/value_text.h"

namespace writ::render {

using value::State;

static value::Value point(value::i128 num, value::i128 den) { return value::ratio(num, den, 0); }

// A ratio's value is its four-digit decimal, for reading; the quotient beside it is exact.
static void add_exact(Json& out, const ir::Agreement& agreement, const ir::Type& type, const value::Value& v) {
  if (v.lo_den == 1) {
    out["value"] = plain_value(agreement, type, v);
    return;
  }
  ir::Type number = type;
  number.kind = ir::Kind::ratio;
  std::string text = value_text(agreement, number, v);
  if (text.starts_with('~')) {
    text.erase(0, 1);
    out["rounded"] = true;
  }
  out["value"] = text;
  out["numerator"] = value::to_text(v.lo, type.scale);
  out["denominator"] = value::to_text(v.lo_den, 0);
}

Json value_json(const ir::Agreement& agreement, const ir::Type& type, const value::Value& v) {
  Json out;
  switch (v.state) {
    case State::given: out["state"] = "given"; break;
    case State::not_yet: out["state"] = "not yet"; return out;
    case State::none: out["state"] = type.kind == ir::Kind::ratio ? "not measured" : "none"; return out;
    case State::unknown: out["state"] = "cannot tell"; return out;
    case State::fault:
      out["state"] = "error";
      out["error"] = value::name(v.fault);
      return out;
  }
  if (value::is_certain(v)) {
    add_exact(out, agreement, type, v);
  } else {
    out["low"] = plain_value(agreement, type, point(v.lo, v.lo_den));
    out["high"] = plain_value(agreement, type, point(v.hi, v.hi_den));
  }
  if (type.currency.valid()) out["currency"] = agreement.currencies[type.currency].code;
  return out;
}

}  // namespace writ::render
