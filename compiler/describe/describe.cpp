#include "describe/describe.h"

#include <cassert>

#include "describe/sha256.h"
#include "describe/type.h"

namespace writ::describe {

namespace {

using explain::nowhere;

struct Describing {
  const ir::Agreement& agreement;
  const source::SourceMap& sources;
  explain::Description out;
};

// As written, with every run of white space as one space: a quote is a line, wherever lines ended.
std::string quote_of(const Describing& d, source::Span span) {
  if (!span.valid()) return {};
  std::string quote;
  for (const char c : source::text_of(d.sources, span)) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) quote += c;
    if (space && !quote.empty() && quote.back() != ' ') quote += ' ';
  }
  while (!quote.empty() && quote.back() == ' ') quote.pop_back();
  return quote;
}

std::string file_name(const std::string& path) {
  if (path.starts_with("stdlib/")) return path;
  const size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

void add_head(Describing& d) {
  for (const source::File& file : d.sources.files) d.out.sources.push_back({file_name(file.name), sha256(file.text)});
  d.out.title = d.agreement.title;
  for (const ir::Party& party : d.agreement.parties) d.out.parties.push_back({party.name, party.role, party.printed});
  d.out.zone = d.agreement.zone_name;
  d.out.effective = d.agreement.effective;
  d.out.end = d.agreement.end;
  d.out.currency = index_of(d.agreement.currency);
}

void add_words(Describing& d) {
  for (const ir::Currency& currency : d.agreement.currencies) d.out.currencies.push_back({currency.code, currency.minor_digits});
  for (const ir::MetricType& metric : d.agreement.metric_types) d.out.units.push_back(metric.unit);
  for (const ir::Enum& each : d.agreement.enums) {
    std::vector<std::string> printed = each.printed;
    for (size_t i = printed.size(); i < each.members.size(); ++i) printed.push_back(each.members[i]);
    d.out.enums.push_back({each.name, each.members, std::move(printed)});
  }
  d.out.texts = d.agreement.texts;
  d.out.credit_states = index_of(d.agreement.credit_state_enum);
  d.out.right_states = index_of(d.agreement.right_state_enum);
  d.out.subjects = index_of(d.agreement.subject_enum);
  d.out.party_words = index_of(d.agreement.party_enum);
}

void add_records(Describing& d) {
  for (const ir::Param& param : d.agreement.params) {
    d.out.params.push_back({param.name, type_of(param.type), param.value.has_value(), param.value.value_or(0)});
  }
  for (const ir::Record& record : d.agreement.records) {
    explain::Record& out = d.out.records.emplace_back();
    out.name = record.name;
    out.key = record.key.value_or(nowhere);
    out.since = record.since.value_or(nowhere);
    out.act = record.act;
    for (const ir::Field& field : record.fields) out.fields.push_back({field.name, type_of(field.type)});
    if (!record.history) continue;
    out.history_at = record.history->at;
    for (const ir::Field& field : record.history->fields) out.history.push_back({field.name, type_of(field.type)});
  }
}

// A rule is quoted with its value where it has one; its cases are quoted by themselves.
source::Span span_of(const Describing& d, const ir::Definition& definition) {
  if (!definition.cases.empty() || !definition.base) return definition.span;
  const source::Span base = d.agreement.exprs[*definition.base].span;
  const bool behind = base.valid() && base.file == definition.span.file && base.begin >= definition.span.begin;
  return behind ? source::cover(definition.span, base) : definition.span;
}

void add_definitions(Describing& d) {
  for (const ir::Clause& clause : d.agreement.clauses) d.out.clauses.push_back({clause.number, clause.title});
  for (const ir::Definition& definition : d.agreement.definitions) {
    explain::Definition& out = d.out.definitions.emplace_back();
    out.name = definition.name;
    out.printed = definition.printed;
    out.type = type_of(definition.type);
    switch (definition.grain.of) {
      case ir::Grain::Of::agreement: out.per = explain::Per::agreement; break;
      case ir::Grain::Of::record:
        out.per = explain::Per::record;
        out.record = definition.grain.record.index;
        break;
      case ir::Grain::Of::period:
        out.per = explain::Per::period;
        out.period = definition.grain.period;
        break;
      case ir::Grain::Of::history: assert(false); break;  // conditions over history rows are expressions
    }
    out.hidden = definition.hidden;
    out.clause = index_of(definition.clause);
    out.quote = quote_of(d, span_of(d, definition));
    out.point = definition.point;
    for (const ir::Case& c : definition.cases) out.cases.push_back({c.label, quote_of(d, c.span), c.point, c.overridden_by});
  }
  for (ir::DefinitionId id : d.agreement.order) d.out.order.push_back(id.index);
}

explain::Clock clock_of(ir::Op deadline) {
  if (deadline == ir::Op::deadline_open) return explain::Clock::open_time;
  if (deadline == ir::Op::deadline_business_days) return explain::Clock::business_days;
  return deadline == ir::Op::deadline_elapsed ? explain::Clock::elapsed : explain::Clock::days;
}

explain::CommitmentRow row_of(const Describing& d, const ir::Commitment::Row& from) {
  explain::CommitmentRow row;
  row.tier = from.tier;
  row.quote = quote_of(d, from.span);
  row.clock = clock_of(from.deadline);
  row.calendar = index_of(from.calendar);
  if (!from.amount.valid()) return row;
  const ir::Expr& amount = d.agreement.exprs[from.amount];
  row.amount = explain::Amount::computed;
  if (amount.op == ir::Op::constant) {
    row.amount = explain::Amount::constant;
    row.constant = amount.number;
  } else if (amount.op == ir::Op::param) {
    row.amount = explain::Amount::param;
    row.param = amount.param.index;
  }
  return row;
}

void add_commitment(Describing& d, const ir::Commitment& c) {
  explain::Commitment& out = d.out.commitments.emplace_back();
  out = {c.name,
         c.printed,
         index_of(c.record),
         c.party,
         index_of(c.clause),
         index_of(c.applies),
         index_of(c.excused),
         index_of(c.from),
         index_of(c.until),
         index_of(c.due),
         index_of(c.outcome),
         index_of(c.tier),
         c.strict,
         {},
         {}};
  const ir::Definition& until = d.agreement.definitions[c.until];
  if (until.base) out.event = quote_of(d, d.agreement.exprs[*until.base].span);
  for (const ir::Commitment::Row& row : c.rows) out.rows.push_back(row_of(d, row));
}

void add_constructs(Describing& d) {
  for (const ir::Commitment& c : d.agreement.commitments) add_commitment(d, c);
  for (const ir::Credit& c : d.agreement.credits) d.out.credits.push_back({c.name, c.printed, c.period, index_of(c.amount), index_of(c.clause)});
  for (const ir::Right& r : d.agreement.rights) d.out.rights.push_back({r.name, r.printed, r.party, index_of(r.clause)});
}

}  // namespace

explain::Description describe(const ir::Agreement& agreement, const source::SourceMap& sources, std::string compiler) {
  Describing d{agreement, sources, {}};
  d.out.compiler = std::move(compiler);
  add_head(d);
  add_words(d);
  add_records(d);
  add_definitions(d);
  add_constructs(d);
  return std::move(d.out);
}

}  // namespace writ::describe
