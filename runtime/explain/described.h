// A description at hand: its words, and the fields by their place.
#pragma once
#include "evaluate/abi_handles.h"
#include "explain/description.h"
#include "explain/words.h"

namespace writ::explain {

// Words and digits of a description, which it does not own.
struct DescriptionWords final : Vocabulary {
  const Description& description;
  const value::Zone& local;
  DescriptionWords(const Description& d, const value::Zone& zone) : description(d), local(zone) {}
  const value::Zone& zone() const override { return local; }
  const Currency& currency(uint32_t index) const override { return description.currencies[index]; }
  std::string_view member(uint32_t enumeration, i128 code) const override;
  std::string_view text(i128 code) const override;
};

struct Described final : evaluate::Attached {
  Description description;
  const evaluate::Tables* tables = nullptr;

  const value::Zone& zone() const { return tables->zone; }
  DescriptionWords words() const { return {description, tables->zone}; }
};

// Null for an evaluator that no artefact was opened for.
const Described* described_of(const writ_evaluator* evaluator);

// Whether a description is one of these tables.
bool fits(const Description& description, const evaluate::Tables& tables);

// What a missing value of a host that only knows `missing` means; evaluate/columns.cpp takes the same from what a stage expects.
value::State missing_state(const Type& type);

// The definition or case at a trace point, and its clause.
struct At {
  const Definition* definition = nullptr;
  const Case* one = nullptr;  // null: the definition itself
};
At at_point(const Description& description, uint32_t point);

// JSON (RFC 8259) of a text, with its quotes.
std::string json_text(std::string_view text);
std::string describe_json(const Described& described);

}  // namespace writ::explain
