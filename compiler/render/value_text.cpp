#include "render/value_text.h"

#include "describe/type.h"
#include "explain/words.h"

namespace writ::render {

namespace {

// The words of an agreement that is still at hand. What a deployed rule set prints comes from the same function over its description.
struct AgreementWords final : explain::Vocabulary {
  const ir::Agreement& agreement;
  mutable explain::Currency asked;

  explicit AgreementWords(const ir::Agreement& a) : agreement(a) {}
  const value::Zone& zone() const override { return agreement.zone; }
  const explain::Currency& currency(uint32_t index) const override {
    const ir::Currency& currency = agreement.currencies[{index}];
    asked = {currency.code, currency.minor_digits};
    return asked;
  }
  std::string_view member(uint32_t enumeration, value::i128 code) const override {
    const ir::Enum& e = agreement.enums[{enumeration}];
    if (code < 0 || code >= static_cast<value::i128>(e.members.size())) return "?";
    return e.members[static_cast<size_t>(code)];
  }
  std::string_view text(value::i128 code) const override {
    return code >= 0 && code < static_cast<value::i128>(agreement.texts.size()) ? std::string_view(agreement.texts[static_cast<size_t>(code)]) : "?";
  }
};

}  // namespace

ir::Type enum_type(ir::EnumId enumeration) {
  ir::Type type;
  type.kind = ir::Kind::enumeration;
  type.enumeration = enumeration;
  return type;
}

std::string words(std::string_view member) { return explain::words(member); }
std::string date_text(int32_t date) { return explain::date_text(date); }
bool is_end_of_day(const ir::Agreement& agreement, int64_t instant) { return explain::is_end_of_day(agreement.zone, instant); }
std::string instant_iso(const ir::Agreement& agreement, int64_t instant) { return explain::instant_iso(agreement.zone, instant); }
std::string instant_text(const ir::Agreement& agreement, int64_t instant) { return explain::instant_text(agreement.zone, instant); }
std::string duration_text(int64_t microseconds) { return explain::duration_text(microseconds); }
std::string period_text(value::PeriodKind kind, int32_t first_date) { return explain::period_text(kind, first_date); }
std::string money_text(const ir::Agreement& agreement, const ir::Type& type, value::i128 scaled) {
  const ir::Currency& currency = agreement.currencies[type.currency];
  return explain::money_text({currency.code, currency.minor_digits}, type.scale, scaled);
}

std::string value_text(const ir::Agreement& agreement, const ir::Type& type, const value::Value& v) {
  if (type.kind == ir::Kind::error) return "?";
  return explain::in_words(AgreementWords(agreement), describe::type_of(type), v);
}

std::string plain_value(const ir::Agreement& agreement, const ir::Type& type, const value::Value& v) {
  if (type.kind == ir::Kind::error) return "?";
  return explain::exactly(AgreementWords(agreement), describe::type_of(type), v);
}

}  // namespace writ::render
