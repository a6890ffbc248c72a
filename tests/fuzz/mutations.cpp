// A fuzzer without luck: the seeds, then a fixed number of mutations of them, the same on every machine. An input that crashes, breaks a promise or
// takes longer than a minute is written to `fuzz-broken.input` in the folder where the fuzzer runs; given alone, a file is run as it stands.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/mutate.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

using namespace writ::fuzz;
namespace fs = std::filesystem;

constexpr unsigned seconds_an_input = 60;

// What the signal handler writes; set around each input.
struct Running {
  const char* data = nullptr;
  size_t size = 0;
};
Running& running() {
  static Running now;
  return now;
}

void write_broken(int signal) {
  const int file = open("fuzz-broken.input", O_CREAT | O_TRUNC | O_WRONLY, 0644);
  const bool written = file >= 0 && write(file, running().data, running().size) == static_cast<ssize_t>(running().size);
  const char words[] = "the input is in fuzz-broken.input\n";
  if (written && write(2, words, sizeof words - 1) < 0) _exit(3);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::string& bytes) {
  running() = {bytes.data(), bytes.size()};
  alarm(seconds_an_input);
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  alarm(0);
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Every file below the folder with the ending. Of a golden file the source: what a phase makes of it stands below.
void add_seeds(const fs::path& folder, const std::string& ending, std::vector<std::string>& seeds) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().string().ends_with(ending)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::string text = read(path);
    if (const size_t golden = text.find("\n==== "); golden != std::string::npos) text.resize(golden + 1);
    seeds.push_back(std::move(text));
  }
}

int number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

}  // namespace

int main(int argc, char** argv) {
  for (const int signal : {SIGABRT, SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, write_broken);
  if (argc == 2) {
    run(read(argv[1]));
    return 0;
  }
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s INPUT\n       %s ROUNDS ENDING FOLDER...\nWRIT_FUZZ_ROUNDS: that many rounds; WRIT_FUZZ_START: other mutations\n", argv[0],
                 argv[0]);
    return 2;
  }
  std::vector<std::string> seeds;
  for (int i = 3; i < argc; ++i) add_seeds(argv[i], argv[2], seeds);
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds\n");
    return 2;
  }
  for (const std::string& seed : seeds) run(seed);
  const int rounds = number("WRIT_FUZZ_ROUNDS", std::atoi(argv[1]));
  std::mt19937 random(static_cast<uint32_t>(number("WRIT_FUZZ_START", 1)));
  for (int i = 0; i < rounds; ++i) {
    const std::string& seed = seeds[random() % seeds.size()];
    run(random() % 4 == 0 ? change_bytes(seed, seeds, random) : change_words(seed, seeds, random));
  }
  std::printf("%zu seeds, %d mutations\n", seeds.size(), rounds);
  return 0;
}
