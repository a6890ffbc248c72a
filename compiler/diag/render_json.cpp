#include <nlohmann/json.hpp>

#include "diag/render.h"
#include "diag/severity.h"

namespace writ::diag {

using Json = nlohmann::ordered_json;

// Lines and columns count from 1, columns in code points; `begin` and `end` are byte offsets, `end` one past the last byte.
static Json span_json(source::Span span, const source::SourceMap& sources) {
  if (!span.valid()) return nullptr;
  const source::Place begin = source::place_of(sources, span.file, span.begin);
  const source::Place end = source::place_of(sources, span.file, span.end);
  return {{"file", sources.files[span.file].name},
          {"line", begin.line},
          {"column", begin.column},
          {"end_line", end.line},
          {"end_column", end.column},
          {"begin", span.begin},
          {"end", span.end}};
}

std::string render_json(const Diagnostic& diagnostic, const source::SourceMap& sources) {
  Json arguments = Json::object();
  for (const Argument& argument : diagnostic.arguments) arguments[std::string(argument.hole)] = argument.text;
  Json labels = Json::array();
  for (const Label& label : diagnostic.labels) labels.push_back({{"span", span_json(label.span, sources)}, {"text", label.text}});
  Json fix = nullptr;
  if (!diagnostic.fixes.empty()) {
    fix = Json{{"span", span_json(diagnostic.fixes.front().span, sources)}, {"text", diagnostic.fixes.front().text}};
  }
  const Json json = {{"code", diagnostic.kind->code},
                     {"name", diagnostic.kind->name},
                     {"severity", word_of(diagnostic.kind->severity)},
                     {"message", message_of(diagnostic)},
                     {"arguments", arguments},
                     {"span", span_json(diagnostic.span, sources)},
                     {"labels", labels},
                     {"notes", diagnostic.notes},
                     {"helps", diagnostic.helps},
                     {"fix", fix}};
  // A file with broken UTF-8 can be named in a message; replacing keeps the output valid JSON.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace writ::diag
