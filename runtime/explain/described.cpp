#include "explain/described.h"

namespace writ::explain {

std::string_view DescriptionWords::member(uint32_t enumeration, i128 code) const {
  const Enum& e = description.enums[enumeration];
  if (code < 0 || code >= static_cast<i128>(e.words.size())) return "?";
  return e.words[static_cast<size_t>(code)];
}

std::string_view DescriptionWords::text(i128 code) const {
  if (code < 0 || code >= static_cast<i128>(description.texts.size())) return "?";
  return description.texts[static_cast<size_t>(code)];
}

const Described* described_of(const writ_evaluator* evaluator) {
  if (!evaluate::is_open(evaluator)) return nullptr;
  return static_cast<const Described*>(evaluator->attached.get());
}

bool fits(const Description& d, const evaluate::Tables& tables) {
  bool same = d.params.size() == tables.params.size() && d.records.size() == tables.records.size() && d.definitions.size() == tables.definitions.size() &&
              d.credits.size() == tables.credits.size() && d.rights.size() == tables.rights.size();
  if (!same) return false;
  for (size_t i = 0; i < d.records.size(); ++i) {
    same &= d.records[i].fields.size() == tables.records[i].fields && d.records[i].history.size() == tables.records[i].history_fields;
  }
  for (size_t i = 0; i < d.definitions.size(); ++i) {
    const bool record = tables.definitions[i].grain == evaluate::GrainOf::record;
    same &= record == (d.definitions[i].per == Per::record) && (!record || d.definitions[i].record == tables.definitions[i].of);
    same &= (tables.definitions[i].grain == evaluate::GrainOf::period) == (d.definitions[i].per == Per::period);
  }
  return same;
}

value::State missing_state(const Type& type) {
  if (type.absence == Absence::not_yet) return value::State::not_yet;
  if (type.absence == Absence::none || !type.may_be_unknown) return value::State::none;
  return value::State::unknown;
}

At at_point(const Description& description, uint32_t point) {
  for (const Definition& definition : description.definitions) {
    if (definition.point == point) return {&definition, nullptr};
    for (const Case& one : definition.cases) {
      if (one.point == point) return {&definition, &one};
    }
  }
  return {};
}

std::string json_text(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace writ::explain
