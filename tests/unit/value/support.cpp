#include "unit/value/support.h"

#include <fstream>
#include <sstream>

namespace writ::value::test {

namespace {

std::string end_text(i128 num, i128 den) { return to_text(num, 0) + (den == 1 ? "" : "/" + to_text(den, 0)); }

std::string fault_text(Fault f) {
  switch (f) {
    case Fault::none: return "no fault";
    case Fault::overflow: return "overflow";
    case Fault::division_by_zero: return "division by zero";
    case Fault::conflict: return "conflict";
    case Fault::gap: return "gap";
    case Fault::absent: return "absent";
    case Fault::out_of_range: return "out of range";
    case Fault::order: return "order";
  }
  return "";
}

}  // namespace

std::string show(const Value& v) {
  switch (v.state) {
    case State::given:
      if (is_certain(v)) return end_text(v.lo, v.lo_den);
      return "[" + end_text(v.lo, v.lo_den) + ", " + end_text(v.hi, v.hi_den) + "]";
    case State::not_yet: return "not yet";
    case State::none: return "none";
    case State::unknown: return "unknown";
    case State::fault: return fault_text(v.fault) + " at " + std::to_string(v.point);
  }
  return "";
}

Instant utc(std::string_view text) {
  Parsed<Local> parsed = parse_local_datetime(text);
  REQUIRE_MESSAGE(parsed.ok(), std::string(text));
  return parsed.value;
}

Date day(std::string_view text) {
  Parsed<Date> parsed = parse_date(text);
  REQUIRE_MESSAGE(parsed.ok(), std::string(text));
  return parsed.value;
}

std::string show(Moment m) { return m.known ? format_local(m.at) : "not known"; }
std::string show_date(MaybeDate m) { return m.known ? format_date(m.date) : "not known"; }

bool load_zone(const std::string& name, Zone& out) {
  std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  if (!file) {
    MESSAGE("skipped: this machine has no zone data for " << name);
    return false;
  }
  REQUIRE(parse_tzif(bytes.str(), out));
  return true;
}

}  // namespace writ::value::test
