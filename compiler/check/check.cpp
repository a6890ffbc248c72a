// The table of contents of `check`: its steps, in the order in which they need each other.
#include "check/check.h"

#include "check/context.h"

namespace writ::check {
namespace {

// Every construct that nobody has read yet, in the order of the text.
void lower_the_rest(Context& context) {
  for (uint32_t i = 0; i < context.symbols.size(); ++i) {
    const SymbolId id{i};
    if (context.symbols[id].progress == Symbol::Progress::waiting) ensure_lowered(context, id, context.symbols[id].name.span);
  }
}

}  // namespace

ir::Agreement check(const source::SourceMap& sources, std::span<const ast::File> files, const CheckOptions& options, diag::Sink& sink) {
  ir::Agreement agreement;
  if (files.empty()) return agreement;
  size_t written = 0;
  for (const ast::File& file : files) written += file.exprs.size();
  agreement.exprs.items.reserve(written + written / 4);  // about what they are lowered to
  Context context{sources, files, options, sink, agreement, {}, {}, {}, {}, {}, {}, {}, {}};
  check_modules(context);
  declare_names(context);
  check_header(context);
  check_enums(context);
  check_metric_types(context);
  check_builtin_enums(context);
  check_records(context);
  lower_acts(context);
  check_params(context);
  check_calendars(context);
  lower_the_rest(context);
  lower_not_modelled(context);
  check_prose(context);
  check_facts(context);
  check_scenarios(context);
  order_definitions(context);
  return agreement;
}

}  // namespace writ::check
