#include "bench/bare_parse.h"

#include <chrono>
#include <cstdio>
#include <cstring>

#include "bench/csv_rows.h"

namespace writ::bench {

namespace {

constexpr uint32_t batch_rows = 16384;
constexpr size_t chunk = 1 << 20;

int64_t digits(const char* at, int count) {
  int64_t number = 0;
  for (int i = 0; i < count; ++i) number = number * 10 + (at[i] - '0');
  return number;
}

struct Parser {
  const char* at;

  template <size_t n>
  int64_t name(const char* const (&names)[n]) {
    const char* end = static_cast<const char*>(std::memchr(at, ',', 64));
    const size_t length = static_cast<size_t>(end - at);
    int64_t code = 0;
    for (size_t i = 0; i < n; ++i) {
      if (std::strlen(names[i]) == length && std::memcmp(names[i], at, length) == 0) code = static_cast<int64_t>(i);
    }
    at = end + 1;
    return code;
  }
  int64_t number() {
    int64_t value = 0;
    for (; *at >= '0' && *at <= '9'; ++at) value = value * 10 + (*at - '0');
    return value;
  }
  int64_t whole() {
    const int64_t value = number();
    ++at;
    return value;
  }
  int64_t cents() {
    const int64_t value = number() * 100 + digits(at + 1, 2);
    at += 4;
    return value;
  }
  int64_t truth() {
    const bool yes = *at == 't';
    at += yes ? 5 : 6;
    return yes;
  }
  int64_t instant(uint8_t& missing) {
    missing = *at == ',';
    if (missing) {
      ++at;
      return 0;
    }
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(digits(at, 4))), std::chrono::month(static_cast<unsigned>(digits(at + 5, 2))),
                                           std::chrono::day(static_cast<unsigned>(digits(at + 8, 2))));
    const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const int64_t second = days * 86400 + digits(at + 11, 2) * 3600 + digits(at + 14, 2) * 60 + digits(at + 17, 2);
    at += 21;
    return second * 1000000;
  }
};

void parse_row(Parser& p, BareColumns& out) {
  const uint32_t row = out.rows++;
  out.values[severity][row] = p.name(severity_names);
  out.values[plan][row] = p.name(plan_names);
  out.values[channel][row] = p.name(channel_names);
  for (Field field : {opened, acknowledged, resolved}) out.values[field][row] = p.instant(out.missing[field][row]);
  out.values[reopened][row] = p.whole();
  out.values[client_caused][row] = p.truth();
  out.values[force_majeure][row] = p.truth();
  out.values[claim_delay][row] = p.whole();
  out.values[monthly_fee][row] = p.cents();
}

}  // namespace

bool bare_parse(const std::string& path, const std::function<void(const BareColumns&)>& take) {
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return false;
  BareColumns out;
  for (auto& column : out.values) column.resize(batch_rows);
  for (auto& column : out.missing) column.resize(batch_rows);
  std::vector<char> buffer(2 * chunk);
  size_t held = 0;  // bytes of a row whose end has not been read
  bool head = true;
  while (const size_t got = std::fread(buffer.data() + held, 1, chunk, file)) {
    const char* begin = buffer.data();
    const char* end = begin + held + got;
    while (end > begin && end[-1] != '\n') --end;
    Parser p{begin};
    if (head && p.at < end) p.at = static_cast<const char*>(std::memchr(p.at, '\n', static_cast<size_t>(end - p.at))) + 1;
    head = false;
    while (p.at < end) {
      parse_row(p, out);
      if (out.rows < batch_rows) continue;
      take(out);
      out.rows = 0;
    }
    held = held + got - static_cast<size_t>(end - begin);
    std::memmove(buffer.data(), end, held);
  }
  if (out.rows > 0) take(out);
  std::fclose(file);
  return held == 0;
}

}  // namespace writ::bench
