#include "check/context.h"
namespace writ::check { void check_facts(Context&) {} }
