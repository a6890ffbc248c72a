// What a run is told besides its facts: the as-of instant and the values of the parameters.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "driver/options.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::driver {

struct RunInputs {
  evaluate::Inputs inputs;
  bool as_of_is_now = false;
};

// Parameters that have their values from elsewhere, and where that is.
struct ParamColumns {
  std::vector<bool> has;  // by parameter
  std::string file;
};

// From --as-of and --set; parameters that were not set have the value of the agreement. False with the reason in `error`: an
// instant or value that cannot be read, an unknown parameter, one that has no value at all. `columns`: parameters that are no matter of these
// options; they must not be set, and are unknown where the agreement gives them no value.
bool make_inputs(const ir::Agreement& agreement, const Options& options, RunInputs& out, std::string& error, const ParamColumns* columns = nullptr);

// The value of a parameter as people write it. Absent with the reason in `why`: "is no money GBP", "is outside the range of 1..9".
std::optional<value::i128> read_param(const ir::Agreement& agreement, const ir::Param& param, const std::string& text, std::string& why);

// The parameters as the agreement has them; one without a value is unknown.
std::vector<value::Value> default_params(const ir::Agreement& agreement);

}  // namespace writ::driver
