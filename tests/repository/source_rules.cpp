#include "repository/source_rules.h"

#include <algorithm>

#include "repository/code.h"
#include "repository/tree.h"

namespace writ::repository {

std::vector<SourceRule> read_source_rules(std::string_view table, std::vector<std::string>& mistakes) {
  std::vector<SourceRule> rules;
  for (const std::string& line : lines_of(table)) {
    const std::string_view row = trimmed(line);
    if (row.empty() || row.starts_with('#')) continue;
    std::vector<std::string> words = words_of(row);
    const std::string verb = words.front();
    words.erase(words.begin());
    auto append = [&](std::vector<std::string>& to) { to.insert(to.end(), words.begin(), words.end()); };
    if (verb == "rule" && words.size() == 1) {
      rules.push_back({words[0], {}, {}, {}, {}, {}});
    } else if (rules.empty() || words.empty()) {
      mistakes.push_back("not a row: " + std::string(row));
    } else if (verb == "words") {
      append(rules.back().words);
    } else if (verb == "label") {
      append(rules.back().labels);
    } else if (verb == "text") {
      rules.back().texts.emplace_back(trimmed(row.substr(verb.size())));
    } else if (verb == "component") {
      for (const std::string& word : words) rules.back().texts.push_back("/" + word + "/");
    } else if (verb == "in") {
      append(rules.back().in);
    } else if (verb == "but" && words[0].ends_with(':') && words.size() > 1) {
      rules.back().but.push_back(words[0].substr(0, words[0].size() - 1));
    } else {
      mistakes.push_back("not a row: " + std::string(row));
    }
  }
  return rules;
}

static bool lies_in(std::string_view path, const std::vector<std::string>& places) {
  return std::any_of(places.begin(), places.end(), [&](const std::string& place) { return place == "." || starts_with_folder(path, place); });
}

static bool contains(const std::vector<std::string>& list, std::string_view item) { return std::find(list.begin(), list.end(), item) != list.end(); }

// A path such as build/root/x is no machine path; it must begin where a path begins.
static bool begins_a_path(std::string_view line, size_t at) { return at == 0 || std::string_view(" \t\"'`=(:,<").find(line[at - 1]) != std::string_view::npos; }

std::vector<std::string> source_problems(const std::vector<SourceRule>& rules, std::string_view path, std::string_view text) {
  std::vector<std::string> problems;
  const bool is_code = path.ends_with(".h") || path.ends_with(".cpp") || path.ends_with(".c");
  const std::string code = is_code ? code_only(text) : std::string();
  const std::vector<Word> words = identifiers_of(code);
  const std::vector<std::string> lines = lines_of(text);
  for (const SourceRule& rule : rules) {
    if (!lies_in(path, rule.in) || lies_in(path, rule.but)) continue;
    auto complain = [&](size_t line, const std::string& what) {
      problems.push_back(std::string(path) + ":" + std::to_string(line) + ": `" + what + "` (" + rule.name + ")");
    };
    for (const Word& word : words) {
      if (contains(rule.words, word.text)) complain(word.line, std::string(word.text));
      const bool let_through = lines[word.line - 1].find("// open:") != std::string::npos;
      if (word.next == ':' && contains(rule.labels, word.text) && !let_through) complain(word.line, std::string(word.text) + ":");
    }
    for (const std::string& wanted : rule.texts) {
      for (size_t number = 0; number < lines.size(); ++number) {
        const size_t at = lines[number].find(wanted);
        if (at != std::string::npos && (wanted[0] != '/' || begins_a_path(lines[number], at))) complain(number + 1, wanted);
      }
    }
  }
  return problems;
}

}  // namespace writ::repository
