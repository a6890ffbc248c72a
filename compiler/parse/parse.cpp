#include "parse/parse.h"

#include <antlr4-runtime.h>

#include <algorithm>

#include "parse/build.h"
#include "parse/in_full.h"
#include "parse/layout.h"
#include "parse/lex.h"
#include "parse/limits.h"
#include "parse/repeats.h"
#include "parse/strategy.h"
#include "parse/token_stream.h"
#include "parse/words.h"

namespace writ::parse {

// Most texts have no mistake: the fast prediction first, without a word, over the lines that differ.
static bool read_fast(Build& build) {
  Repeats found = find_repeats(build.reading);
  Words words(build.reading, found.shown);
  Grammar::prepare();
  Grammar grammar(&words);
  grammar.removeErrorListeners();
  grammar.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  grammar.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    Grammar::FileContext* const tree = grammar.file();
    if (!link_repeats(found.repeats, tree)) return false;
    build.repeats = std::move(found.repeats);
    build_file(build, tree);
    return true;
  } catch (const antlr4::ParseCancellationException&) {
    return false;
  }
}

// Every line, with the prediction that finds its way where there is one, and reports where there is none.
static void read_in_full(Build& build) {
  Words words(build.reading);
  Grammar::prepare();
  Grammar grammar(&words);
  grammar.removeErrorListeners();
  grammar.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::LL);
  grammar.setErrorHandler(std::make_shared<Strategy>(build.reading));
  build_file(build, grammar.file());
}

// The tree of a text of which nothing was read; later phases pass over what they miss in it.
static ast::File refused(source::FileId file) {
  ast::File result;
  result.id = file;
  result.items.emplace_back(ast::Unread{{}, {}, {file, 0, 0}});
  return result;
}

static ast::File read_file(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits, bool in_full) {
  Reading reading{file, sources.files[file].text, sink, {}, {}};
  Build build{reading, {}, {}, {}, {}, 0};
  build.file.id = file;
  const Scan scan = scan_text(reading, limits);
  if (scan.refused || !lex(reading, scan.readable, limits.words)) return refused(file);
  correct_words(reading);
  if (!lay_out(reading, scan.cut, limits)) return refused(file);
  correct_grouped_digits(reading);
  build.file.exprs.items.reserve(reading.tokens.size() / 3 * 2);  // rarely more; memory is only taken where it is used
  if (in_full || !read_fast(build)) read_in_full(build);
  return std::move(build.file);
}

static ast::File parse_file(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits, bool in_full) {
  const auto before = static_cast<long>(sink.diagnostics.size());
  ast::File result = read_file(sources, file, sink, limits, in_full);
  // Words, brackets and statements are looked at one after the other; a person reads from top to bottom.
  std::ranges::stable_sort(sink.diagnostics.begin() + before, sink.diagnostics.end(), {}, [](const diag::Diagnostic& said) { return said.span.begin; });
  return result;
}

ast::File parse(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits) {
  return parse_file(sources, file, sink, limits, false);
}

ast::File parse_in_full(const source::SourceMap& sources, source::FileId file, diag::Sink& sink, const Limits& limits) {
  return parse_file(sources, file, sink, limits, true);
}

}  // namespace writ::parse
