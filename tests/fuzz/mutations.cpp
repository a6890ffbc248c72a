// A fuzzer without luck: the seeds, then a fixed number of mutations of them, the same on every machine.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void run(const std::string& bytes) { LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()); }

std::string mutated(std::string bytes, const std::vector<std::string>& seeds, std::mt19937& random) {
  const std::string interesting[] = {"\"", "\"\"", "\n", "\r\n", "\r", ",", "\\u0000", "{", "}", "[", "\\", std::string(1, '\0'), "\xFF", "9999999999999999999",
                                     "%",  "T",    "-"};
  for (size_t changes = 1 + random() % 4; changes > 0; --changes) {
    size_t at = bytes.empty() ? 0 : random() % (bytes.size() + 1);
    switch (random() % 6) {
      case 0: bytes.insert(at, interesting[random() % std::size(interesting)]); break;
      case 1: bytes.erase(at, random() % 8); break;
      case 2:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random());
        break;
      case 3: bytes.insert(at, bytes.substr(at, random() % 64)); break;
      case 4: {
        const std::string& other = seeds[random() % seeds.size()];
        size_t from = random() % (other.size() + 1);
        bytes.insert(at, other.substr(from, random() % 128));
        break;
      }
      default: bytes.resize(at);
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s SEEDS ROUNDS\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds in %s\n", argv[1]);
    return 2;
  }
  for (const std::string& seed : seeds) run(seed);
  std::mt19937 random(1);
  int rounds = std::atoi(argv[2]);
  for (int i = 0; i < rounds; ++i) run(mutated(seeds[random() % seeds.size()], seeds, random));
  std::printf("%zu seeds, %d mutations\n", seeds.size(), rounds);
  return 0;
}
