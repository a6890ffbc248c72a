#include "builtins/builtins.h"

namespace writ::builtins {
namespace {

constexpr Row table[] = {
#define WRIT_BUILTIN(name, least, most, calendar, written, gives) {Builtin::name, #name, least, most, calendar, written, gives},
#include "builtins/builtins.def"
#undef WRIT_BUILTIN
};

}  // namespace

std::span<const Row> rows() { return table; }

const Row* find(std::string_view name) {
  for (const Row& row : table)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace writ::builtins
