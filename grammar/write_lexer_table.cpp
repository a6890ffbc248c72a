// Run while building: works out every state of the automaton that ANTLR builds for the lexer, by ANTLR's own code, and writes it down as tables of
// C++. So the grammar says what a word is, and reading one is a look-up a character (compiler/parse/lex.cpp).
//
//   writ_write_lexer_table FILE
#include <antlr4-runtime.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "WritLexer.h"
#include "atn/LexerActionExecutor.h"

namespace {

using antlr4::dfa::DFAState;

constexpr size_t ascii = 128;
constexpr size_t beyond_unicode = 0x110000;

// The steps of ANTLR's own simulation, one at a time.
class Steps : public antlr4::atn::LexerATNSimulator {
 public:
  Steps(const antlr4::atn::ATN& atn, std::vector<antlr4::dfa::DFA>& automata, antlr4::atn::PredictionContextCache& cache)
      : LexerATNSimulator(atn, automata, cache) {}

  DFAState* start(antlr4::CharStream& nothing) {
    _mode = 0;
    return addDFAState(computeStartState(&nothing, atn.modeToStartState[0]).release());
  }
  DFAState* next(antlr4::CharStream& nothing, DFAState* state, size_t character) {
    DFAState* target = computeTargetState(&nothing, state, character);
    return target == ERROR.get() ? nullptr : target;
  }
};

struct Table {
  std::vector<size_t> first;  // of each run of characters that all transitions take alike
  std::vector<size_t> kind;   // of each run; runs of one kind are told apart by no transition
  size_t kinds = 0;
  std::vector<std::vector<size_t>> next;  // by state and kind; 0: none
  std::vector<size_t> accepts;            // by state: the type of the word, 0 none, `skipped`
};
constexpr size_t skipped = 0xFFFF;

// Cuts the characters where some transition begins or ceases to take them, and gives one kind to runs that the same transitions take.
void find_kinds(const antlr4::atn::ATN& atn, Table& table) {
  std::vector<antlr4::misc::IntervalSet> labels;
  std::set<size_t> cuts{0, beyond_unicode};
  for (const antlr4::atn::ATNState* state : atn.states) {
    for (const antlr4::atn::Transition* transition : state->transitions) {
      if (transition->isEpsilon()) continue;
      labels.push_back(transition->label());
      for (const antlr4::misc::Interval& interval : labels.back().getIntervals()) {
        cuts.insert(static_cast<size_t>(interval.a));
        cuts.insert(static_cast<size_t>(interval.b) + 1);
      }
    }
  }
  cuts.insert(ascii);
  std::map<std::vector<bool>, size_t> known;
  for (const size_t cut : cuts) {
    if (cut >= beyond_unicode) break;
    // A transition that takes any character or any but some has a label too wide or too narrow to be a set: both are asked as they match.
    std::vector<bool> taken;
    for (const antlr4::atn::ATNState* state : atn.states) {
      for (const antlr4::atn::Transition* transition : state->transitions) {
        if (!transition->isEpsilon()) taken.push_back(transition->matches(cut, antlr4::Lexer::MIN_CHAR_VALUE, antlr4::Lexer::MAX_CHAR_VALUE));
      }
    }
    const size_t kind = known.emplace(std::move(taken), known.size()).first->second;
    if (!table.kind.empty() && table.kind.back() == kind && cut != ascii) continue;
    table.first.push_back(cut);
    table.kind.push_back(kind);
  }
  table.kinds = known.size();
}

size_t accepted(const DFAState& state) {
  if (!state.isAcceptState) return 0;
  if (state.lexerActionExecutor == nullptr) return state.prediction;
  for (const auto& action : state.lexerActionExecutor->getLexerActions()) {
    if (action->getActionType() != antlr4::atn::LexerActionType::SKIP) throw std::runtime_error("the tables know no action but `skip`");
  }
  return skipped;
}

void find_states(Steps& steps, Table& table) {
  antlr4::ANTLRInputStream nothing("");
  std::map<const DFAState*, size_t> number;
  std::vector<DFAState*> states;
  const auto number_of = [&](DFAState* state) {
    if (state == nullptr) return size_t{0};
    const auto [place, fresh] = number.emplace(state, states.size() + 1);
    if (fresh) states.push_back(state);
    return place->second;
  };
  std::vector<size_t> example(table.kinds);
  for (size_t run = table.kind.size(); run-- > 0;) example[table.kind[run]] = table.first[run];
  number_of(steps.start(nothing));
  table.next.emplace_back(table.kinds);
  table.accepts.push_back(0);
  for (size_t at = 0; at < states.size(); ++at) {
    DFAState* const state = states[at];
    table.accepts.push_back(accepted(*state));
    std::vector<size_t> row;
    for (const size_t character : example) row.push_back(number_of(steps.next(nothing, state, character)));
    table.next.push_back(std::move(row));
  }
}

void write_list(std::ostream& out, const char* head, const std::vector<size_t>& numbers) {
  out << head << " = {";
  for (size_t i = 0; i < numbers.size(); ++i) out << (i % 24 == 0 ? "\n  " : " ") << numbers[i] << ',';
  out << "\n};\n";
}

void write(std::ostream& out, const Table& table, const antlr4::dfa::Vocabulary& vocabulary) {
  out << "// Written while building, from grammar/WritLexer.g4.\n#include \"parse/lexer_table.h\"\n\nnamespace writ::parse {\n\n";
  std::vector<size_t> below, first, kind, next;
  for (size_t run = 0; run < table.first.size(); ++run) {
    const size_t end = run + 1 < table.first.size() ? table.first[run + 1] : beyond_unicode;
    for (size_t c = table.first[run]; c < end && c < ascii; ++c) below.push_back(table.kind[run]);
    if (table.first[run] < ascii) continue;
    first.push_back(table.first[run]);
    kind.push_back(table.kind[run]);
  }
  for (const std::vector<size_t>& row : table.next) next.insert(next.end(), row.begin(), row.end());
  write_list(out, "static constexpr uint8_t kinds_of_ascii[128]", below);
  write_list(out, "static constexpr uint32_t run_first[]", first);
  write_list(out, "static constexpr uint8_t run_kind[]", kind);
  write_list(out, "static constexpr uint16_t next_state[]", next);
  write_list(out, "static constexpr uint16_t accepted_type[]", table.accepts);
  out << "static constexpr std::string_view spellings[] = {\n";
  for (size_t type = 0; type <= vocabulary.getMaxTokenType(); ++type) {
    const std::string quoted = vocabulary.getLiteralName(type);  // 'and'
    out << "  \"" << (quoted.size() > 2 ? quoted.substr(1, quoted.size() - 2) : "") << "\",\n";
  }
  out << "};\n\nconst LexerTable& lexer_table() {\n  static constexpr LexerTable table{" << table.kinds
      << ", kinds_of_ascii, run_first, run_kind, next_state, accepted_type, spellings};\n  return table;\n}\n\n}  // namespace writ::parse\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    antlr4::ANTLRInputStream nothing("");
    writ_grammar::WritLexer lexer(&nothing);
    auto* simulator = lexer.getInterpreter<antlr4::atn::LexerATNSimulator>();
    antlr4::atn::PredictionContextCache cache;
    Steps steps(lexer.getATN(), simulator->_decisionToDFA, cache);
    Table table;
    find_kinds(lexer.getATN(), table);
    find_states(steps, table);
    if (table.kinds > 0xFF || table.next.size() > skipped) throw std::runtime_error("the lexer has grown beyond its tables");
    std::ofstream out(arguments[1]);
    write(out, table, lexer.getVocabulary());
    out.close();
    std::printf("%zu states, %zu kinds of characters in %zu runs\n", table.next.size(), table.kinds, table.first.size());
    return out ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
