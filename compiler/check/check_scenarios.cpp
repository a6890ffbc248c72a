#include "check/context.h"
namespace writ::check { void check_scenarios(Context&) {} }
