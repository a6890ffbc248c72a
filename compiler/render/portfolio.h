// Many agreements of one text side by side: what each comes to, one after the other, in the order of their table.
#pragma once
#include <string>
#include <vector>

#include "render/statement.h"

namespace writ::render {

struct Portfolio {
  Statement all;    // what all share; the facts of all together; its results hold sums over all agreements, of records alone
  std::string key;  // what the key of an agreement is called
  uint32_t agreements = 0;
};

// For people: a line for each agreement and one for all.
struct Overview {
  std::vector<std::vector<std::string>> rows;
  std::vector<value::Value> totals;           // by column, where values may be added up
  std::vector<std::vector<uint64_t>> rights;  // by right: how many agreements, by its state
  std::vector<uint64_t> set_aside, errors;    // by agreement
  std::vector<std::string> first_errors;
};
Overview begin_overview(const Portfolio& portfolio);
void add_to_overview(Overview& overview, const Statement& statement, const std::string& key);
std::string print_overview(const Portfolio& portfolio, const Overview& overview);

// The rows of the statement's CSV with the key in front.
std::string portfolio_csv_head(const Portfolio& portfolio);
std::string portfolio_csv(const Statement& statement, const std::string& key);

// One object: {"agreement", ..., "key", "agreements": [{"key", "statement"}, ...], "facts"}, a line for each agreement.
std::string portfolio_json_head(const Portfolio& portfolio);
std::string portfolio_json(const Statement& statement, const std::string& key, bool is_first);
std::string portfolio_json_end(const Portfolio& portfolio);

}  // namespace writ::render
