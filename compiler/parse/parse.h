// The door of the phase that reads: text to tree.
#pragma once
#include "ast/ast.h"
#include "diag/diagnostic.h"
#include "source/source_map.h"

namespace writ::parse {

// What is read at most. The limits stand before the generated parser, which could otherwise be made to overflow its stack.
struct Limits {
  uint32_t bytes = 8u << 20;
  uint32_t words = 1'000'000;  // words, signs and line ends
  uint32_t nesting = 64;       // brackets of any kind, open at one place
  uint32_t operators = 1'000;  // operators on the way from a statement to one of its values: bounds the depth of every expression tree
};

// In        the text of one file of the source map: an agreement or a module.
// Out       its tree (ast/ast.h). With the tree of a refused text (too large, not UTF-8 ...) nothing was read.
// Promises  The tree is whole even after errors: every id of a part that must be there is valid or BadExpr, a broken declaration is an
//           ast::Unread with its name. A span covers exactly the text of its node. A commitment has `from`, `until` and a `within`, a
//           tier a case, a benchmark a test and `if missed`, a right its `when`, a remedy its `credit` -- or P0042 was reported.
//           A part that may be stated once is stated once, or P0041 was reported. No depth of the tree exceeds the limits.
// Does not  look at meaning: names are text; 2026-02-30, a month 13 and a time 25:00 pass; files are not opened.
// Reports   P codes (parse/diagnostics.def), one for each mistake, in the order of the text.
// See       docs/language/reference/grammar.md, docs/language/reference/layout.md.
ast::File parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits = {});

}  // namespace writ::parse
