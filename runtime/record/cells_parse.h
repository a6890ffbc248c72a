// The standard and the foreign forms of each kind of value. Private to this folder.
#pragma once
#include <span>

#include "record/cells.h"

namespace writ::record {

// What went wrong with one text; problem none: nothing.
struct Misread {
  Problem problem = Problem::none;
  std::string detail;
};

Misread parse_number(const CellReader& reader, std::string_view text, int64_t& out);  // number, money
Misread parse_date_cell(const CellReader& reader, std::string_view text, int64_t& out);
Misread parse_time_cell(std::string_view text, int64_t& out);
Misread parse_instant_cell(CellReader& reader, std::span<const value::Zone> zones, std::string_view text, int64_t& out);
Misread parse_duration_cell(const CellReader& reader, std::string_view text, int64_t& out);

// The instant of a local time (value::to_utc); quick where the time read before lay in the same period of the zone.
value::Instant utc_of(CellReader& reader, const value::Zone& zone, value::Local local);

// "a, b or c"; of many the first ones.
std::string listed(const std::vector<std::string>& names);

}  // namespace writ::record
