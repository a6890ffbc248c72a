#include "check/zones.h"

namespace writ::check {

const value::Zone* find_zone(Context& context, std::string_view name, Span span) {
  for (const ir::NamedZone& known : context.agreement.zones)
    if (known.name == name) return &known.zone;
  ir::NamedZone added{std::string(name), value::utc_zone()};
  if (name != "UTC") {  // needs no file
    const std::optional<std::string> bytes = context.options.load_zone ? context.options.load_zone(name) : std::nullopt;
    if (!bytes || !value::parse_tzif(*bytes, added.zone)) {
      diag::report(context.sink, code::unknown_zone, span, {{"name", std::string(name)}})
          .helps.push_back(
              "write a name of the IANA time zone database, as \"Europe/London\" or \"America/New_York\"; abbreviations as \"EST\" have no one meaning");
      return nullptr;
    }
  }
  context.agreement.zones.push_back(std::move(added));
  return &context.agreement.zones.back().zone;
}

}  // namespace writ::check
