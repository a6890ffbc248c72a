// Sources of the repository, and sources made from them by chance, for tests that hold two readers against each other.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace writ::parse_test {

std::vector<std::string> repository_sources();

// Calls with each source of the repository, then with so many that came of them by changes of words, lines, bytes and blocks: always the same ones.
void for_each_source(int changed, const std::function<void(const std::string&)>& look);

}  // namespace writ::parse_test
