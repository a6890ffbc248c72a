#include "driver/read_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace writ::driver {

bool read_file(const std::string& path, std::string& text, std::string& error) {
  constexpr size_t most_bytes = 64u << 20;
  std::error_code ignored;
  if (path != "-" && std::filesystem::is_directory(path, ignored)) {
    error = path + " is a folder";
    return false;
  }
  std::unique_ptr<FILE, int (*)(FILE*)> opened(path == "-" ? nullptr : std::fopen(path.c_str(), "rb"), std::fclose);
  FILE* file = path == "-" ? stdin : opened.get();
  if (file == nullptr) {
    error = path + " cannot be opened: " + std::strerror(errno);
    return false;
  }
  text.clear();
  char buffer[1 << 16];
  while (size_t n = std::fread(buffer, 1, sizeof buffer, file)) {
    text.append(buffer, n);
    if (text.size() > most_bytes) {
      error = path + " is larger than 64 MiB";
      return false;
    }
  }
  if (std::ferror(file)) {
    error = path + " cannot be read: " + std::strerror(errno);
    return false;
  }
  return true;
}

std::string folder_of(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

std::string beside(const std::string& folder, const std::string& path) { return !path.empty() && path[0] == '/' ? path : folder + path; }

}  // namespace writ::driver
