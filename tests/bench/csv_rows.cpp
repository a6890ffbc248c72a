#include "bench/csv_rows.h"

#include <chrono>
#include <cstdio>

namespace writ::bench {

namespace {

// As 2024-01-01T00:00:00Z; not yet: nothing.
void put_instant(FILE* file, uint32_t second) {
  if (second == 0) return;
  const std::chrono::sys_seconds at{std::chrono::seconds(second)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  std::fprintf(file, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
               static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
}

const char* truth(uint8_t value) { return value != 0 ? "true" : "false"; }

}  // namespace

bool write_csv(const Rows& rows, const std::string& path) {
  FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return false;
  std::fputs("severity,plan,channel,opened,acknowledged,resolved,reopened,client_caused,force_majeure,claim_delay,monthly_fee\n", file);
  for (uint32_t i = 0; i < rows.count; ++i) {
    std::fprintf(file, "%s,%s,%s,", severity_names[rows.severity[i]], plan_names[rows.plan[i]], channel_names[rows.channel[i]]);
    put_instant(file, rows.opened[i]);
    std::fputc(',', file);
    put_instant(file, rows.acknowledged[i]);
    std::fputc(',', file);
    put_instant(file, rows.resolved[i]);
    std::fprintf(file, ",%u,%s,%s,%u,%u.%02u\n", rows.reopened[i], truth(rows.client_caused[i]), truth(rows.force_majeure[i]), rows.claim_delay[i],
                 rows.fee[i] / 100, rows.fee[i] % 100);
  }
  return std::fclose(file) == 0;
}

}  // namespace writ::bench
