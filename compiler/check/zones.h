// Time zones by name. Private to this folder.
#pragma once
#include <string_view>

#include "check/context.h"

namespace writ::check {

// The zone of that name ("Europe/London", "UTC"), kept in Agreement::zones from then on; null after a report. The pointer is good
// until the next call.
const value::Zone* find_zone(Context&, std::string_view name, Span);

}  // namespace writ::check
