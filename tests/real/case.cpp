#include "real/case.h"

#include <algorithm>
#include <fstream>

namespace writ::real {
namespace {

const Json nothing;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The year of a text that begins with a date; 0 for any other.
int year_in(const std::string& text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return 0;
  int year = 0;
  for (int i = 0; i < 4; ++i) {
    if (!is_digit(text[static_cast<size_t>(i)])) return 0;
    year = year * 10 + (text[static_cast<size_t>(i)] - '0');
  }
  return year;
}

bool lists_days(const std::string& key) {
  return key == "holidays" || key == "breaks" || key == "shifts" || key == "extra_working_dates" || key == "calendar" || key == "source";
}

}  // namespace

const Json& field(const Case& one, const char* name) {
  const auto at_top = one.node.find(name);
  if (at_top != one.node.end() && !at_top->is_null()) return *at_top;
  const auto arguments = one.node.find("args");
  if (arguments == one.node.end() || !arguments->is_object()) return nothing;
  const auto inside = arguments->find(name);
  return inside == arguments->end() ? nothing : *inside;
}

const Json& any_field(const Case& one, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const Json& found = field(one, name);
    if (!found.is_null()) return found;
  }
  return nothing;
}

std::string text_of(const Json& node) { return node.is_string() ? node.get<std::string>() : std::string(); }

bool is_whole(const Json& node) { return node.is_number_integer(); }

bool read_cases(const std::string& path, std::vector<Case>& out, std::string& error) {
  std::ifstream file(path, std::ios::binary);
  const Json list = Json::parse(file, nullptr, false);
  if (!list.is_array()) {
    error = "is no JSON list of cases";
    return false;
  }
  for (const Json& node : list) {
    if (!node.is_object() || !node.contains("op") || !node.contains("expect")) {
      error = "holds something that is no case: it has no `op` or no `expect`";
      return false;
    }
    Case one;
    one.id = text_of(node.value("id", Json("without a name")));
    one.op = text_of(node["op"]);
    one.disputed = text_of(node.value("status", Json(""))) == "disputed";
    one.node = node;
    out.push_back(std::move(one));
  }
  return true;
}

void collect_years(const Json& node, int& first, int& last) {
  if (node.is_string()) {
    const int year = year_in(node.get<std::string>());
    if (year > 0) first = std::min(first, year), last = std::max(last, year);
  }
  if (node.is_object())
    for (const auto& [key, child] : node.items()) {
      if (key == "y" && child.is_number_integer()) first = std::min(first, child.get<int>()), last = std::max(last, child.get<int>());
      if (!lists_days(key)) collect_years(child, first, last);
    }
  if (node.is_array())
    for (const Json& child : node) collect_years(child, first, last);
}

}  // namespace writ::real
