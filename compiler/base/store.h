// An append-only sequence that is indexed by its own kind of id.
#pragma once
#include <cassert>
#include <vector>

#include "base/ids.h"

namespace writ::base {

template <class Tag, class T>
struct Store {
  std::vector<T> items;

  Id<Tag> add(T item) {
    items.push_back(std::move(item));
    return {static_cast<uint32_t>(items.size() - 1)};
  }
  T& operator[](Id<Tag> id) {
    assert(id.index < items.size());
    return items[id.index];
  }
  const T& operator[](Id<Tag> id) const {
    assert(id.index < items.size());
    return items[id.index];
  }
  uint32_t size() const { return static_cast<uint32_t>(items.size()); }
  bool empty() const { return items.empty(); }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
  auto begin() { return items.begin(); }
  auto end() { return items.end(); }
};

}  // namespace writ::base
