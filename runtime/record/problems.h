// What went wrong while facts were read, as data; the wording stands in diagnostics.def. A bad row is set aside with its reason and the run
// goes on; a file that cannot be read ends it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::record {

enum class Problem : uint8_t {
  none,
#define WRIT_DIAGNOSTIC(number, name, severity, message) name,
#include "record/diagnostics.def"
#undef WRIT_DIAGNOSTIC
};

enum class Gravity : uint8_t { error, warning, note };
struct ProblemKind {
  std::string_view code, name;
  Gravity gravity;
  std::string_view message;
};
const ProblemKind& kind_of(Problem problem);  // not for `none` (asserted)

inline constexpr uint32_t nothing = UINT32_MAX;

struct Finding {
  Problem problem = Problem::none;
  uint32_t record = nothing;     // record type that the row was read for
  uint32_t agreement = nothing;  // of many: whose row it is, where that could be told
  bool of_history = false;
  uint32_t file = nothing;  // index into Report::files
  uint64_t line = 0;        // from 1; of a row that spans several lines the first. 0: the whole file
  uint32_t column = 0;      // from 1; 0: the whole row
  std::string column_name;
  std::string field, text, detail;      // holes of the message
  std::vector<std::string> candidates;  // names that would have been right, for "did you mean"
};
// The message with its holes filled; control characters of the file's text are written as \xNN, long texts are cut.
std::string message_of(const Finding& finding);

struct RowCounts {
  uint64_t read = 0;  // rows after the header, without empty lines; = kept + set_aside + superseded
  uint64_t kept = 0;  // handed to the evaluator
  uint64_t set_aside = 0;
  uint64_t superseded = 0;  // another row of the same key decides
};

// What one run found. Findings stand in the order of the files; of the rows set aside only the first `keep` are described, all are counted.
struct Report {
  size_t keep = 100;                                  // of each input
  std::vector<std::string> files;                     // as a person named them
  std::vector<RowCounts> records, histories;          // by record type
  std::vector<std::vector<RowCounts>> of_agreements;  // by record type, by agreement, where there are many: rows whose agreement could be told
  std::vector<uint64_t> orphans;                      // history rows that belong to no record, by record type; they are among those set aside
  std::vector<Finding> set_aside;
  std::vector<Finding> failures;  // not empty: the facts are incomplete and no result may be given
  std::vector<Finding> notes;
};

// Counts a row that is set aside, and keeps its description while there are not too many.
void set_aside(Report& report, Finding finding);
// A table in memory that cannot be read: which column, and why. Always false, for whoever refuses.
bool refuse_table(Finding& failure, std::string column, std::string why);
// "tickets.csv:12, column 3 (opened)"
std::string place_of(const Report& report, const Finding& finding);

}  // namespace writ::record
