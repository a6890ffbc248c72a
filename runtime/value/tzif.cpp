// Reading zone data: TZif files and the POSIX rule of their footer (RFC 8536; POSIX.1-2017, Base Definitions 8.3, TZ).

#include <cstring>

#include "value/scan.h"
#include "value/zone.h"

namespace writ::value {

namespace {

constexpr int64_t widest_offset = 26 * 3600;
// Changes of a rule are written out up to here, so that ordinary look-ups stay a binary search.
constexpr int32_t expanded_until_year = 2200;

// [+-]hh[:mm[:ss]] in seconds; at most three digits of hours.
bool take_hms(Scan& scan, int32_t& out) {
  bool negative = scan.peek() == '-';
  if (!scan.take('-')) scan.take('+');
  int32_t parts[3] = {0, 0, 0};
  int digits = 0;
  for (; digits < 3 && scan.at_digit(); ++digits) parts[0] = parts[0] * 10 + (scan.text[scan.at++] - '0');
  if (digits == 0) return false;
  for (int i = 1; i < 3 && scan.take(':'); ++i) {
    if (!take_digits(scan, 2, parts[i]) || parts[i] > 59) return false;
  }
  out = (parts[0] * 3600 + parts[1] * 60 + parts[2]) * (negative ? -1 : 1);
  return parts[0] <= 167;
}

bool take_name(Scan& scan) {
  size_t from = scan.at;
  if (scan.take('<')) {
    while (!scan.done() && scan.peek() != '>') ++scan.at;
    return scan.take('>');
  }
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  while (letter(scan.peek())) ++scan.at;
  return scan.at - from >= 3;
}

bool take_number(Scan& scan, int32_t& out, int32_t least, int32_t most) {
  if (!scan.at_digit()) return false;
  out = 0;
  while (scan.at_digit() && out <= most) out = out * 10 + (scan.text[scan.at++] - '0');
  return out >= least && out <= most;
}

bool take_rule_day(Scan& scan, RuleDay& rule) {
  if (scan.take('J')) {
    rule.kind = RuleDay::Kind::julian_no_leap;
    if (!take_number(scan, rule.day, 1, 365)) return false;
  } else if (scan.take('M')) {
    rule.kind = RuleDay::Kind::month_week_day;
    if (!take_number(scan, rule.month, 1, 12) || !scan.take('.') || !take_number(scan, rule.week, 1, 5) || !scan.take('.') ||
        !take_number(scan, rule.day, 0, 6)) {
      return false;
    }
  } else {
    rule.kind = RuleDay::Kind::day_of_year;
    if (!take_number(scan, rule.day, 0, 365)) return false;
  }
  rule.seconds = 7200;
  return !scan.take('/') || take_hms(scan, rule.seconds);
}

struct Bytes {
  std::string_view text;
  size_t at = 0;
  bool cut_short = false;

  uint64_t big_endian(size_t size) {
    if (text.size() - at < size) {
      cut_short = true;
      return 0;
    }
    uint64_t out = 0;
    for (size_t i = 0; i < size; ++i) out = (out << 8) | static_cast<unsigned char>(text[at + i]);
    at += size;
    return out;
  }
  void skip(uint64_t size) {
    if (text.size() - at < size) {
      cut_short = true;
    } else {
      at += size;
    }
  }
};

struct Header {
  char version = 0;
  uint64_t utc_marks = 0, standard_marks = 0, leaps = 0, times = 0, types = 0, chars = 0;
};

bool take_header(Bytes& bytes, Header& header) {
  if (bytes.text.size() - bytes.at < 44 || std::memcmp(bytes.text.data() + bytes.at, "TZif", 4) != 0) return false;
  header.version = bytes.text[bytes.at + 4];
  bytes.skip(20);
  for (uint64_t* count : {&header.utc_marks, &header.standard_marks, &header.leaps, &header.times, &header.types, &header.chars}) {
    *count = bytes.big_endian(4);
  }
  return !bytes.cut_short;
}

bool take_block(Bytes& bytes, const Header& header, size_t time_size, Zone& out) {
  if (header.leaps != 0 || header.types == 0 || header.types > 256) return false;
  uint64_t size = header.times * (time_size + 1) + header.types * 6 + header.chars + header.standard_marks + header.utc_marks;
  if (bytes.text.size() - bytes.at < size) return false;

  std::vector<int64_t> times;
  std::vector<size_t> kinds;
  std::vector<int32_t> offsets;
  for (uint64_t i = 0; i < header.times; ++i) {
    uint64_t raw = bytes.big_endian(time_size);
    times.push_back(time_size == 4 ? static_cast<int32_t>(static_cast<uint32_t>(raw)) : static_cast<int64_t>(raw));
  }
  for (uint64_t i = 0; i < header.times; ++i) kinds.push_back(static_cast<size_t>(bytes.big_endian(1)));
  for (uint64_t i = 0; i < header.types; ++i) {
    auto offset = static_cast<int32_t>(static_cast<uint32_t>(bytes.big_endian(4)));
    if (offset > widest_offset || offset < -widest_offset) return false;
    offsets.push_back(offset);
    bytes.skip(2);  // summer-time mark and abbreviation
  }
  bytes.skip(header.chars + header.standard_marks + header.utc_marks);

  out.transitions.clear();
  out.offsets.assign(1, offsets[0]);
  constexpr int64_t dawn = INT64_MIN / us_per_second + widest_offset;  // old files list a change at the big bang
  for (size_t i = 0; i < times.size(); ++i) {
    if (kinds[i] >= offsets.size() || (i > 0 && times[i] <= times[i - 1]) || times[i] > -dawn) return false;
    if (times[i] < dawn) {
      out.offsets[0] = offsets[kinds[i]];
    } else if (offsets[kinds[i]] != out.offsets.back()) {  // else only the name of the time changes
      out.transitions.push_back(times[i] * us_per_second);
      out.offsets.push_back(offsets[kinds[i]]);
    }
  }
  return !bytes.cut_short;
}

// Writes the changes of the rule out, behind those of the file.
void expand(Zone& zone) {
  Instant end = local_of(days_from_civil(expanded_until_year, 1, 1), 0);
  Zone by_rule;
  by_rule.offsets.push_back(zone.rule.standard_offset);
  by_rule.rule = zone.rule;
  ZonePeriod period = period_at(by_rule, zone.transitions.back());
  if (period.offset_seconds != zone.offsets.back()) {
    // The file ends in another time than its rule says for that instant: the rule takes over at its next change.
    if (period.until == INT64_MAX) return;
    period = period_at(by_rule, period.until);
    zone.transitions.push_back(period.from);
    zone.offsets.push_back(period.offset_seconds);
  }
  while (period.until < end) {
    period = period_at(by_rule, period.until);
    if (period.offset_seconds == zone.offsets.back()) continue;
    zone.transitions.push_back(period.from);
    zone.offsets.push_back(period.offset_seconds);
  }
}

}  // namespace

bool parse_posix_rule(std::string_view text, PosixRule& out) {
  Scan scan{text};
  PosixRule rule;
  rule.present = true;
  int32_t west = 0;
  if (!take_name(scan) || !take_hms(scan, west) || west > widest_offset || west < -widest_offset) return false;
  rule.standard_offset = -west;  // POSIX counts positive to the west
  if (!scan.done()) {
    if (!take_name(scan)) return false;
    rule.has_summer = true;
    rule.summer_offset = rule.standard_offset + 3600;
    if (!scan.done() && scan.peek() != ',') {
      if (!take_hms(scan, west) || west > widest_offset || west < -widest_offset) return false;
      rule.summer_offset = -west;
    }
    // POSIX leaves summer time without dates to the system: nothing to rely on.
    if (!scan.take(',') || !take_rule_day(scan, rule.summer_starts)) return false;
    if (!scan.take(',') || !take_rule_day(scan, rule.summer_ends)) return false;
  }
  if (!scan.done()) return false;
  out = rule;
  return true;
}

bool parse_tzif(std::string_view text, Zone& out) {
  Bytes bytes{text};
  Header header;
  if (!take_header(bytes, header)) return false;
  Zone zone;
  if (header.version == '\0') {
    if (!take_block(bytes, header, 4, zone)) return false;
    out = zone;
    return true;
  }
  // From version 2 on the 32-bit block is only there for old readers.
  bytes.skip(header.times * 5 + header.types * 6 + header.chars + header.leaps * 8 + header.standard_marks + header.utc_marks);
  if (bytes.cut_short || !take_header(bytes, header) || !take_block(bytes, header, 8, zone)) return false;
  std::string_view footer = bytes.text.substr(bytes.at);
  if (footer.size() < 2 || footer.front() != '\n') return false;
  size_t end = footer.find('\n', 1);
  if (end == std::string_view::npos) return false;
  if (end > 1) {
    if (!parse_posix_rule(footer.substr(1, end - 1), zone.rule)) return false;
    if (!zone.transitions.empty()) expand(zone);  // else the rule alone holds, at all times
  }
  out = zone;
  return true;
}

}  // namespace writ::value
