// One case of a file of business-time cases: an operation of some library, a calendar, arguments, and what it gives.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::real {

using Json = nlohmann::ordered_json;

struct Case {
  std::string id, op;
  Json node;              // the whole case, as in the file
  bool disputed = false;  // libraries differ on it; `reference_says` is the other reading
};

// The field of a case or of its `args`; null when it has neither. Arguments that are a list have no names.
const Json& field(const Case& one, const char* name);
// The first of several fields that is there.
const Json& any_field(const Case& one, std::initializer_list<const char*> names);
// A text field, or "".
std::string text_of(const Json& node);
// A whole number that is written as a number.
bool is_whole(const Json& node);

// Reads a file that is a list of cases. False, with the reason, for one that cannot be read or is no such list.
bool read_cases(const std::string& path, std::vector<Case>& out, std::string& error);

// Every date that begins a text below `node`, the lists of days of a calendar aside.
void collect_years(const Json& node, int& first, int& last);

}  // namespace writ::real
