// Constructs are lowered when somebody first reads them, so that the order of clauses does not matter.
#include "check/context.h"

namespace writ::check {
namespace {

struct Lower {
  Context& context;
  SymbolId id;

  // Checked by steps of their own, before anything reads them.
  void operator()(std::monostate) const {}
  void operator()(const ast::Param*) const {}
  void operator()(const ast::Enum*) const {}
  void operator()(const ast::MetricType*) const {}
  void operator()(const ast::Record*) const {}
  void operator()(const ast::Calendar*) const {}
  void operator()(const ast::Holidays*) const {}
  void operator()(const ast::Unread*) const {}

  void operator()(const ast::Define*) const { lower_define(context, id); }
  void operator()(const ast::Tier*) const { lower_tier(context, id); }
  void operator()(const ast::Commitment*) const { lower_commitment(context, id); }
  void operator()(const ast::Rule*) const { check_rule(context, id); }
  void operator()(const ast::Metric*) const { lower_metric(context, id); }
  void operator()(const ast::Benchmark*) const { lower_benchmark(context, id); }
  void operator()(const ast::Remedy*) const { lower_credit(context, id); }
  void operator()(const ast::Right*) const { lower_right(context, id); }
};

std::string title_of(const Symbol& symbol) { return symbol.name.written() ? "`" + symbol.name.text + "`" : "the " + std::string(noun_of(symbol)); }

void report_cycle(Context& context, SymbolId id, Span use) {
  size_t start = 0;
  while (context.lowering[start] != id) ++start;
  diag::Diagnostic& found = diag::report(context.sink, code::cycle, use, {{"name", title_of(context.symbols[id])}});
  std::string way = title_of(context.symbols[id]);
  for (size_t i = start; i < context.lowering.size(); ++i) {
    const Symbol& symbol = context.symbols[context.lowering[i]];
    const bool last = i + 1 == context.lowering.size();
    way += " reads " + title_of(last ? context.symbols[id] : context.symbols[context.lowering[i + 1]]);
    if (symbol.name.written()) found.labels.push_back({symbol.name.span, std::string(noun_of(symbol)) + " on the way"});
    if (!last) way += ", which";
  }
  found.notes.push_back(way);
  found.helps.push_back("a value cannot be used to work out itself: take one of these readings away");
}

}  // namespace

bool ensure_lowered(Context& context, SymbolId id, Span use) {
  Symbol& symbol = context.symbols[id];
  if (symbol.progress == Symbol::Progress::done) return true;
  if (symbol.progress == Symbol::Progress::lowering) {
    report_cycle(context, id, use);
    return false;
  }
  symbol.progress = Symbol::Progress::lowering;
  context.lowering.push_back(id);
  std::visit(Lower{context, id}, symbol.node);
  context.lowering.pop_back();
  symbol.progress = Symbol::Progress::done;
  return true;
}

}  // namespace writ::check
