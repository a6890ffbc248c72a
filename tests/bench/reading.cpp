// Reading a file of facts against a bare parse of the same columns, which knows the order of the columns and believes the file.
//
//   writ_bench_reading FOLDER [--rows N] [--rounds N]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/bare_parse.h"
#include "bench/clock.h"
#include "bench/csv_rows.h"
#include "bench/facts.h"
#include "driver/load_facts.h"
#include "driver/pipeline.h"
#include "evaluate/engine.h"

namespace writ::bench {
namespace {

struct Arguments {
  std::string folder;
  uint32_t rows = 1000000;
  int rounds = 7;
};

Arguments read_arguments(int count, char** texts) {
  Arguments a;
  for (int i = 1; i < count; ++i) {
    const std::string text = texts[i];
    if (text == "--rows" && i + 1 < count) {
      a.rows = static_cast<uint32_t>(std::atoi(texts[++i]));
    } else if (text == "--rounds" && i + 1 < count) {
      a.rounds = std::atoi(texts[++i]);
    } else {
      a.folder = text;
    }
  }
  return a;
}

// Removes the file when it goes.
struct TemporaryFile {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("writ-bench-" + std::to_string(getpid()) + ".csv");
  ~TemporaryFile() { std::filesystem::remove(path); }
};

// The columns of a read, folded: enough to tell whether two reads are the same.
struct Folded {
  uint64_t rows = 0;
  uint64_t sums[fields] = {};
  bool operator==(const Folded&) const = default;
};

void fold(Folded& into, int field, uint64_t row, int64_t number) { into.sums[field] += static_cast<uint64_t>(number) * (2 * row + 1); }

Folded read_facts(const driver::Program& program, const std::string& path, bool folding) {
  driver::LoadedFacts loaded;
  Folded folded;
  if (!driver::load_facts(program.agreement, "", {"Ticket=" + path}, loaded)) return folded;
  const auto take = [&](record::Batch&& batch) {
    for (uint32_t i = 0; folding && i < batch.rows; ++i) {
      for (int field = 0; field < fields; ++field) fold(folded, field, folded.rows + i, batch.columns[static_cast<size_t>(field)].values[i]);
    }
    folded.rows += batch.rows;
    return true;
  };
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    if (!record::read_batches(loaded.facts, loaded.inputs[i], *loaded.prepared[i], {}, take)) return {};
  }
  return folded;
}

Folded read_bare(const std::string& path, bool folding) {
  Folded folded;
  const auto take = [&](const BareColumns& columns) {
    for (uint32_t i = 0; folding && i < columns.rows; ++i) {
      for (int field = 0; field < fields; ++field) fold(folded, field, folded.rows + i, columns.values[field][i]);
    }
    folded.rows += columns.rows;
  };
  if (!bare_parse(path, take)) return {};
  return folded;
}

int run(const Arguments& a) {
  driver::Program program;
  std::string error;
  if (!driver::load_program(a.folder + "/elapsed.writ", program, error) || program.sink.errors > 0) {
    std::fprintf(stderr, "cannot use the agreement in %s %s\n", a.folder.c_str(), error.c_str());
    return 1;
  }
  const TemporaryFile file;
  if (!write_csv(make_rows(a.rows), file.path.string())) {
    std::fprintf(stderr, "cannot write %s\n", file.path.c_str());
    return 1;
  }
  const std::string path = file.path.string();
  const double bytes = static_cast<double>(std::filesystem::file_size(file.path));
  const Folded bare = read_bare(path, true);
  if (bare.rows != a.rows || !(read_facts(program, path, true) == bare)) {
    std::fprintf(stderr, "the two ways of reading do not give the same columns\n");
    return 1;
  }
  std::vector<double> times[2];
  for (int round = 0; round < a.rounds; ++round) {
    times[0].push_back(seconds_of([&] { read_bare(path, false); }));
    times[1].push_back(seconds_of([&] { read_facts(program, path, false); }));
  }
  std::printf("CSV, %u rows of %.0f bytes, median of %d interleaved rounds; all columns equal\n\n", a.rows, bytes / a.rows, a.rounds);
  std::printf("%-32s %10s %12s %10s %10s\n", "", "ns a row", "rows/s", "MB/s", "x first");
  const char* names[2] = {"bare parse, by hand", "read_batches"};
  for (int way = 0; way < 2; ++way) {
    const double time = median(times[way]);
    std::printf("%-32s %10.1f %12.3g %10.0f %10.4f\n", names[way], time / a.rows * 1e9, a.rows / time, bytes / time * 1e-6, median(times[0]) / time);
  }
  return 0;
}

}  // namespace
}  // namespace writ::bench

int main(int count, char** texts) {
  const writ::bench::Arguments arguments = writ::bench::read_arguments(count, texts);
  if (arguments.folder.empty() || arguments.rows == 0 || arguments.rounds < 1) {
    std::fprintf(stderr, "usage: writ_bench_reading FOLDER [--rows N] [--rounds N]\n");
    return 2;
  }
  return writ::bench::run(arguments);
}
