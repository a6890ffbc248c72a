#include "unit/parse/reading.h"

#include "ast/print.h"
#include "support/diagnostics_text.h"

namespace writ::parse_test {

bool& update() {
  static bool value = false;
  return value;
}

std::string Read::codes() const {
  std::string text;
  for (const diag::Diagnostic& said : sink.diagnostics) text += (text.empty() ? "" : " ") + std::string(said.kind->code);
  return text;
}

std::string Read::tree() const { return ast::tree(file); }

std::string Read::diagnostics() const { return support::diagnostics_text(sink, sources); }

Read read(std::string text, const parse::Limits& limits) {
  Read result;
  const source::FileId id = source::add_file(result.sources, "agreement.writ", std::move(text));
  result.file = parse::parse(result.sources, id, result.sink, limits);
  return result;
}

std::string expression(const std::string& text) {
  const Read result = read("rule x = " + text + "\n");
  if (!result.sink.diagnostics.empty()) return result.codes();
  const std::string tree = result.tree();
  const std::string before = "  base: ";
  const size_t at = tree.find(before);
  return at == std::string::npos ? tree : tree.substr(at + before.size(), tree.size() - at - before.size() - 1);
}

}  // namespace writ::parse_test
