// 64 rows a step: tables of 16 as byte shuffles, instants in four quarters of 16, misses as masks. Reads 23 bytes a row and writes 7. Business
// time is a gather of one word a day.
#include "bench/kernels.h"
#include "bench/terms.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>

#include "bench/business_days.h"

namespace writ::bench {

bool has_avx512() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"); }

namespace {

__m512i table16(const uint8_t* values, int count) {
  alignas(16) uint8_t all[16] = {};
  for (int i = 0; i < count; ++i) all[i] = values[i];
  return _mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<const __m128i*>(all)));
}

__m512i seconds_table(const uint32_t* minutes) {
  alignas(64) int32_t all[16] = {INT32_MAX};
  for (int tier = 1; tier <= 4; ++tier) all[tier] = static_cast<int32_t>(minutes[tier] * 60);
  return _mm512_load_si512(all);
}

// x / 200 for x < 2^31 as a multiplication: 200 = 8 * 25, and 171798692 = ceil(2^32 / 25).
__m512i divide_by_200(__m512i x) {
  const __m512i y = _mm512_srli_epi32(x, 3);
  const __m512i m = _mm512_set1_epi32(171798692);
  const __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(y, m), 32);
  const __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(y, 32), m);
  return _mm512_mask_mov_epi32(even, 0xAAAA, odd);
}

__m512i load(const void* from) { return _mm512_loadu_si512(from); }

// Sixteen bytes of a vector of 64; the quarter must be a constant of the instruction.
__m128i quarter_of(__m512i v, int quarter) {
  switch (quarter) {
    case 0: return _mm512_extracti32x4_epi32(v, 0);
    case 1: return _mm512_extracti32x4_epi32(v, 1);
    case 2: return _mm512_extracti32x4_epi32(v, 2);
    default: return _mm512_extracti32x4_epi32(v, 3);
  }
}

// Open seconds since first_second, by the word of the day.
__m512i open_seconds_of(const uint32_t* days, __m512i at) {
  const __m512i seconds = _mm512_sub_epi32(at, _mm512_set1_epi32(static_cast<int32_t>(first_second)));
  // / 86400 as >> 7 and / 675: 6362915 = ceil(2^32 / 675), exact below 13 million.
  const __m512i shifted = _mm512_srli_epi32(seconds, 7), m = _mm512_set1_epi32(6362915);
  const __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(shifted, m), 32), odd = _mm512_mul_epu32(_mm512_srli_epi64(shifted, 32), m);
  const __m512i day = _mm512_mask_mov_epi32(even, 0xAAAA, odd);
  const __m512i of_day = _mm512_sub_epi32(seconds, _mm512_mullo_epi32(day, _mm512_set1_epi32(86400)));
  const __m512i word = _mm512_i32gather_epi32(day, days, 4);
  const __m512i opening = _mm512_mullo_epi32(_mm512_srli_epi32(word, 16), _mm512_set1_epi32(60));
  const __m512i whole = _mm512_set1_epi32(open_seconds_a_day);
  const __m512i today = _mm512_min_epi32(_mm512_max_epi32(_mm512_sub_epi32(of_day, opening), _mm512_setzero_si512()), whole);
  return _mm512_add_epi32(today, _mm512_mullo_epi32(_mm512_and_si512(word, _mm512_set1_epi32(0xffff)), whole));
}

struct Terms {
  __m512i tiers, a_share, r_share, a_allowed, r_allowed;
  const uint32_t* days = nullptr;  // null: all time counts
};

Terms terms_of(Variant variant) {
  const bool business = variant == Variant::business;
  static const std::vector<uint32_t> days = make_business_days();
  return {table16(listed_tier, 12),
          table16(acknowledge_share, 5),
          table16(resolve_share, 5),
          seconds_table(business ? acknowledge_open_minutes : acknowledge_minutes),
          seconds_table(business ? resolve_open_minutes : resolve_minutes),
          business ? days.data() : nullptr};
}

// Rows of a quarter whose event came later than the tier allows; `opened` as the variant counts.
template <bool business>
uint64_t late(const Terms& terms, const uint32_t* at, __m512i opened, __m512i tier, __m512i allowed) {
  const __m512i given = load(at);
  __m512i end = _mm512_mask_mov_epi32(given, _mm512_testn_epi32_mask(given, given), _mm512_set1_epi32(static_cast<int32_t>(as_of_second)));
  if (business) end = open_seconds_of(terms.days, end);
  return _mm512_cmpgt_epi32_mask(_mm512_sub_epi32(end, opened), _mm512_permutexvar_epi32(tier, allowed));
}

struct Group {
  __m512i tier, share;
  uint64_t acknowledge_late = 0, resolve_late = 0;
};

template <bool business>
inline Group judge(const Terms& terms, const Rows& rows, size_t i) {
  const __m512i one = _mm512_set1_epi8(1), two = _mm512_set1_epi8(2), five = _mm512_set1_epi8(5), thirty = _mm512_set1_epi8(30);
  const __m512i severity = load(&rows.severity[i]), plan = load(&rows.plan[i]);
  const __m512i index = _mm512_add_epi8(_mm512_add_epi8(severity, severity), _mm512_add_epi8(severity, plan));
  Group g;
  g.tier = _mm512_shuffle_epi8(terms.tiers, index);
  const __mmask64 promoted = _mm512_mask_cmpge_epu8_mask(_mm512_cmpeq_epi8_mask(plan, two), load(&rows.reopened[i]), two);
  g.tier = _mm512_mask_max_epu8(g.tier, promoted, _mm512_sub_epi8(g.tier, one), one);
  const __mmask64 in_scope = _mm512_cmpneq_epi8_mask(load(&rows.channel[i]), five);
  g.tier = _mm512_maskz_mov_epi8(in_scope, g.tier);
  const __m512i excuse = _mm512_or_si512(load(&rows.client_caused[i]), load(&rows.force_majeure[i]));
  const __mmask64 judged = _mm512_mask_testn_epi8_mask(in_scope, excuse, excuse);
  for (int quarter = 0; quarter < 4; ++quarter) {
    const size_t at = i + static_cast<size_t>(quarter) * 16;
    const __m512i of_tier = _mm512_cvtepu8_epi32(quarter_of(g.tier, quarter));
    __m512i opened = load(&rows.opened[at]);
    if (business) opened = open_seconds_of(terms.days, opened);
    g.acknowledge_late |= late<business>(terms, &rows.acknowledged[at], opened, of_tier, terms.a_allowed) << (16 * quarter);
    g.resolve_late |= late<business>(terms, &rows.resolved[at], opened, of_tier, terms.r_allowed) << (16 * quarter);
  }
  g.acknowledge_late &= judged;
  g.resolve_late &= judged;
  g.share =
      _mm512_add_epi8(_mm512_maskz_shuffle_epi8(g.acknowledge_late, terms.a_share, g.tier), _mm512_maskz_shuffle_epi8(g.resolve_late, terms.r_share, g.tier));
  g.share = _mm512_maskz_min_epu8(_mm512_cmple_epu8_mask(load(&rows.claim_delay[i]), thirty), g.share, thirty);
  return g;
}

inline __m512i credit_of(const Rows& rows, const Group& g, size_t i, int quarter) {
  const __m512i of_row = _mm512_cvtepu8_epi32(quarter_of(g.share, quarter));
  const __m512i product = _mm512_mullo_epi32(load(&rows.fee[i + static_cast<size_t>(quarter) * 16]), of_row);
  return divide_by_200(_mm512_add_epi32(product, _mm512_set1_epi32(100)));
}

template <bool business>
void judge_all(const Terms& terms, const Rows& rows, Outcomes& out) {
  const __m512i one = _mm512_set1_epi8(1);
  for (size_t i = 0; i < rows.count; i += 64) {
    const Group g = judge<business>(terms, rows, i);
    _mm512_storeu_si512(&out.tier[i], g.tier);
    _mm512_storeu_si512(&out.acknowledgement_missed[i], _mm512_maskz_mov_epi8(g.acknowledge_late, one));
    _mm512_storeu_si512(&out.resolution_missed[i], _mm512_maskz_mov_epi8(g.resolve_late, one));
    for (int quarter = 0; quarter < 4; ++quarter) {
      _mm512_storeu_si512(&out.credit[i + static_cast<size_t>(quarter) * 16], credit_of(rows, g, i, quarter));
    }
  }
}

// Rows of the group of 64 that were opened in [start, end).
uint64_t opened_within(const Rows& rows, size_t i, uint32_t start, uint32_t end) {
  uint64_t mask = 0;
  const __m512i length = _mm512_set1_epi32(static_cast<int32_t>(end - start));
  for (int quarter = 0; quarter < 4; ++quarter) {
    const __m512i from_start = _mm512_sub_epi32(load(&rows.opened[i + static_cast<size_t>(quarter) * 16]), _mm512_set1_epi32(static_cast<int32_t>(start)));
    mask |= static_cast<uint64_t>(_mm512_cmplt_epu32_mask(from_start, length)) << (16 * quarter);
  }
  return mask;
}

int month_of(const uint32_t* starts, uint32_t second) { return static_cast<int>(std::upper_bound(starts, starts + Months::count, second) - starts) - 1; }

// Adds the rows of `mask`, all of one month.
void add_group(const Rows& rows, const Group& g, size_t i, uint64_t mask, int month, Months& out) {
  out.misses[month] += __builtin_popcountll(g.acknowledge_late & mask) + __builtin_popcountll(g.resolve_late & mask);
  const uint64_t credited = mask & (g.acknowledge_late | g.resolve_late);
  if (credited == 0) return;
  for (int quarter = 0; quarter < 4; ++quarter) {
    out.credit[month] += _mm512_mask_reduce_add_epi32(static_cast<__mmask16>(credited >> (16 * quarter)), credit_of(rows, g, i, quarter));
  }
}

}  // namespace

void avx512_kernel(const Rows& rows, Variant variant, Outcomes& out) {
  const Terms terms = terms_of(variant);
  if (variant == Variant::business) {
    judge_all<true>(terms, rows, out);
  } else {
    judge_all<false>(terms, rows, out);
  }
}

void avx512_months(const Rows& rows, Months& out) {
  out = {};
  const Terms terms = terms_of(Variant::months);
  const uint32_t* starts = month_starts();
  for (size_t i = 0; i < rows.count; i += 64) {
    const Group g = judge<false>(terms, rows, i);
    uint64_t left = rows.count - i < 64 ? (uint64_t{1} << (rows.count - i)) - 1 : ~uint64_t{0};
    // Mostly one turn: rows come in about the order of their opening.
    while (left != 0) {
      const int month = month_of(starts, rows.opened[i + static_cast<size_t>(__builtin_ctzll(left))]);
      const uint64_t mask = left & opened_within(rows, i, starts[month], starts[month + 1]);
      add_group(rows, g, i, mask, month, out);
      left &= ~mask;
    }
  }
}

void avx512_customers(const Rows& rows, Customers& out) {
  const uint32_t customers = rows.customers;
  out = Customers(customers);
  const Terms terms = terms_of(Variant::customers);
  const uint32_t* starts = month_starts();
  std::vector<uint32_t> fee(customers);
  int month = 0;
  const auto place = [&](uint32_t second) {
    if (second < starts[month] || second >= starts[month + 1]) month = month_of(starts, second);
    return static_cast<size_t>(month) * customers;
  };
  for (size_t i = 0; i < rows.count; i += 64) {
    const Group g = judge<false>(terms, rows, i);
    const uint64_t there = rows.count - i < 64 ? (uint64_t{1} << (rows.count - i)) - 1 : ~uint64_t{0};
    alignas(64) uint8_t tiers[64], shares[64];
    _mm512_store_si512(tiers, g.tier);
    _mm512_store_si512(shares, g.share);
    for (uint64_t left = there & (g.acknowledge_late | g.resolve_late); left != 0; left &= left - 1) {
      const size_t bit = static_cast<size_t>(__builtin_ctzll(left)), row = i + bit, c = rows.customer[row];
      const bool a_late = g.acknowledge_late >> bit & 1, r_late = g.resolve_late >> bit & 1;
      const auto add_due = [&](const uint32_t* minutes) {
        const uint32_t due = rows.opened[row] + minutes[tiers[bit]] * 60;
        if (due < starts[Months::count]) out.due_misses[place(due) + c] += 1;
      };
      if (a_late) add_due(acknowledge_minutes);
      if (r_late) add_due(resolve_minutes);
      const size_t at = place(rows.opened[row]) + c;
      out.misses[at] = static_cast<uint16_t>(out.misses[at] + a_late + r_late);
      out.credit[at] += (rows.fee[row] * shares[bit] + 100) / 200;
      fee[c] = rows.fee[row];
    }
  }
  finish_customers(fee, out);
}

}  // namespace writ::bench
#else
namespace writ::bench {
bool has_avx512() { return false; }
void avx512_kernel(const Rows&, Variant, Outcomes&) {}
void avx512_months(const Rows&, Months&) {}
void avx512_customers(const Rows&, Customers&) {}
}  // namespace writ::bench
#endif
