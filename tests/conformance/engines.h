// Every engine that must give the same answers.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::conformance {

struct NamedEngine {
  std::string name;
  std::unique_ptr<evaluate::Engine> engine;
};
// The interpreter first: it is the one by which the others are judged.
std::vector<NamedEngine> all_engines(const ir::Agreement&);

}  // namespace writ::conformance
