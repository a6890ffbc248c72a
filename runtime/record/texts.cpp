#include "record/texts.h"

#include <cassert>
#include <cstring>

#include "record/problems.h"

namespace writ::record {

namespace {

uint64_t mixed(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Multiply and fold, eight bytes at a time (the scheme of wyhash). Only the spread matters: equal hashes are compared in full.
uint64_t hash_of(std::string_view text) {
  constexpr uint64_t a = 0xa0761d6478bd642f, b = 0xe7037ed1a0b428db;
  uint64_t hash = a ^ text.size();
  const char* p = text.data();
  size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    hash = mixed(hash ^ word, b);
  }
  uint64_t rest = 0;
  if (left > 0) std::memcpy(&rest, p, left);
  return mixed(hash ^ rest, a ^ left);
}

void grow(Texts& texts) {
  size_t size = texts.slots.empty() ? 64 : texts.slots.size() * 2;
  texts.slots.assign(size, 0);
  for (uint32_t i = 0; i < count(texts); ++i) {
    size_t at = texts.hashes[i] & (size - 1);
    while (texts.slots[at] != 0) at = (at + 1) & (size - 1);
    texts.slots[at] = i + 1;
  }
}

// The slot that holds the text, or the free one where it would go.
size_t slot_of(const Texts& texts, std::string_view text, uint64_t hash) {
  size_t mask = texts.slots.size() - 1;
  size_t at = hash & mask;
  while (texts.slots[at] != 0) {
    uint32_t number = texts.slots[at] - 1;
    if (texts.hashes[number] == hash && text_of(texts, number) == text) break;
    at = (at + 1) & mask;
  }
  return at;
}

}  // namespace

std::string_view text_of(const Texts& texts, uint32_t number) {
  assert(number < count(texts));
  uint64_t begin = number == 0 ? 0 : texts.ends[number - 1];
  return std::string_view(texts.bytes).substr(begin, texts.ends[number] - begin);
}

uint32_t number_of(Texts& texts, std::string_view text) {
  if ((texts.ends.size() + 1) * 2 > texts.slots.size()) grow(texts);
  uint64_t hash = hash_of(text);
  size_t at = slot_of(texts, text, hash);
  if (texts.slots[at] != 0) return texts.slots[at] - 1;
  uint32_t number = count(texts);
  texts.bytes += text;
  texts.ends.push_back(texts.bytes.size());
  texts.hashes.push_back(hash);
  texts.slots[at] = number + 1;
  return number;
}

uint32_t find(const Texts& texts, std::string_view text) {
  if (texts.slots.empty()) return nothing;
  uint32_t held = texts.slots[slot_of(texts, text, hash_of(text))];
  return held == 0 ? nothing : held - 1;
}

}  // namespace writ::record
