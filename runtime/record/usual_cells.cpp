#include "record/usual_cells.h"

#include <algorithm>

namespace writ::record {

namespace {

// Whether the factor gives each spelling a slot of its own; fills them.
bool place(UsualSpellings& spellings, const std::vector<UsualSpellings::Entry>& known) {
  std::fill(spellings.entries.begin(), spellings.entries.end(), UsualSpellings::Entry{});
  for (const UsualSpellings::Entry& entry : known) {
    UsualSpellings::Entry& slot = spellings.entries[slot_word(entry.low, entry.high, entry.size) * spellings.factor >> spellings.shift];
    if (slot.size != UINT32_MAX) return false;
    slot = entry;
  }
  return true;
}

}  // namespace

UsualSpellings make_usual_spellings(const CellReader& reader) {
  UsualSpellings out;
  std::vector<UsualSpellings::Entry> known;
  for (uint32_t i = 0; i < reader.meanings.size(); ++i) {
    const std::string_view text = text_of(reader.spellings, i);
    if (text.size() > most_usual_bytes) {
      out.complete = false;
      continue;
    }
    char bytes[most_usual_bytes] = {};
    std::memcpy(bytes, text.data(), text.size());
    known.push_back({word_at(bytes), word_at(bytes + 8), static_cast<uint32_t>(text.size()), reader.meanings[i].state, reader.meanings[i].value});
  }
  constexpr size_t many = 256;  // beyond them a table would fill the cache
  if (known.empty() || known.size() > many) return out;
  uint32_t bits = 1;
  while ((size_t{1} << bits) < 2 * known.size()) ++bits;
  // A table with room enough has a factor that tells all apart after few attempts: about e^(n²/2s) of them for n spellings in s slots.
  constexpr int attempts = 200;
  constexpr uint32_t most_bits = 12;
  for (; bits <= most_bits; ++bits) {
    out.entries.assign(size_t{1} << bits, {});
    out.shift = 64 - bits;
    out.factor = 0x9E3779B97F4A7C15;
    for (int i = 0; i < attempts; ++i) {
      if (place(out, known)) return out;
      out.factor = (out.factor * 0x5851F42D4C957F2D + 0x14057B7EF767814F) | 1;
    }
  }
  out.entries.clear();
  return out;
}

}  // namespace writ::record
