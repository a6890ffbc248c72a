#include "parse/repeats.h"

#include <algorithm>
#include <unordered_map>

#include "WritLexer.h"
#include "parse/statements.h"

namespace writ::parse {

namespace {

using Lexer = writ_grammar::WritLexer;

// All that the parser, and who reads its tree, ask of a word before they look at its spelling.
uint64_t shape_of(const Token& token) { return token.type << 1 | (token.block ? 1 : 0); }

uint64_t mixed(uint64_t hash, uint64_t more) {
  constexpr uint64_t odd = 0x9E3779B97F4A7C15;
  hash = (hash ^ more) * odd;
  return hash ^ hash >> 32;
}

// A block whose lines are looked at, or the whole text.
struct Open {
  size_t head = 0;          // type of the word that begins its statement: the lines of blocks with one head are lines of one rule
  bool lines = true;        // in the grammar, as opposed to a block that is skipped whole
  size_t line = 0;          // index of the first word of the line here
  size_t shown = 0;         // words shown before it
  uint64_t hash = 0;        // of the line as far as it goes
  uint64_t lines_hash = 0;  // of those before it in the block
};

struct Model {
  size_t first = 0;
  size_t length = 0;
};

struct Finder {
  const Reading& reading;
  Repeats found;
  std::unordered_map<uint64_t, Model> models;
  std::vector<Open> open;

  bool same(size_t a, size_t b, size_t length) const {
    const auto begin = [&](size_t i) { return reading.tokens.begin() + static_cast<long>(i); };
    return std::equal(begin(a), begin(a + length), begin(b), [](const Token& x, const Token& y) { return shape_of(x) == shape_of(y); });
  }

  // The line of the innermost block ends before `end`.
  void end_line(size_t end) {
    Open& here = open.back();
    const size_t length = end - here.line;
    if (here.lines) {
      const auto [known, fresh] = models.try_emplace(mixed(mixed(here.hash, here.head), length), Model{here.line, length});
      if (!fresh && known->second.length == length && same(known->second.first, here.line, length)) {
        found.shown.resize(here.shown);
        while (!found.repeats.empty() && found.repeats.back().first > here.line) found.repeats.pop_back();
        found.repeats.push_back({here.line, known->second.first, length, nullptr});
      }
    }
    here.line = end;
    here.shown = found.shown.size();
    here.lines_hash = mixed(here.lines_hash, here.hash);
    here.hash = 0;
  }

  void open_block(size_t behind) {
    const size_t head = reading.tokens[open.back().line].type;
    open.push_back({head, open.back().lines && holds_lines(head), behind, found.shown.size(), 0, 0});
  }

  void close_block() {
    const uint64_t hash = open.back().lines_hash;
    if (open.size() > 1) open.pop_back();
    open.back().hash = mixed(open.back().hash, hash);
  }
};

// ---- the tree ----

antlr4::ParserRuleContext* as_rule(antlr4::tree::ParseTree* node) { return dynamic_cast<antlr4::ParserRuleContext*>(node); }

struct Linker {
  std::vector<Repeat>& repeats;
  std::unordered_map<size_t, antlr4::ParserRuleContext*> lines = {};  // by the index of the first word
  size_t next = 0;                                                    // the first repeat that has no place yet

  bool repeat_before(size_t word) const { return next < repeats.size() && repeats[next].first < word; }

  // Those before the word stand among lines of this rule.
  bool place_before(size_t word, size_t rule) {
    for (; repeat_before(word); ++next) {
      Repeat& repeat = repeats[next];
      const auto model = lines.find(repeat.model);
      if (model == lines.end() || model->second->getRuleIndex() != rule) return false;
      if (model->second->stop->getTokenIndex() != repeat.model + repeat.length - 1) return false;
      repeat.context = model->second;
    }
    return true;
  }

  bool place_in_line(antlr4::ParserRuleContext* line) {
    lines.emplace(line->start->getTokenIndex(), line);
    for (antlr4::tree::ParseTree* child : line->children) {
      antlr4::ParserRuleContext* const block = as_rule(child);
      if (block != nullptr && lines_of_block(block->getRuleIndex()) != nullptr && !place_in_block(block)) return false;
    }
    return !repeat_before(line->stop->getTokenIndex());  // else it stands where no lines are
  }

  bool place_in_block(antlr4::ParserRuleContext* block) {
    const size_t rule = lines_of_block(block->getRuleIndex())->rule;
    if (const antlr4::tree::TerminalNode* brace = block->getToken(Lexer::LBRACE, 0)) {
      if (repeat_before(const_cast<antlr4::tree::TerminalNode*>(brace)->getSymbol()->getTokenIndex())) return false;
    } else if (block->parent != nullptr) {
      return true;  // `rule x = 1`: no lines
    }
    for (antlr4::tree::ParseTree* child : block->children) {
      antlr4::ParserRuleContext* const line = as_rule(child);
      if (line == nullptr || line->getRuleIndex() != rule) continue;
      if (!place_before(line->start->getTokenIndex(), rule) || !place_in_line(line)) return false;
    }
    return place_before(block->stop->getTokenIndex(), rule);
  }
};

}  // namespace

Repeats find_repeats(const Reading& reading) {
  Finder finder{reading, {}, {}, {}};
  finder.found.shown.reserve(reading.tokens.size());
  finder.open.push_back({});
  for (size_t i = 0; i < reading.tokens.size(); ++i) {
    const Token& token = reading.tokens[i];
    if (token.block && token.type == Lexer::RBRACE) finder.close_block();
    finder.found.shown.push_back(i);
    finder.open.back().hash = mixed(finder.open.back().hash, shape_of(token));
    if (token.block && token.type == Lexer::LBRACE) finder.open_block(i + 1);
    if (token.type == Lexer::NEWLINE) finder.end_line(i + 1);
  }
  return std::move(finder.found);
}

bool link_repeats(std::vector<Repeat>& repeats, antlr4::ParserRuleContext* file) {
  if (repeats.empty()) return true;
  Linker linker{repeats};
  return linker.place_in_block(file) && linker.next == repeats.size();
}

}  // namespace writ::parse
