// From a text in Writ to values: parse, check, and every evaluator that this program was built with.
#pragma once
#include <string>
#include <vector>

#include "driver/pipeline.h"
#include "driver/scenarios.h"

namespace writ::real {

struct Evaluation {
  driver::Program program;
  std::vector<record::Batch> batches;            // given by the caller, one a record type
  std::vector<evaluate::RecordOutputs> outputs;  // by batch
  evaluate::Results results;
  std::string trouble;  // evaluators that could not be made, or that differ
};

// Reads and checks; false when the text is refused (the messages are in program.sink).
bool read_text(const std::string& name, const std::string& text, Evaluation& evaluation);
// Evaluates with the interpreter and, where there is one, with native code; the two must agree.
void run(Evaluation& evaluation);

struct Found {
  ir::Type type;
  value::Value value;
};
// The value of a rule per agreement, by its name.
Found value_of(const Evaluation& evaluation, const std::string& rule);
// The values of a rule per record over the only batch, by its name.
const std::vector<value::Value>& column_of(const Evaluation& evaluation, const std::string& rule);

// The header of an agreement about nothing but time: parties, a term of whole years, the zone, the rule for month ends.
struct Years {
  int first = 2000, last = 2099;
};
std::string header(const std::string& zone, bool months_round_up, Years term = {});

// The first error of a refused text, in a line.
std::string first_error(const Evaluation& evaluation);

}  // namespace writ::real
