#include "record/csv_scan.h"

#include <algorithm>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "record/row_reader.h"

// The same function with the instructions that count and find bits, and with wider vectors, where the processor has them.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__)
#define WRIT_WIDE __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define WRIT_WIDE
#endif

namespace writ::record {

uint64_t special_bytes_plain(const char* data, char separator) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; ++i) {
    char c = data[i];
    bool special = c == separator || c == '"' || c == '\n' || c == '\r' || c == '\0';
    mask |= static_cast<uint64_t>(special) << i;
  }
  return mask;
}

namespace {

#if defined(__SSE2__)
inline uint64_t special_mask(const char* data, char separator) {
  const __m128i separators = _mm_set1_epi8(separator), quotes = _mm_set1_epi8('"'), newlines = _mm_set1_epi8('\n');
  const __m128i returns = _mm_set1_epi8('\r'), zeros = _mm_setzero_si128();
  uint64_t mask = 0;
  for (int i = 0; i < 4; ++i) {
    __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + 16 * i));
    __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, separators), _mm_cmpeq_epi8(bytes, quotes)),
                                 _mm_or_si128(_mm_cmpeq_epi8(bytes, newlines), _mm_cmpeq_epi8(bytes, returns)));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, zeros));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(found))) << (16 * i);
  }
  return mask;
}
#else
inline uint64_t special_mask(const char* data, char separator) { return special_bytes_plain(data, separator); }
#endif

}  // namespace

uint64_t special_bytes(const char* data, char separator) { return special_mask(data, separator); }

WRIT_WIDE size_t special_places(const char* data, size_t size, char separator, std::vector<uint32_t>& places) {
  // Eight at a time are written whether there are as many or not: to ask for each costs more.
  constexpr size_t together = 8;
  if (places.size() < size + together + 1) places.resize(size + together + 1);
  uint32_t* to = places.data();
  for (size_t block = 0; block < size; block += 64) {
    uint64_t mask = special_mask(data + block, separator);
    if (size - block < 64) mask &= (uint64_t{1} << (size - block)) - 1;
    const auto count = static_cast<size_t>(__builtin_popcountll(mask));
    for (size_t done = 0; done < count; done += together) {
      for (size_t i = 0; i < together; ++i) {
        to[done + i] = static_cast<uint32_t>(block) + static_cast<uint32_t>(__builtin_ctzll(mask | uint64_t{1} << 63));
        mask &= mask - 1;
      }
    }
    to += count;
  }
  *to = static_cast<uint32_t>(size);
  return static_cast<size_t>(to - places.data());
}

namespace {

// Hands out the places of special bytes, in order.
struct Specials {
  const char* data;
  size_t size;
  char separator;
  size_t block = 0;
  uint64_t mask;

  Specials(const char* d, size_t n, char s) : data(d), size(n), separator(s), mask(n > 0 ? special_bytes(d, s) : 0) {}
  // The next one, or `size`.
  size_t next() {
    while (mask == 0) {
      block += 64;
      if (block >= size) return size;
      mask = special_bytes(data + block, separator);
    }
    size_t at = block + static_cast<size_t>(__builtin_ctzll(mask));
    mask &= mask - 1;
    return std::min(at, size);  // what lies behind the end is not ours
  }
};

struct Scanner {
  const char* data;
  size_t size;
  bool last;
  char separator;
  size_t keep;
  CsvRow& row;
  Specials specials;
  size_t begin = 0;              // of the current field
  uint64_t inside_newlines = 0;  // in quoted fields so far

  void note(Problem problem) {
    if (row.problem != Problem::none) return;
    row.problem = problem;
    row.problem_field = row.count;
  }
  Scan broken(Problem problem) {
    row.problem = Problem::none;  // what breaks the row matters more than what stood in it
    note(problem);
    row.resume = begin;
    row.line_ends = newlines_before(begin);
    return Scan::broken;
  }
  uint64_t newlines_before(size_t at) const { return static_cast<uint64_t>(std::count(data, data + at, '\n')); }

  void add_field(size_t from, size_t to, bool doubled) {
    if (row.count < keep) {
      if (row.count == row.fields.size()) row.fields.resize(row.count * 2 + 16);
      row.fields[row.count] = {static_cast<uint32_t>(from), static_cast<uint32_t>(to), doubled};
    }
    ++row.count;
  }
  // Not enough bytes: more may come, or a limit says that they need not be waited for.
  Scan need_more() {
    if (size - begin > most_field_bytes) return broken(Problem::field_too_long);
    if (size > most_row_bytes) return broken(Problem::row_too_long);
    return Scan::incomplete;
  }
  Scan end_row(size_t next, bool newline) {
    row.next = next;
    row.line_ends = inside_newlines + (newline ? 1 : 0);
    if (next > most_row_bytes) note(Problem::row_too_long);
    return Scan::row;
  }

  // At the separator or line end behind a field. Sets `more` when another field follows.
  Scan close_field(size_t at, size_t from, size_t to, bool doubled, bool& more) {
    more = false;
    if (to - from > most_field_bytes) return broken(Problem::field_too_long);
    add_field(from, to, doubled);
    if (at == size) return end_row(size, false);
    if (data[at] == separator) {
      more = true;
      begin = at + 1;
      return Scan::row;
    }
    return end_row(at + (data[at] == '\r' ? 2 : 1), true);
  }
};

// An unquoted field at s.begin.
inline Scan scan_plain(Scanner& s, bool& more) {
  more = false;
  for (;;) {
    size_t at = s.specials.next();
    // Nearly every field of nearly every file ends here.
    if (at < s.size && s.data[at] == s.separator && at - s.begin <= most_field_bytes) {
      s.add_field(s.begin, at, false);
      s.begin = at + 1;
      more = true;
      return Scan::row;
    }
    if (at == s.size) {
      if (!s.last) return s.need_more();
      return s.close_field(at, s.begin, at, false, more);
    }
    char c = s.data[at];
    if (c == s.separator || c == '\n') return s.close_field(at, s.begin, at, false, more);
    if (c == '\r') {
      if (at + 1 == s.size && !s.last) return s.need_more();
      if (at + 1 < s.size && s.data[at + 1] == '\n') {
        s.specials.next();
        return s.close_field(at, s.begin, at, false, more);
      }
      s.note(Problem::lone_carriage_return);
    } else {
      s.note(c == '"' ? Problem::stray_quote : Problem::zero_byte);
    }
  }
}

// A field at s.begin whose first byte is a quote, which has been taken.
Scan scan_quoted(Scanner& s, bool& more) {
  more = false;
  bool doubled = false;
  for (;;) {
    size_t at = s.specials.next();
    if (at == s.size) {
      if (!s.last) return s.need_more();
      return s.broken(Problem::open_quote);
    }
    char c = s.data[at];
    if (c == '\n') ++s.inside_newlines;
    if (c == '\0') s.note(Problem::zero_byte);
    if (c != '"') continue;
    size_t after = at + 1;
    if (after == s.size) {
      if (!s.last) return s.need_more();
      return s.close_field(after, s.begin + 1, at, doubled, more);
    }
    char d = s.data[after];
    if (d == '"') {
      s.specials.next();
      doubled = true;
      continue;
    }
    if (d == '\r') {
      if (after + 1 == s.size && !s.last) return s.need_more();
      if (after + 1 == s.size || s.data[after + 1] != '\n') return s.broken(Problem::text_after_quote);
      s.specials.next();
      s.specials.next();
    } else if (d == s.separator || d == '\n') {
      s.specials.next();
    } else {
      return s.broken(Problem::text_after_quote);
    }
    return s.close_field(after, s.begin + 1, at, doubled, more);
  }
}

}  // namespace

Scan scan_row(const char* data, size_t size, bool last, char separator, size_t keep, CsvRow& row) {
  row.count = 0;
  row.line_ends = 0;
  row.problem = Problem::none;
  Scanner s{data, size, last, separator, keep, row, Specials(data, size, separator)};
  for (;;) {
    bool more = false;
    Scan result;
    if (s.begin == size && !last) return s.need_more();
    if (s.begin < size && data[s.begin] == '"') {
      s.specials.next();
      result = scan_quoted(s, more);
    } else {
      result = scan_plain(s, more);
    }
    if (!more) return result;
  }
}

}  // namespace writ::record
