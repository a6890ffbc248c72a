#include "record/fact_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "record/gzip.h"

namespace writ::record {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (number >= 0) ::close(number);
    number = other.number;
    other.number = -1;
  }
  return *this;
}
Descriptor::~Descriptor() {
  if (number >= 0) ::close(number);
}

namespace {

bool ends_with(std::string_view text, std::string_view end) { return text.size() > end.size() && text.substr(text.size() - end.size()) == end; }

int64_t modified_ns(const struct stat& status) { return static_cast<int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec; }

void fail(Finding& failure, Problem problem, const std::string& name, std::string detail) {
  failure.problem = problem;
  failure.text = name;
  failure.detail = std::move(detail);
}

// A file without a name, which vanishes with its descriptor.
int temporary_file() {
  const char* folder = std::getenv("TMPDIR");
  std::string pattern = std::string(folder && *folder ? folder : "/tmp") + "/writ-facts-XXXXXX";
  std::vector<char> name(pattern.begin(), pattern.end());
  name.push_back('\0');
  int number = ::mkostemp(name.data(), O_CLOEXEC);
  if (number >= 0) ::unlink(name.data());
  return number;
}

bool write_all(int to, const char* bytes, size_t size) {
  while (size > 0) {
    ssize_t n = ::write(to, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

// False with errno set.
bool copy_all(int from, int to) {
  std::vector<char> buffer(1 << 16);
  for (;;) {
    ssize_t n = ::read(from, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) return true;
    if (!write_all(to, buffer.data(), static_cast<size_t>(n))) return false;
  }
}

// Reads at its own offset, so that several sources can share one descriptor.
struct PlainBytes : ByteSource {
  int number = -1;
  uint64_t offset = 0;
  size_t read(char* into, size_t size) override {
    for (;;) {
      ssize_t n = ::pread(number, into, size, static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        failure = Problem::cannot_read;
        detail = std::strerror(errno);
        return 0;
      }
      offset += static_cast<uint64_t>(n);
      return static_cast<size_t>(n);
    }
  }
};

}  // namespace

bool format_of_name(std::string_view path, FileFormat& format) {
  if (ends_with(path, ".gz")) path.remove_suffix(3);
  if (ends_with(path, ".csv"))
    format = FileFormat::csv;
  else if (ends_with(path, ".ndjson") || ends_with(path, ".jsonl"))
    format = FileFormat::json_lines;
  else
    return false;
  return true;
}

FactFile open_fact_file(const std::string& path, FileFormat format, Finding& failure) {
  FactFile file;
  file.name = path == "-" ? "standard input" : path;
  file.format = format;
  Descriptor opened(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (opened.number < 0 || ::fstat(opened.number, &status) != 0) {
    fail(failure, Problem::cannot_open, file.name, std::strerror(errno));
    return file;
  }
  if (S_ISDIR(status.st_mode)) {
    fail(failure, Problem::cannot_open, file.name, "it is a folder");
    return file;
  }
  // Standard input may be a regular file that somebody has read from already; a copy begins where it stands.
  if (!S_ISREG(status.st_mode) || path == "-") {
    Descriptor copy(temporary_file());
    if (copy.number < 0 || !copy_all(opened.number, copy.number) || ::fstat(copy.number, &status) != 0) {
      fail(failure, Problem::cannot_open, file.name, std::string("it cannot be copied for reading: ") + std::strerror(errno));
      return file;
    }
    opened = std::move(copy);
    file.spooled = true;
  }
  file.size = static_cast<uint64_t>(status.st_size);
  file.modified_ns = modified_ns(status);
  file.descriptor = std::move(opened);
  return file;
}

std::unique_ptr<ByteSource> open_bytes(const FactFile& file) {
  auto plain = std::make_unique<PlainBytes>();
  plain->number = file.descriptor.number;
  unsigned char magic[2] = {};
  // A text cannot begin like this, so the name need not be trusted.
  if (::pread(plain->number, magic, 2, 0) == 2 && magic[0] == 0x1F && magic[1] == 0x8B) return unpack_gzip(std::move(plain));
  return plain;
}

bool unchanged(const FactFile& file) {
  if (file.spooled) return true;
  struct stat status{};
  if (::fstat(file.descriptor.number, &status) != 0) return false;
  return static_cast<uint64_t>(status.st_size) == file.size && modified_ns(status) == file.modified_ns;
}

}  // namespace writ::record
