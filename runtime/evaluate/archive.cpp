#include "evaluate/archive.h"

#include <cstring>

namespace writ::evaluate {

namespace {

// Two hashes of 64 bits (FNV-1a of Fowler, Noll and Vo, from two starts): they find what storage and transport damage.
struct ImageHash {
  uint64_t state[2] = {14695981039346656037ull, 0x9e3779b97f4a7c15ull};
};
ImageHash hash_of(std::span<const std::byte> bytes) {
  ImageHash hash;
  for (const std::byte byte : bytes) {
    for (uint64_t& s : hash.state) s = (s ^ static_cast<uint8_t>(byte)) * 1099511628211ull;
  }
  return hash;
}

constexpr size_t kind_size = 8;

}  // namespace

std::vector<std::byte> seal_image(const char (&kind)[9], uint32_t version, std::span<const std::byte> content) {
  Archive out;
  for (size_t i = 0; i < kind_size; ++i) out.put(static_cast<uint8_t>(kind[i]));
  out.put(version);
  out.put(static_cast<uint64_t>(content.size()));
  out.put(hash_of(content).state);
  out.bytes.insert(out.bytes.end(), content.begin(), content.end());
  return std::move(out.bytes);
}

std::span<const std::byte> open_image(const char (&kind)[9], uint32_t version, std::span<const std::byte> image, std::string& error) {
  ArchiveReader in{image, 0, {}};
  bool ours = true;
  for (size_t i = 0; i < kind_size; ++i) {
    uint8_t letter = 0;
    in.get(letter);
    ours = letter == static_cast<uint8_t>(kind[i]) && ours;
  }
  uint32_t found = 0;
  uint64_t size = 0;
  ImageHash hash;
  in.get(found);
  in.get(size);
  in.get(hash.state);
  if (!ours || !in.error.empty()) {
    error = "the image is none of a rule set";
  } else if (found != version) {
    error = "the image has version " + std::to_string(found) + "; this runtime reads version " + std::to_string(version);
  } else if (size != image.size() - in.at) {
    error = "the image is damaged: it is cut short";
  } else {
    const std::span<const std::byte> content = image.subspan(in.at);
    const ImageHash expected = hash_of(content);
    if (std::memcmp(expected.state, hash.state, sizeof hash.state) == 0) return content;
    error = "the image is damaged: its bytes do not agree with their hash";
  }
  return {};
}

}  // namespace writ::evaluate
