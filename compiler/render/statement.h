// The statement: what an agreement comes to over one set of facts at one as-of instant.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::render {

// What reading the facts came to, for one record type, history or act.
struct FactsRead {
  std::string what;  // "Ticket", "history of Ticket", "Claim"
  std::string file;
  uint64_t rows = 0;  // read, the bad ones included
  uint64_t set_aside = 0;
  uint64_t superseded = 0;           // rows that another row of the same key replaces, as the mapping says
  uint32_t record = 0;               // index of the record type that it feeds
  std::vector<std::string> reasons;  // the first few, one line each
  uint64_t of_nobody = 0;            // of many agreements: how many of those set aside may be another one's
};

struct Statement {
  const ir::Agreement* agreement = nullptr;
  const evaluate::Results* results = nullptr;
  int64_t as_of = 0;
  bool as_of_is_now = false;  // nobody gave an as-of instant
  std::vector<FactsRead> facts;
  std::vector<std::string> keys_of_faults;  // for each of Results::faults, the record's key
  std::vector<value::Value> params;         // by parameter
  std::string key_name, key;                // of many agreements: which one this is, and what its key is called
};

// Whether some figure that it shows, a credit or a right is in error.
bool has_errors(const Statement& statement);

// For people, at a terminal or in a mail.
std::string statement_human(const Statement& statement);
// One JSON object. Money is a string with its currency; ratios carry numerator and denominator; times are ISO 8601 with offset.
std::string statement_json(const Statement& statement);
// Rows `grain,period,name,value,unit,clause`, one a figure.
std::string statement_csv(const Statement& statement);

// How many records were set aside that could have changed this definition.
uint64_t set_aside_for(const Statement& statement, ir::DefinitionId definition);

// ", in Resolution (clause 2)": the definition that a trace point belongs to.
std::string definition_at_point(const ir::Agreement& agreement, uint32_t point);

// The periods that have begun by the as-of instant, of one kind.
struct Period {
  int32_t first_date = 0, end_date = 0;
  bool over = false;
};
std::vector<Period> periods_begun(const ir::Agreement& agreement, value::PeriodKind kind, int64_t as_of);

}  // namespace writ::render
