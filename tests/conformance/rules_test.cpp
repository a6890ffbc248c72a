// Every numbered rule of the reference has a case that begins with its number, or a line in not_by_scenario.txt that says where else
// it is held.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "conformance/case_files.h"

namespace writ::conformance {
namespace {

namespace fs = std::filesystem;

// "T5" for "T05_business_hours...", "**T5. ..." and "T5: why".
std::string rule_at(const std::string& text, const std::regex& form) {
  std::smatch found;
  if (!std::regex_search(text, found, form)) return {};
  return found[1].str() + std::to_string(std::stoi(found[2].str()));
}

std::map<std::string, std::string> rules_of_the_reference() {
  const std::regex form("^\\*\\*([A-Z]+)([0-9]+)\\.");
  std::map<std::string, std::string> rules;
  for (const auto& page : fs::directory_iterator(WRIT_SOURCE_DIR "/docs/language/reference")) {
    std::ifstream file(page.path());
    for (std::string line; std::getline(file, line);) {
      const std::string rule = rule_at(line, form);
      if (rule.empty()) continue;
      CHECK_MESSAGE(rules.emplace(rule, page.path().filename().string()).second, rule << " stands on two pages");
    }
  }
  return rules;
}

std::set<std::string> rules_with_cases() {
  const std::regex form("^([A-Z]+)([0-9]+)_");
  const CaseFiles cases = case_files();
  std::set<std::string> rules;
  for (const std::vector<fs::path>* list : {&cases.scenarios, &cases.refused, &cases.folders}) {
    for (const fs::path& path : *list) {
      const std::string rule = rule_at(path.filename().string(), form);
      CHECK_MESSAGE(!rule.empty(), path.filename().string() << " does not begin with the number of a rule");
      rules.insert(rule);
    }
  }
  return rules;
}

std::set<std::string> rules_held_elsewhere() {
  const std::regex form("^([A-Z]+)([0-9]+): .+");
  std::set<std::string> rules;
  std::ifstream file(WRIT_SOURCE_DIR "/tests/conformance/not_by_scenario.txt");
  for (std::string line; std::getline(file, line);) {
    const std::string rule = rule_at(line, form);
    CHECK_MESSAGE((!rule.empty() || line.empty() || line[0] == '#'), line);
    if (!rule.empty()) rules.insert(rule);
  }
  return rules;
}

TEST_CASE("every rule of the reference has a case, and every case a rule") {
  const std::map<std::string, std::string> rules = rules_of_the_reference();
  const std::set<std::string> cases = rules_with_cases(), elsewhere = rules_held_elsewhere();
  CHECK(rules.size() > 40);
  for (const auto& [rule, page] : rules) {
    CHECK_MESSAGE((cases.count(rule) + elsewhere.count(rule)) > 0, page << ": no case of " << rule);
    CHECK_MESSAGE(cases.count(rule) * elsewhere.count(rule) == 0, rule << " has a case and need not stand in not_by_scenario.txt");
  }
  for (const std::string& rule : cases) CHECK_MESSAGE(rules.count(rule) == 1, "a case of " << rule << ", which no page states");
  for (const std::string& rule : elsewhere) CHECK_MESSAGE(rules.count(rule) == 1, "not_by_scenario.txt names " << rule << ", which no page states");
}

}  // namespace
}  // namespace writ::conformance
