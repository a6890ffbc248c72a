// What a rule set is, asked by a host in C.
#include <writ/rules.h>

#include "explain/described.h"

using namespace writ::explain;
using writ::evaluate::fail;
using writ::evaluate::give_text;
using writ::evaluate::guarded;
using writ::evaluate::is_open;

namespace {

constexpr const char* undescribed = "the evaluator is not open, or has no description";

void split(i128 number, int64_t words[2]) {
  words[0] = static_cast<int64_t>(static_cast<uint64_t>(number));
  words[1] = static_cast<int64_t>(number >> 64);
}

writ_type type_to_c(const Description& d, const Type& type) {
  writ_type out{};
  out.kind = static_cast<uint32_t>(type.kind);
  out.scale = type.scale;
  out.enumeration = type.enumeration;
  out.flags = (type.percent ? WRIT_TYPE_PERCENT : 0) | (type.absence == Absence::not_yet ? WRIT_TYPE_NOT_YET : 0) |
              (type.absence == Absence::none ? WRIT_TYPE_NONE : 0) | (type.may_be_unknown ? WRIT_TYPE_UNKNOWN : 0) | (type.has_range ? WRIT_TYPE_RANGE : 0);
  out.unit = "";
  if (type.unit != nowhere) out.unit = d.units[type.unit].c_str();
  if (type.currency != nowhere) out.unit = d.currencies[type.currency].code.c_str();
  split(type.low, out.low);
  split(type.high, out.high);
  return out;
}

writ_about about(const Description& d, const std::string& name, const Type& type) {
  writ_about out{};
  out.size = sizeof out;
  out.name = name.c_str();
  out.printed = name.c_str();
  out.type = type_to_c(d, type);
  out.per = out.record = WRIT_NOWHERE;
  return out;
}

// What `find` gives for an index that is there, in the size that the host knows.
template <class Find>
writ_status give_about(const writ_evaluator* evaluator, writ_about* out, Find find) {
  return guarded([&] {
    const Described* described = described_of(evaluator);
    if (described == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, undescribed);
    if (out == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, "a pointer is null");
    if (out->size != sizeof(writ_about)) return fail(evaluator, WRIT_BAD_ARGUMENT, "`size` is not that of writ_about");
    if (find(described->description, *out)) return WRIT_OK;
    return fail(evaluator, WRIT_BAD_ARGUMENT, "the rule set has nothing with this index");
  });
}

template <class List>
uint32_t find_by_name(const List& list, const char* name) {
  for (size_t i = 0; name != nullptr && i < list.size(); ++i) {
    if (list[i].name == name) return static_cast<uint32_t>(i);
  }
  return WRIT_NOWHERE;
}

// A list of the description; an empty one of a closed evaluator.
template <class List>
const List& list_of(const writ_evaluator* evaluator, List Description::* member) {
  static const List none;
  const Described* described = described_of(evaluator);
  return described == nullptr ? none : described->description.*member;
}

template <class List>
const char* name_of(const List& list, uint32_t index) {
  return index < list.size() ? list[index].name.c_str() : nullptr;
}

}  // namespace

writ_status writ_describe(const writ_evaluator* evaluator, char* text, size_t capacity, size_t* size) {
  return guarded([&] {
    const Described* described = described_of(evaluator);
    if (described == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, undescribed);
    return give_text(describe_json(*described), text, capacity, size);
  });
}

const char* writ_title(const writ_evaluator* evaluator) {
  const Described* described = described_of(evaluator);
  return described == nullptr ? nullptr : described->description.title.c_str();
}
const char* writ_record_name(const writ_evaluator* evaluator, uint32_t record) { return name_of(list_of(evaluator, &Description::records), record); }
uint32_t writ_credit_count(const writ_evaluator* evaluator) { return static_cast<uint32_t>(list_of(evaluator, &Description::credits).size()); }
const char* writ_credit_name(const writ_evaluator* evaluator, uint32_t credit) { return name_of(list_of(evaluator, &Description::credits), credit); }
uint32_t writ_right_count(const writ_evaluator* evaluator) { return static_cast<uint32_t>(list_of(evaluator, &Description::rights).size()); }
const char* writ_right_name(const writ_evaluator* evaluator, uint32_t right) { return name_of(list_of(evaluator, &Description::rights), right); }
const char* writ_word(const writ_evaluator* evaluator, uint32_t enumeration, uint32_t code) {
  const std::vector<Enum>& enums = list_of(evaluator, &Description::enums);
  return enumeration < enums.size() && code < enums[enumeration].words.size() ? enums[enumeration].words[code].c_str() : nullptr;
}
const char* writ_text(const writ_evaluator* evaluator, uint32_t code) {
  const std::vector<std::string>& texts = list_of(evaluator, &Description::texts);
  return code < texts.size() ? texts[code].c_str() : nullptr;
}

uint32_t writ_find_record(const writ_evaluator* evaluator, const char* name) { return find_by_name(list_of(evaluator, &Description::records), name); }
uint32_t writ_find_field(const writ_evaluator* evaluator, uint32_t record, const char* name) {
  const std::vector<Record>& records = list_of(evaluator, &Description::records);
  return record < records.size() ? find_by_name(records[record].fields, name) : WRIT_NOWHERE;
}
uint32_t writ_find_history_field(const writ_evaluator* evaluator, uint32_t record, const char* name) {
  const std::vector<Record>& records = list_of(evaluator, &Description::records);
  return record < records.size() ? find_by_name(records[record].history, name) : WRIT_NOWHERE;
}
uint32_t writ_find_param(const writ_evaluator* evaluator, const char* name) { return find_by_name(list_of(evaluator, &Description::params), name); }
uint32_t writ_find_definition(const writ_evaluator* evaluator, const char* name) { return find_by_name(list_of(evaluator, &Description::definitions), name); }
uint32_t writ_find_word(const writ_evaluator* evaluator, uint32_t enumeration, const char* word) {
  const std::vector<Enum>& enums = list_of(evaluator, &Description::enums);
  if (enumeration >= enums.size() || word == nullptr) return WRIT_NOWHERE;
  const std::vector<std::string>& words = enums[enumeration].words;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<uint32_t>(i);
  }
  return WRIT_NOWHERE;
}

writ_status writ_about_field(const writ_evaluator* evaluator, uint32_t record, uint32_t field, writ_about* out) {
  return give_about(evaluator, out, [&](const Description& d, writ_about& to) {
    if (record >= d.records.size() || field >= d.records[record].fields.size()) return false;
    to = about(d, d.records[record].fields[field].name, d.records[record].fields[field].type);
    return true;
  });
}

writ_status writ_about_history_field(const writ_evaluator* evaluator, uint32_t record, uint32_t field, writ_about* out) {
  return give_about(evaluator, out, [&](const Description& d, writ_about& to) {
    if (record >= d.records.size() || field >= d.records[record].history.size()) return false;
    to = about(d, d.records[record].history[field].name, d.records[record].history[field].type);
    return true;
  });
}

writ_status writ_about_param(const writ_evaluator* evaluator, uint32_t param, writ_about* out) {
  return give_about(evaluator, out, [&](const Description& d, writ_about& to) {
    if (param >= d.params.size()) return false;
    to = about(d, d.params[param].name, d.params[param].type);
    to.has_value = d.params[param].has_value ? 1 : 0;
    split(d.params[param].value, to.value);
    return true;
  });
}

writ_status writ_about_definition(const writ_evaluator* evaluator, uint32_t definition, writ_about* out) {
  return give_about(evaluator, out, [&](const Description& d, writ_about& to) {
    if (definition >= d.definitions.size()) return false;
    const Definition& from = d.definitions[definition];
    to = about(d, from.name, from.type);
    if (!from.printed.empty()) to.printed = from.printed.c_str();
    to.per = static_cast<uint32_t>(from.per);
    to.record = from.record;
    to.hidden = from.hidden ? 1 : 0;
    to.quote = from.quote.c_str();
    if (from.clause == nowhere) return true;
    to.clause = d.clauses[from.clause].number.c_str();
    to.clause_title = d.clauses[from.clause].title.c_str();
    return true;
  });
}

writ_uint32 writ_reason_count(const writ_evaluator* evaluator, uint32_t definition) {
  const Described* described = described_of(evaluator);
  return described == nullptr || definition >= described->tables->definitions.size() ? 0 : described->tables->definitions[definition].reasons;
}

const char* writ_reason(const writ_evaluator* evaluator, uint32_t definition, uint32_t reason) {
  if (reason >= writ_reason_count(evaluator, definition)) return nullptr;
  const std::vector<Case>& cases = described_of(evaluator)->description.definitions[definition].cases;
  return reason < cases.size() ? cases[reason].label.c_str() : nullptr;
}

writ_status writ_words(const writ_evaluator* evaluator, uint32_t definition, const writ_value* value, char* text, size_t capacity, size_t* size) {
  return guarded([&] {
    const Described* described = described_of(evaluator);
    if (described == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, undescribed);
    if (value == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, "a pointer is null");
    if (definition >= described->description.definitions.size()) return fail(evaluator, WRIT_BAD_ARGUMENT, "the rule set has no such definition");
    writ::value::Value v;
    if (!writ::evaluate::from_c_value(*value, v)) return fail(evaluator, WRIT_BAD_ARGUMENT, "this is no value");
    return give_text(in_words(described->words(), described->description.definitions[definition].type, v), text, capacity, size);
  });
}

writ_status writ_period_words(const writ_evaluator* evaluator, uint32_t definition, uint32_t period, char* text, size_t capacity, size_t* size) {
  return guarded([&] {
    const Described* described = described_of(evaluator);
    if (described == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, undescribed);
    if (definition >= described->description.definitions.size() || described->description.definitions[definition].per != Per::period ||
        period >= writ_period_count(evaluator, definition)) {
      return fail(evaluator, WRIT_BAD_ARGUMENT, "the definition has no such period");
    }
    const writ::value::PeriodGrid& grid = described->tables->grids[described->tables->definitions[definition].of];
    return give_text(period_text(grid.kind, grid.dates[period]), text, capacity, size);
  });
}
