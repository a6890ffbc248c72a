// 64 rows a step: tables of 16 as byte shuffles, instants in four quarters of 16, misses as masks. Reads 23 bytes a row and writes 7.
#include "bench/kernels.h"
#include "bench/terms.h"

#if defined(__x86_64__)
#include <immintrin.h>

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

// Rows of a quarter whose event came later than the tier allows.
uint64_t late(const uint32_t* at, __m512i opened, __m512i tier, __m512i allowed) {
  const __m512i given = load(at);
  const __m512i end = _mm512_mask_mov_epi32(given, _mm512_testn_epi32_mask(given, given), _mm512_set1_epi32(static_cast<int32_t>(as_of_second)));
  return _mm512_cmpgt_epi32_mask(_mm512_sub_epi32(end, opened), _mm512_permutexvar_epi32(tier, allowed));
}

}  // namespace

void avx512_kernel(const Rows& rows, Outcomes& out) {
  const __m512i tiers = table16(listed_tier, 12), a_share = table16(acknowledge_share, 5), r_share = table16(resolve_share, 5);
  const __m512i a_allowed = seconds_table(acknowledge_minutes), r_allowed = seconds_table(resolve_minutes);
  const __m512i one = _mm512_set1_epi8(1), two = _mm512_set1_epi8(2), five = _mm512_set1_epi8(5), thirty = _mm512_set1_epi8(30);
  for (size_t i = 0; i < rows.count; i += 64) {
    const __m512i severity = load(&rows.severity[i]), plan = load(&rows.plan[i]);
    const __m512i index = _mm512_add_epi8(_mm512_add_epi8(severity, severity), _mm512_add_epi8(severity, plan));
    __m512i tier = _mm512_shuffle_epi8(tiers, index);
    const __mmask64 promoted = _mm512_mask_cmpge_epu8_mask(_mm512_cmpeq_epi8_mask(plan, two), load(&rows.reopened[i]), two);
    tier = _mm512_mask_max_epu8(tier, promoted, _mm512_sub_epi8(tier, one), one);
    const __mmask64 in_scope = _mm512_cmpneq_epi8_mask(load(&rows.channel[i]), five);
    tier = _mm512_maskz_mov_epi8(in_scope, tier);
    const __m512i excuse = _mm512_or_si512(load(&rows.client_caused[i]), load(&rows.force_majeure[i]));
    const __mmask64 judged = _mm512_mask_testn_epi8_mask(in_scope, excuse, excuse);
    uint64_t a_late = 0, r_late = 0;
    for (int quarter = 0; quarter < 4; ++quarter) {
      const size_t at = i + static_cast<size_t>(quarter) * 16;
      const __m512i of_tier = _mm512_cvtepu8_epi32(quarter_of(tier, quarter));
      const __m512i opened = load(&rows.opened[at]);
      a_late |= late(&rows.acknowledged[at], opened, of_tier, a_allowed) << (16 * quarter);
      r_late |= late(&rows.resolved[at], opened, of_tier, r_allowed) << (16 * quarter);
    }
    a_late &= judged;
    r_late &= judged;
    __m512i share = _mm512_add_epi8(_mm512_maskz_shuffle_epi8(a_late, a_share, tier), _mm512_maskz_shuffle_epi8(r_late, r_share, tier));
    share = _mm512_maskz_min_epu8(_mm512_cmple_epu8_mask(load(&rows.claim_delay[i]), thirty), share, thirty);
    _mm512_storeu_si512(&out.tier[i], tier);
    _mm512_storeu_si512(&out.acknowledgement_missed[i], _mm512_maskz_mov_epi8(a_late, one));
    _mm512_storeu_si512(&out.resolution_missed[i], _mm512_maskz_mov_epi8(r_late, one));
    for (int quarter = 0; quarter < 4; ++quarter) {
      const size_t at = i + static_cast<size_t>(quarter) * 16;
      const __m512i of_row = _mm512_cvtepu8_epi32(quarter_of(share, quarter));
      const __m512i product = _mm512_add_epi32(_mm512_mullo_epi32(load(&rows.fee[at]), of_row), _mm512_set1_epi32(100));
      _mm512_storeu_si512(&out.credit[at], divide_by_200(product));
    }
  }
}

}  // namespace writ::bench
#else
namespace writ::bench {
bool has_avx512() { return false; }
void avx512_kernel(const Rows&, Outcomes&) {}
}  // namespace writ::bench
#endif
