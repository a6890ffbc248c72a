// Plain structures as bytes and back, from one list of their members: `fields(T&)` gives a std::tie of all of them, and for an enum
// `last_of(E)` its last value. Little-endian, without padding, so equal structures are equal bytes on every machine. Reading checks every bound.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "value/int128.h"

namespace writ::evaluate {

// --- How many members a structure has, to hold its list against ---------------------------------------------------------
struct Anything {
  template <class T>
  operator T() const;
};
template <class T, class... Some>
constexpr size_t member_count() {
  if constexpr (requires { T{std::declval<Some>()..., std::declval<Anything>()}; }) {
    return member_count<T, Some..., Anything>();
  } else {
    return sizeof...(Some);
  }
}
template <class T>
struct Listed {};
template <class... T>
struct Listed<std::tuple<T...>> {  // an array counts as its elements, as it does in braces
  static constexpr size_t count = (size_t{0} + ... + (std::is_array_v<std::remove_reference_t<T>> ? std::extent_v<std::remove_reference_t<T>> : 1));
};
template <class T>
inline constexpr bool all_listed = Listed<decltype(fields(std::declval<T&>()))>::count == member_count<T>();

// Structures that are not kept because they follow from others.
template <class T>
inline constexpr bool is_made_when_loaded = false;

template <class T>
inline constexpr bool is_number = std::is_integral_v<T> || std::is_same_v<T, value::i128> || std::is_same_v<T, value::u128>;

// --- Writing ------------------------------------------------------------------------------------------------------------
struct Archive {
  std::vector<std::byte> bytes;

  template <class T>
  void put(const T& v) {
    if constexpr (std::is_same_v<T, bool>) {
      bytes.push_back(static_cast<std::byte>(v ? 1 : 0));
    } else if constexpr (is_number<T>) {
      for (size_t i = 0; i < sizeof(T); ++i) bytes.push_back(static_cast<std::byte>(static_cast<value::u128>(v) >> (8 * i)));
    } else if constexpr (std::is_enum_v<T>) {
      put(static_cast<uint8_t>(v));
    } else if constexpr (std::is_array_v<T>) {
      for (const auto& each : v) put(each);
    } else {
      static_assert(all_listed<T>, "a member of this structure is missing in its list of fields");
      std::apply([this](const auto&... each) { (this->put(each), ...); }, fields(const_cast<T&>(v)));
    }
  }
  template <class T, size_t n>
  void put(const std::array<T, n>& v) {
    for (const T& each : v) put(each);
  }
  template <class T>
  void put(const std::vector<T>& v) {
    if constexpr (!is_made_when_loaded<T>) {
      put(static_cast<uint64_t>(v.size()));
      for (const T& each : v) put(each);
    }
  }
  void put(const std::vector<bool>& v) {
    put(static_cast<uint64_t>(v.size()));
    for (const bool each : v) put(each);
  }
  void put(const std::string& v) {
    put(static_cast<uint64_t>(v.size()));
    for (const char c : v) bytes.push_back(static_cast<std::byte>(c));
  }
};

// --- Reading: after the first problem everything reads as 0, and `error` keeps the first --------------------------------
struct ArchiveReader {
  std::span<const std::byte> bytes;
  size_t at = 0;
  std::string_view error;

  void fail(std::string_view why) {
    if (error.empty()) error = why;
  }
  template <class T>
  void get(T& v) {
    if constexpr (std::is_same_v<T, bool>) {
      uint8_t byte = 0;
      get(byte);
      if (byte > 1) fail("it holds a truth that is neither yes nor no");
      v = byte == 1;
    } else if constexpr (is_number<T>) {
      get_number(v);
    } else if constexpr (std::is_enum_v<T>) {
      uint8_t code = 0;
      get(code);
      if (code > static_cast<uint8_t>(last_of(T{}))) fail("it holds a code that nothing stands for");
      v = error.empty() ? static_cast<T>(code) : T{};
    } else if constexpr (std::is_array_v<T>) {
      for (auto& each : v) get(each);
    } else {
      static_assert(all_listed<T>, "a member of this structure is missing in its list of fields");
      std::apply([this](auto&... each) { (this->get(each), ...); }, fields(v));
    }
  }
  template <class T, size_t n>
  void get(std::array<T, n>& v) {
    for (T& each : v) get(each);
  }
  template <class T>
  void get(std::vector<T>& v) {
    v.clear();
    if constexpr (!is_made_when_loaded<T>) {
      const uint64_t length = get_length();
      for (uint64_t i = 0; i < length && error.empty(); ++i) get(v.emplace_back());
    }
  }
  void get(std::vector<bool>& v) {
    const uint64_t length = get_length();
    v.clear();
    for (uint64_t i = 0; i < length && error.empty(); ++i) {
      bool each = false;
      get(each);
      v.push_back(each);
    }
  }
  void get(std::string& v) {
    const uint64_t length = get_length();
    v.assign(reinterpret_cast<const char*>(bytes.data()) + at, length);
    at += length;
  }

 private:
  template <class T>
  void get_number(T& v) {
    v = 0;
    if (!error.empty() || bytes.size() - at < sizeof(T)) return fail("it is cut short");
    value::u128 number = 0;
    for (size_t i = 0; i < sizeof(T); ++i) number |= static_cast<value::u128>(static_cast<uint8_t>(bytes[at + i])) << (8 * i);
    at += sizeof(T);
    v = static_cast<T>(number);
  }
  // Everything takes a byte at least, so that a damaged number cannot ask for more memory than a small multiple of the bytes.
  uint64_t get_length() {
    uint64_t n = 0;
    get_number(n);
    if (n > bytes.size() - at) fail("it is cut short");
    return error.empty() ? n : 0;
  }
};

// --- An image: what it is, which version, how long, its hash, then the bytes --------------------------------------------
std::vector<std::byte> seal_image(const char (&kind)[9], uint32_t version, std::span<const std::byte> content);
// The content; nothing, with the reason, for what is no whole and undamaged image of this kind and version.
std::span<const std::byte> open_image(const char (&kind)[9], uint32_t version, std::span<const std::byte> image, std::string& error);

}  // namespace writ::evaluate
