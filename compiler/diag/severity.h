// The word of a severity, as every renderer prints it.
#pragma once
#include <string_view>

#include "diag/diagnostic.h"

namespace writ::diag {

inline std::string_view word_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

}  // namespace writ::diag
