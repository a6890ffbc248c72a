#include "driver/write_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace writ::driver {

bool write_file(const std::string& path, std::string_view bytes, std::string& error) {
  if (path == "-") {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0) return true;
    error = "standard output could not be written";
    return false;
  }
  // Beside the file and renamed, so that a build that is interrupted leaves no half of it.
  const std::string beside = fmt::format("{}.{}.part", path, getpid());
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  bool whole = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  int reason = errno;
  if (file != nullptr && std::fclose(file) != 0) {
    whole = false;
    reason = errno;
  }
  if (whole && std::rename(beside.c_str(), path.c_str()) == 0) return true;
  if (whole) reason = errno;
  if (file != nullptr) std::remove(beside.c_str());
  error = fmt::format("{}: cannot be written: {}", path, std::strerror(reason));
  return false;
}

bool read_bytes(const std::string& path, std::string& bytes, std::string& error) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    error = fmt::format("{}: cannot be read: {}", path, std::strerror(errno));
    return false;
  }
  char block[65536];
  bytes.clear();
  for (size_t count = 0; (count = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, count);
  const bool whole = std::ferror(file) == 0;
  std::fclose(file);
  if (!whole) error = fmt::format("{}: cannot be read to its end", path);
  return whole;
}

}  // namespace writ::driver
