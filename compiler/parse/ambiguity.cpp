#include "parse/ambiguity.h"

#include <antlr4-runtime.h>
#include <fmt/format.h>

#include "WritParser.h"
#include "parse/layout.h"
#include "parse/lex.h"
#include "parse/limits.h"
#include "parse/strategy.h"
#include "parse/token_stream.h"
#include "parse/words.h"

namespace writ::parse {

namespace {

class Listener : public antlr4::BaseErrorListener {
 public:
  Listener(const Reading& reading, Readings& found) : reading_(reading), found_(found) {}

  void reportAmbiguity(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, size_t start, size_t stop, bool, const antlrcpp::BitSet&,
                       antlr4::atn::ATNConfigSet*) override {
    const Token& first = reading_.tokens[start];
    const Token& last = reading_.tokens[stop];
    const std::string_view text = reading_.text.substr(first.begin, last.end - first.begin);
    found_.ambiguous.push_back(fmt::format("line {}: `{}`, rule {}", first.line, text, parser->getRuleNames()[dfa.atnStartState->ruleIndex]));
  }
  void reportAttemptingFullContext(antlr4::Parser*, const antlr4::dfa::DFA&, size_t, size_t, const antlrcpp::BitSet&, antlr4::atn::ATNConfigSet*) override {
    ++found_.looked_further;
  }

 private:
  const Reading& reading_;
  Readings& found_;
};

}  // namespace

Readings find_ambiguities(const source::SourceMap& sources, source::FileId file) {
  diag::Sink silent;
  Reading reading{file, sources.files[file].text, silent, {}, {}};
  Readings found;
  const Limits limits;
  const Scan scan = scan_text(reading, limits);
  if (scan.refused || !lex(reading, scan.readable, limits.words)) return found;
  correct_words(reading);
  if (!lay_out(reading, scan.cut, limits)) return found;
  correct_grouped_digits(reading);
  Words words(reading);
  writ_grammar::WritParser::prepare();
  writ_grammar::WritParser grammar(&words);
  Listener listener(reading, found);
  grammar.removeErrorListeners();
  grammar.addErrorListener(&listener);
  grammar.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
  grammar.setErrorHandler(std::make_shared<Strategy>(reading));
  grammar.file();
  return found;
}

}  // namespace writ::parse
