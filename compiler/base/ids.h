// Typed 32-bit ids: an index into one store, that cannot be mixed up with an index into another.
#pragma once
#include <compare>
#include <cstdint>

namespace writ::base {

template <class Tag>
struct Id {
  static constexpr uint32_t nothing = UINT32_MAX;
  uint32_t index = nothing;

  constexpr bool valid() const { return index != nothing; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace writ::base
