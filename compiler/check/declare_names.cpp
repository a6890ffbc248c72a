// The first step: what is declared, under which name, in which clause. Nothing is looked at inside.
#include <array>

#include "check/context.h"

namespace writ::check {
namespace {

// Words that mean something wherever a type or a value may stand.
constexpr std::array<std::string_view, 20> reserved = {"bool",    "int",      "decimal",  "percent",      "ratio",      "money", "date",
                                                       "time",    "instant",  "duration", "text",         "Party",      "Claim", "Notice",
                                                       "Payment", "Exercise", "as_of",    "period_start", "period_end", "now"};

struct Declaring {
  Context& context;
  uint32_t file;
  ir::ClauseId clause;
};

bool is_reserved(std::string_view name) {
  for (const std::string_view word : reserved)
    if (word == name) return true;
  return false;
}

// The first declaration keeps the name; the second is kept too, so that it is checked, but nothing finds it.
void enter_name(Declaring& at, SymbolId id) {
  Context& context = at.context;
  const Symbol& symbol = context.symbols[id];
  if (!symbol.name.written()) return;
  if (is_reserved(symbol.name.text)) {
    diag::Diagnostic& found =
        diag::report(context.sink, code::reserved_name, symbol.name.span, {{"name", symbol.name.text}, {"what", std::string(noun_of(symbol))}});
    found.helps.push_back("choose another name");
    return;
  }
  const auto [place, added] = context.names.try_emplace({at.file, symbol.name.text}, id);
  if (added) return;
  const Symbol& first = context.symbols[place->second];
  diag::Diagnostic& found = diag::report(context.sink, code::doubled_name, symbol.name.span, {{"name", symbol.name.text}});
  found.labels.push_back({first.name.span, "the first one, a " + std::string(noun_of(first))});
  found.helps.push_back("give one of them another name: a name stands for one thing in the whole agreement");
}

SymbolId add_symbol(Declaring& at, ast::Name name, Symbol::Node node) {
  Symbol symbol;
  symbol.name = std::move(name);
  symbol.node = node;
  symbol.file = at.file;
  symbol.clause = at.clause;
  return at.context.symbols.add(std::move(symbol));
}

void declare(Declaring& at, const ast::Name& name, Symbol::Node node) { enter_name(at, add_symbol(at, name, node)); }

// A tier without a name of its own is found through its record only.
void declare_tier(Declaring& at, const ast::Tier& tier) {
  if (tier.name.written()) return declare(at, tier.name, &tier);
  add_symbol(at, {"tier of " + tier.of.text, tier.of.span}, &tier);
}

void declare_clause(Declaring& at, const ast::Clause& clause);

struct ClauseItems {
  Declaring& at;

  void operator()(const ast::Prose& prose) const { at.context.agreement.clauses[at.clause].prose.push_back(prose.text.text); }
  void operator()(const ast::Define& define) const { declare(at, define.name, &define); }
  void operator()(const ast::OutOfScope& line) const { at.context.out_of_scope.push_back({&line, at.file, at.clause}); }
  void operator()(const ast::Tier& tier) const { declare_tier(at, tier); }
  void operator()(const ast::Commitment& commitment) const { declare(at, commitment.name, &commitment); }
  void operator()(const ast::Rule& rule) const { declare(at, rule.name, &rule); }
  void operator()(const ast::Metric& metric) const { declare(at, metric.name, &metric); }
  void operator()(const ast::Benchmark& benchmark) const { declare(at, benchmark.name, &benchmark); }
  void operator()(const ast::Remedy& remedy) const { declare(at, remedy.name, &remedy); }
  void operator()(const ast::Right& right) const { declare(at, right.name, &right); }
  void operator()(const ast::NotModelled& line) const { at.context.not_modelled.push_back({&line, at.file, at.clause}); }
  void operator()(const ast::Unread& unread) const { declare(at, unread.name, &unread); }
  void operator()(const ast::Clause& clause) const { declare_clause(at, clause); }
};

void declare_clause(Declaring& at, const ast::Clause& clause) {
  Declaring inside{at.context, at.file, at.context.agreement.clauses.add({clause.number.text, clause.title.text, at.clause, {}, clause.span})};
  for (const ast::ClauseItem& item : clause.items) std::visit(ClauseItems{inside}, item);
}

struct Items {
  Declaring& at;

  void operator()(const ast::Module&) const {}
  void operator()(const ast::Use&) const {}
  void operator()(const ast::Param& param) const { declare(at, param.name, &param); }
  void operator()(const ast::Calendar& calendar) const { declare(at, calendar.name, &calendar); }
  void operator()(const ast::Holidays& holidays) const { declare(at, holidays.name, &holidays); }
  void operator()(const ast::Enum& enumeration) const { declare(at, enumeration.name, &enumeration); }
  void operator()(const ast::MetricType& type) const { declare(at, type.name, &type); }
  void operator()(const ast::Record& record) const { declare(at, record.name, &record); }
  void operator()(const ast::History&) const {}  // belongs to its record: check_records
  void operator()(const ast::Facts&) const {}    // check_facts
  void operator()(const ast::Clause& clause) const { declare_clause(at, clause); }
  void operator()(const ast::Rule& rule) const { declare(at, rule.name, &rule); }
  void operator()(const ast::Scenario&) const {}  // check_scenarios
  void operator()(const ast::Unread& unread) const { declare(at, unread.name, &unread); }
};

// Parties come first: the header names them, and their order is their code.
void declare_parties(Declaring& at, const ast::Header& header) {
  uint32_t code = 0;
  for (const ast::Party& party : header.parties) {
    const size_t before = at.context.symbols.size();
    declare(at, party.name, std::monostate{});
    if (at.context.symbols.size() > before) at.context.symbols.items.back().party = code;
    ++code;
  }
}

// A name of a module that the file itself declares, or that two modules declare, would have two readings.
void report_clashes(Context& context, uint32_t file) {
  std::map<std::string_view, SymbolId> seen;
  for (const uint32_t visible : context.visible[file]) {
    for (const auto& [key, id] : context.names) {
      if (key.first != visible) continue;
      const auto [place, added] = seen.try_emplace(key.second, id);
      if (added) continue;
      const Symbol& mine = context.symbols[place->second];
      const Symbol& other = context.symbols[id];
      diag::Diagnostic& found = diag::report(context.sink, code::doubled_name, mine.name.span, {{"name", key.second}});
      found.labels.push_back({other.name.span, "also declared here, in a module that is used"});
      found.helps.push_back("give yours another name, or leave out the `use`");
    }
  }
}

}  // namespace

void declare_names(Context& context) {
  for (uint32_t file = 0; file < context.files.size(); ++file) {
    Declaring at{context, file, {}};
    if (context.files[file].header) declare_parties(at, *context.files[file].header);
    for (const ast::Item& item : context.files[file].items) std::visit(Items{at}, item);
  }
  for (uint32_t file = 0; file < context.files.size(); ++file) report_clashes(context, file);
}

}  // namespace writ::check
