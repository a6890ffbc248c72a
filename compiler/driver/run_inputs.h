// What a run is told besides its facts: the as-of instant and the values of the parameters.
#pragma once
#include <string>

#include "driver/options.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::driver {

struct RunInputs {
  evaluate::Inputs inputs;
  bool as_of_is_now = false;
};

// From --as-of and --set; parameters that were not set have the value of the agreement. False with the reason in `error`: an
// instant or value that cannot be read, an unknown parameter, one that has no value at all.
bool make_inputs(const ir::Agreement& agreement, const Options& options, RunInputs& out, std::string& error);

// The parameters as the agreement has them; one without a value is unknown.
std::vector<value::Value> default_params(const ir::Agreement& agreement);

}  // namespace writ::driver
