#include "parse/parse.h"

#include <antlr4-runtime.h>

#include <algorithm>

#include "parse/build.h"
#include "parse/layout.h"
#include "parse/lex.h"
#include "parse/limits.h"
#include "parse/strategy.h"
#include "parse/token_stream.h"
#include "parse/words.h"

namespace writ::parse {

// Most texts have no mistake: the fast prediction first, without a word. Only where that fails the full one, which reports.
static Grammar::FileContext* read_statements(Reading& reading, Grammar& grammar, antlr4::CommonTokenStream& words) {
  grammar.removeErrorListeners();
  grammar.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  grammar.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return grammar.file();
  } catch (const antlr4::ParseCancellationException&) {
    words.seek(0);
    grammar.reset();
    grammar.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::LL);
    grammar.setErrorHandler(std::make_shared<Strategy>(reading));
    return grammar.file();
  }
}

// The tree of a text of which nothing was read; later phases pass over what they miss in it.
static ast::File refused(source::FileId file) {
  ast::File result;
  result.id = file;
  result.items.emplace_back(ast::Unread{{}, {}, {file, 0, 0}});
  return result;
}

static ast::File read_file(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits) {
  Reading reading{file, sources.files[file].text, sink, {}, {}};
  Build build{reading, {}, {}, {}};
  build.file.id = file;
  const Scan scan = scan_text(reading, limits);
  if (scan.refused || !lex(reading, scan.readable, limits.words)) return refused(file);
  correct_words(reading);
  if (!lay_out(reading, scan.cut, limits)) return refused(file);
  correct_grouped_digits(reading);
  antlr4::ListTokenSource source = token_source(reading);
  antlr4::CommonTokenStream words(&source);
  words.fill();
  Grammar grammar(&words);
  build_file(build, read_statements(reading, grammar, words));
  return std::move(build.file);
}

ast::File parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits) {
  const auto before = static_cast<long>(sink.diagnostics.size());
  ast::File result = read_file(sources, file, sink, limits);
  // Words, brackets and statements are looked at one after the other; a person reads from top to bottom.
  std::ranges::stable_sort(sink.diagnostics.begin() + before, sink.diagnostics.end(), {}, [](const diag::Diagnostic& said) { return said.span.begin; });
  return result;
}

}  // namespace writ::parse
