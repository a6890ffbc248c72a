#include "bench/serve.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "bench/business_days.h"
#include "bench/clock.h"

namespace writ::bench {

namespace {

bool write(const std::filesystem::path& path, const void* from, size_t bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(static_cast<const char*>(from), static_cast<std::streamsize>(bytes));
  return file.good();
}

template <class T>
bool write_column(const std::filesystem::path& folder, const char* name, const Array<T>& column, uint32_t rows) {
  return write(folder / name, column.get(), rows * sizeof(T));
}

bool write_outcomes(const std::filesystem::path& folder, const Rows& rows, Variant variant) {
  Outcomes out(rows.count);
  scalar_kernel(rows, variant, out);
  std::filesystem::create_directories(folder);
  return write_column(folder, "tier", out.tier, rows.count) && write_column(folder, "acknowledgement_missed", out.acknowledgement_missed, rows.count) &&
         write_column(folder, "resolution_missed", out.resolution_missed, rows.count) && write_column(folder, "credit", out.credit, rows.count);
}

}  // namespace

bool export_rows(const std::string& folder, const Rows& rows) {
  const std::filesystem::path to(folder);
  const std::vector<uint32_t> days = make_business_days();
  bool good = write(to / "business_days", days.data(), days.size() * sizeof(uint32_t));
  const auto column = [&](const char* name, const auto& values) { good = good && write_column(to, name, values, rows.count); };
  column("severity", rows.severity);
  column("plan", rows.plan);
  column("channel", rows.channel);
  column("reopened", rows.reopened);
  column("client_caused", rows.client_caused);
  column("force_majeure", rows.force_majeure);
  column("claim_delay", rows.claim_delay);
  column("opened", rows.opened);
  column("acknowledged", rows.acknowledged);
  column("resolved", rows.resolved);
  column("fee", rows.fee);
  return good && write_outcomes(to / "expected_elapsed", rows, Variant::elapsed) && write_outcomes(to / "expected_business", rows, Variant::business);
}

void serve(const Rows& rows, Variant variant) {
  Outcomes out(rows.count);
  const auto kernel = [&] { has_avx512() ? avx512_kernel(rows, variant, out) : scalar_kernel(rows, variant, out); };
  kernel();
  std::cout << "ready" << std::endl;
  // The first call after a pause wakes caches and processor; the rivals' rounds are long enough not to feel it.
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "peak") {
      std::cout << own_peak() << std::endl;
      continue;
    }
    kernel();
    std::cout << seconds_of(kernel) << std::endl;
  }
}

}  // namespace writ::bench
