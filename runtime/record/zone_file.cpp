#include "record/zone_file.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace writ::record {

namespace {

bool is_folder(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string zone_folder() {
  const char* chosen = std::getenv("TZDIR");
  if (chosen && *chosen) return chosen;
  for (const char* usual : {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"}) {
    if (is_folder(usual)) return usual;
  }
  return {};
}

// Parts of letters, digits, _ + - that begin with a letter, apart by slashes: what the names of the tz database are made of.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 100) return false;
  bool at_start = true;
  for (char c : name) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool other = (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
    if (c == '/' ? at_start : !letter && (at_start || !other)) return false;
    at_start = c == '/';
  }
  return !at_start;
}

}  // namespace

ZoneFile load_zone_file(std::string_view name, const std::string& folder) {
  constexpr size_t most_bytes = 1 << 20;
  if (!is_zone_name(name)) return {{}, "`" + std::string(name) + "` is no name of a time zone; names look like Europe/London"};
  std::string base = folder.empty() ? zone_folder() : folder;
  if (base.empty()) return {{}, "this system has no time zone data (package tzdata); the folder can be named by TZDIR"};
  std::string path = base + "/" + std::string(name);
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {{}, "there is no time zone `" + std::string(name) + "` in " + base};
  if (static_cast<size_t>(status.st_size) > most_bytes) return {{}, path + " is no time zone file"};
  std::ifstream file(path, std::ios::binary);
  ZoneFile out;
  out.bytes.assign(std::istreambuf_iterator<char>(file), {});
  if (!file.eof() && file.fail()) return {{}, path + " cannot be read"};
  if (out.bytes.substr(0, 4) != "TZif") return {{}, path + " is no time zone file"};
  return out;
}

std::optional<std::string> load_zone_bytes(std::string_view name) {
  ZoneFile file = load_zone_file(name);
  if (!file.error.empty()) return std::nullopt;
  return std::move(file.bytes);
}

}  // namespace writ::record
