// The rules of source_rules.txt, and what a file says against them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

struct SourceRule {
  std::string name;
  std::vector<std::string> words, labels, texts;
  std::vector<std::string> in, but;
};

// Rules in order; `mistakes` gets a line for each row that cannot be read.
std::vector<SourceRule> read_source_rules(std::string_view table, std::vector<std::string>& mistakes);

std::vector<std::string> source_problems(const std::vector<SourceRule>& rules, std::string_view path, std::string_view text);

}  // namespace writ::repository
