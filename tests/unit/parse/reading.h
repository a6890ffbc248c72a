// A text read for a test, with everything that a test asks about.
#pragma once
#include <string>

#include "parse/parse.h"

namespace writ::parse_test {

struct Read {
  source::SourceMap sources;
  diag::Sink sink;
  ast::File file;

  std::string codes() const;        // "P0022 P0031", in order
  std::string tree() const;         // outline
  std::string diagnostics() const;  // as golden files show them
};

Read read(std::string text, const parse::Limits& limits = {});
// The outline of one expression, read as the value of a rule; or its codes.
std::string expression(const std::string& text);

bool& update();  // was --update given?

}  // namespace writ::parse_test
