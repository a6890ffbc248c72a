// The functions that a rule may call, as a table. What they mean stands in the value functions that they are lowered to.
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace writ::builtins {

enum class Builtin {
#define WRIT_BUILTIN(name, least, most, calendar, written, gives) name,
#include "builtins/builtins.def"
#undef WRIT_BUILTIN
};

struct Row {
  Builtin builtin;
  std::string_view name;
  int least_arguments, most_arguments;
  bool takes_calendar;
  std::string_view written;  // "min(a, b, ...)"
  std::string_view gives;    // "the smallest of them"
};

std::span<const Row> rows();
// Null when there is no such function.
const Row* find(std::string_view name);

}  // namespace writ::builtins
