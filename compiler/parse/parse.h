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
// Out       its tree (ast/ast.h). Of a refused text (too large, not UTF-8 ...) nothing is read: its tree is one ast::Unread without words.
// Promises  The tree is whole even after errors: a statement that could not be read, or lacks a part without which it says nothing (P0042), is
//           an ast::Unread with its name; a literal that could not be read is BadExpr; a TypeRef with neither name nor range is one that could
//           not be read. A commitment has `from`, `until` and a row, a tier a case, a benchmark a test, a right its `when`, a remedy its
//           `credit`. What may be stated once is there once. A span covers the text of its node. No depth exceeds the limits.
// Does not  look at meaning: names are text; 2026-02-30, a month 13 and a time 25:00 pass; files are not opened.
// Reports   P codes (parse/diagnostics.def), one for each mistake, in the order of the text.
// See       docs/language/reference/grammar.md, docs/language/reference/layout.md.
ast::File parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits = {});

}  // namespace writ::parse
