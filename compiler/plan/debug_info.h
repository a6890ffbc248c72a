// What a debugger is told of a plan: where steps come from in the text, and what their values are called. The only names in a plan;
// empty unless they are asked for.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace writ::plan {

struct DebugPlace {
  uint32_t file = 0;
  uint32_t line = 0;  // from 1; 0: nowhere of its own
  uint32_t column = 0;
  friend bool operator==(const DebugPlace&, const DebugPlace&) = default;
};

// A named value that a stage makes. Its place is reached when the value is known; only the last one of a line has one.
struct DebugValue {
  uint32_t name = 0;   // index into DebugNames::names
  uint32_t slot = 0;   // the step that makes it
  uint32_t after = 0;  // it is known when the steps before this one are made
  DebugPlace place;
};

struct DebugStage {
  std::string function;           // how a debugger calls the code
  DebugPlace place;               // of the record; of the agreement's first line for totals
  std::vector<DebugPlace> steps;  // by step; never a line on which a definition begins: that one is for its value
  std::vector<DebugValue> values;
};

struct DebugName {
  std::string text;
  bool truth = false;
  std::string type;                // of an enum: its name
  std::vector<std::string> words;  // of an enum: its members by code
};

struct DebugNames {
  std::vector<std::string> files;  // as a person named them
  std::vector<DebugName> names;    // definitions by number; then fields and parameters
};

}  // namespace writ::plan
