#include "explain/description.h"

#include "evaluate/archive.h"

namespace writ::value {

constexpr PeriodKind last_of(PeriodKind) { return PeriodKind::contract_month; }

}  // namespace writ::value

namespace writ::explain {

// The members of everything that is kept: a new one is one word here, and a higher image version below.
constexpr Kind last_of(Kind) { return Kind::text; }
constexpr Absence last_of(Absence) { return Absence::none; }
constexpr Per last_of(Per) { return Per::period; }
constexpr Clock last_of(Clock) { return Clock::days; }
constexpr Amount last_of(Amount) { return Amount::computed; }

inline auto fields(Type& t) {
  return std::tie(t.kind, t.scale, t.percent, t.currency, t.enumeration, t.unit, t.absence, t.may_be_unknown, t.has_range, t.low, t.high);
}
inline auto fields(Currency& t) { return std::tie(t.code, t.minor_digits); }
inline auto fields(Enum& t) { return std::tie(t.name, t.words, t.printed); }
inline auto fields(Field& t) { return std::tie(t.name, t.type); }
inline auto fields(Record& t) { return std::tie(t.name, t.fields, t.history, t.key, t.since, t.history_at, t.act); }
inline auto fields(Param& t) { return std::tie(t.name, t.type, t.has_value, t.value); }
inline auto fields(Clause& t) { return std::tie(t.number, t.title); }
inline auto fields(Case& t) { return std::tie(t.label, t.quote, t.point, t.overridden_by); }
inline auto fields(Definition& t) { return std::tie(t.name, t.printed, t.type, t.per, t.record, t.period, t.hidden, t.clause, t.quote, t.point, t.cases); }
inline auto fields(CommitmentRow& t) { return std::tie(t.tier, t.quote, t.clock, t.calendar, t.amount, t.constant, t.param); }
inline auto fields(Commitment& t) {
  return std::tie(t.name, t.printed, t.record, t.party, t.clause, t.applies, t.excused, t.from, t.until, t.due, t.outcome, t.tier, t.strict, t.event, t.rows);
}
inline auto fields(Credit& t) { return std::tie(t.name, t.printed, t.period, t.amount, t.clause); }
inline auto fields(Right& t) { return std::tie(t.name, t.printed, t.party, t.clause); }
inline auto fields(Party& t) { return std::tie(t.name, t.role, t.printed); }
inline auto fields(Source& t) { return std::tie(t.name, t.sha256); }
inline auto fields(Description& t) {
  return std::tie(t.compiler, t.title, t.sources, t.parties, t.zone, t.effective, t.end, t.currency, t.currencies, t.units, t.enums, t.texts, t.params,
                  t.records, t.clauses, t.definitions, t.order, t.commitments, t.credits, t.rights, t.credit_states, t.right_states, t.subjects, t.party_words);
}

namespace {

constexpr char image_kind[] = "WritDesc";
constexpr uint32_t image_version = 2;

struct Sound {
  const Description& d;
  bool ok = true;
  void within(uint32_t index, size_t size) { ok &= index == nowhere || index < size; }
  void type(const Type& t) {
    within(t.currency, d.currencies.size());
    within(t.enumeration, d.enums.size());
    within(t.unit, d.units.size());
    ok &= t.scale >= 0 && t.scale <= 2 * value::max_scale;
    ok &= (t.kind != Kind::money || t.currency != nowhere) && (t.kind != Kind::enumeration || t.enumeration != nowhere);
  }
  void clause(uint32_t index) { within(index, d.clauses.size()); }
  void definition(uint32_t index) { within(index, d.definitions.size()); }
  void enumerated(uint32_t index) { ok &= index < d.definitions.size() && d.definitions[index].type.kind == Kind::enumeration; }
};

// Every index leads somewhere, so that nobody who reads a description has to ask.
bool is_sound(const Description& d) {
  Sound check{d};
  for (uint32_t index : {d.credit_states, d.right_states, d.subjects, d.party_words}) check.within(index, d.enums.size());
  check.within(d.currency, d.currencies.size());
  for (const Enum& each : d.enums) check.ok &= each.words.size() == each.printed.size();
  for (const Param& each : d.params) check.type(each.type);
  for (const Record& record : d.records) {
    for (const Field& field : record.fields) check.type(field.type);
    for (const Field& field : record.history) check.type(field.type);
    for (uint32_t field : {record.key, record.since}) check.within(field, record.fields.size());
    check.within(record.history_at, record.history.size());
  }
  for (const Definition& each : d.definitions) {
    check.type(each.type);
    check.clause(each.clause);
    check.within(each.record, d.records.size());
  }
  for (uint32_t each : d.order) check.ok &= each < d.definitions.size();
  for (const Commitment& each : d.commitments) {
    check.clause(each.clause);
    check.within(each.record, d.records.size());
    for (uint32_t definition : {each.applies, each.excused, each.from, each.until, each.due, each.outcome, each.tier}) check.definition(definition);
    check.enumerated(each.outcome);
    if (each.tier != nowhere) check.enumerated(each.tier);
    for (const CommitmentRow& row : each.rows) check.within(row.param, d.params.size());
  }
  for (const Credit& each : d.credits) {
    check.clause(each.clause);
    check.definition(each.amount);
  }
  for (const Right& each : d.rights) check.clause(each.clause);
  return check.ok;
}

}  // namespace

std::vector<std::byte> save_description(const Description& description) {
  evaluate::Archive out;
  out.put(description);
  return evaluate::seal_image(image_kind, image_version, out.bytes);
}

bool load_description(std::span<const std::byte> image, Description& description, std::string& error) {
  const std::span<const std::byte> content = evaluate::open_image(image_kind, image_version, image, error);
  if (!error.empty()) return false;
  evaluate::ArchiveReader in{content, 0, {}};
  in.get(description);
  if (in.error.empty() && in.at != content.size()) in.fail("there are bytes behind its end");
  if (in.error.empty() && !is_sound(description)) in.fail("its parts do not belong together");
  if (!in.error.empty()) error = "the description is damaged: " + std::string(in.error);
  return error.empty();
}

}  // namespace writ::explain
