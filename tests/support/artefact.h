// A rule set that is compiled ahead of time, linked, written to a file and loaded, as a program of somebody else would have it.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "evaluate/rules.h"
#include "plan/plan_types.h"

namespace writ::testing {

struct Artefact {
  std::shared_ptr<void> library;
  const evaluate::Rules* rules = nullptr;
};

// `description`: an image of explain/description.h, or nothing. A plan that tells debuggers its names is made for them.
Artefact build_artefact(const plan::Plan& plan, const std::vector<std::byte>& description, int optimise = 2);

// With code of at most `level`. The engine keeps the library.
std::unique_ptr<evaluate::Engine> open_artefact(const Artefact& artefact, uint32_t level);

}  // namespace writ::testing
