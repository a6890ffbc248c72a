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
uint32_t hash_of(std::string_view text) {
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
  return static_cast<uint32_t>(mixed(hash ^ rest, a ^ left));
}

void grow(Texts& texts) {
  std::vector<uint64_t> old = std::move(texts.slots);
  size_t size = old.empty() ? 64 : old.size() * 2;
  texts.slots.assign(size, 0);
  for (uint64_t slot : old) {
    if (slot == 0) continue;
    size_t at = (slot >> 32) & (size - 1);
    while (texts.slots[at] != 0) at = (at + 1) & (size - 1);
    texts.slots[at] = slot;
  }
}

// The slot that holds the text, or the free one where it would go.
size_t slot_of(const Texts& texts, std::string_view text, uint32_t hash) {
  size_t mask = texts.slots.size() - 1;
  size_t at = hash & mask;
  while (uint64_t slot = texts.slots[at]) {
    if (slot >> 32 == hash && text_of(texts, static_cast<uint32_t>(slot) - 1) == text) break;
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
  if (texts.ends.size() * 5 >= texts.slots.size() * 3) grow(texts);
  uint32_t hash = hash_of(text);
  size_t at = slot_of(texts, text, hash);
  if (texts.slots[at] != 0) return static_cast<uint32_t>(texts.slots[at]) - 1;
  uint32_t number = count(texts);
  texts.bytes += text;
  texts.ends.push_back(texts.bytes.size());
  texts.slots[at] = uint64_t{hash} << 32 | (number + 1);
  return number;
}

uint32_t find(const Texts& texts, std::string_view text) {
  if (texts.slots.empty()) return nothing;
  uint64_t slot = texts.slots[slot_of(texts, text, hash_of(text))];
  return slot == 0 ? nothing : static_cast<uint32_t>(slot) - 1;
}

void expect(const Texts& texts, std::string_view text) {
  if (!texts.slots.empty()) __builtin_prefetch(&texts.slots[hash_of(text) & (texts.slots.size() - 1)]);
}

}  // namespace writ::record
