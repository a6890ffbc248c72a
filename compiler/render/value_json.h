// Values as JSON: exact, self-describing, no binary floating point. Private to render.
#pragma once
#include <nlohmann/json.hpp>

#include "ir/agreement.h"
#include "value/value.h"

namespace writ::render {

using Json = nlohmann::ordered_json;

// {"state": "given", "value": "600.00", "currency": "GBP"}; ratios add numerator and denominator; bounds are "low" and "high"
// in place of "value"; absent and unknown values have a state alone; errors have "error".
Json value_json(const ir::Agreement& agreement, const ir::Type& type, const value::Value& value);

}  // namespace writ::render
