// The parts of random_source. Private to the generator.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "properties/dice.h"

namespace writ::properties {

enum class Sort { truth, whole, money, instant, date };
enum class Per { ticket, month, agreement };

// What has been declared so far and can be referred to by name.
struct SourceMaker {
  Dice dice;
  std::string text;
  bool month_ends = false;  // the header says where a month after the 31st ends
  bool tiers = false;       // the tiers Hard, Middle and Easy of Ticket are declared
  std::vector<std::string> commitments, defines;
  std::map<std::pair<Per, Sort>, std::vector<std::string>> rules;
  int names = 0;

  std::string name(const char* stem) { return stem + std::to_string(names++); }
  std::string number(int low, int high) { return std::to_string(dice.between(low, high)); }
  void line(const std::string& words) { text += words + "\n"; }
};

// An expression in parentheses where it has parts; never absent.
std::string expression(SourceMaker&, Per, Sort, int depth);
std::string moment_literal(SourceMaker&);
std::string money_literal(SourceMaker&, int most);

// A number of some clock, "2 business hours on Other".
std::string any_allowance(SourceMaker&, bool elapsed_only);

}  // namespace writ::properties
