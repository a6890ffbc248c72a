#include "render/why.h"

#include <fmt/format.h>

#include "render/value_json.h"
#include "render/value_text.h"

namespace writ::render {

namespace {

std::string field_text(const ir::Agreement& agreement, const RecordView& view, size_t field) {
  const ir::Field& f = agreement.records[view.record].fields[field];
  if (f.type.kind == ir::Kind::text && view.fields[field].state == value::State::given) return view.texts[field];
  return value_text(agreement, f.type, view.fields[field]);
}

std::string title_of(const ir::Agreement& agreement, ir::ClauseId id) {
  if (!id.valid()) return {};
  const ir::Clause& clause = agreement.clauses[id];
  return fmt::format("clause {} \"{}\"", clause.number, clause.title);
}

std::string_view admission_text(evaluate::Admission admission) {
  switch (admission) {
    case evaluate::Admission::admitted: return "in the term";
    case evaluate::Admission::after_horizon: return "after the as-of instant: not seen";
    case evaluate::Admission::outside_term: return "outside the term: not used";
    case evaluate::Admission::undated: return "without a date: not used";
  }
  return {};
}

void print_clock(std::string& out, const ir::Agreement& agreement, const CommitmentAccount& account) {
  for (const ClockRow& row : account.rows) {
    const std::string used = account.in_days ? (row.used != 0 ? fmt::format("{}", row.used) : "-") : (row.used != 0 ? duration_text(row.used) : "-");
    out += account.in_days
               ? fmt::format("    {}  {:9} {}\n",
                             row.until - row.from <= 25 * value::us_per_hour
                                 ? date_text(value::date_of(agreement.zone, row.from))
                                 : date_text(value::date_of(agreement.zone, row.from)) + " to " + date_text(value::date_of(agreement.zone, row.until - 1)),
                             row.kind, used)
               : fmt::format("    {} to {}  {:8} {}\n", instant_text(agreement, row.from), instant_text(agreement, row.until), row.kind, used);
  }
  if (!account.rows.empty()) out += fmt::format("    total: {}\n", account.in_days ? fmt::format("{}", account.used) : duration_text(account.used));
}

void print_definitions(std::string& out, const ir::Agreement& agreement, const RecordView& view) {
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.hidden || definition.grain.of != ir::Grain::Of::record || definition.grain.record != view.record) continue;
    std::string cases;
    for (size_t c = 0; c < definition.cases.size() && c < 64; ++c) {
      if ((view.held[i] >> c & 1) != 0 && !definition.cases[c].label.empty()) cases += (cases.empty() ? " by case " : ", ") + definition.cases[c].label;
    }
    out += fmt::format("  {} = {}{}{}\n", definition.name, value_text(agreement, definition.type, view.values[i]), cases,
                       definition.clause.valid() ? "  (clause " + agreement.clauses[definition.clause].number + ")" : "");
  }
}

}  // namespace

std::string why_human(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view) {
  const ir::Record& record = agreement.records[view.record];
  std::string out = fmt::format("{} {}, as of {}: {}\n", record.name, view.key, instant_text(agreement, view.as_of), admission_text(view.admission));
  for (size_t i = 0; i < record.fields.size(); ++i) out += fmt::format("  {}: {}\n", record.fields[i].name, field_text(agreement, view, i));
  if (view.admission != evaluate::Admission::admitted) return out;
  for (uint32_t c = 0; c < agreement.commitments.size(); ++c) {
    const ir::Commitment& commitment = agreement.commitments.items[c];
    if (commitment.record != view.record) continue;
    const CommitmentAccount account = account_for(agreement, sources, view, {c});
    out += fmt::format("\n{}: {}\n", commitment.name, value_text(agreement, agreement.definitions[commitment.outcome].type, account.outcome));
    if (const std::string title = title_of(agreement, commitment.clause); !title.empty()) {
      out += fmt::format("  {}{}{}\n", title, account.row.empty() ? "" : ", ", account.row.empty() ? "" : "`" + account.row + "`");
    }
    if (account.has_clock) {
      out += fmt::format("  the clock from {} to {}{}\n", instant_text(agreement, account.start), instant_text(agreement, account.end),
                         account.ended ? "" : " (as of)");
      print_clock(out, agreement, account);
    }
    for (const std::string& reason : account.reasons) out += "  " + reason + "\n";
  }
  out += "\nValues\n";
  print_definitions(out, agreement, view);
  return out;
}

std::string why_json(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view) {
  const ir::Record& record = agreement.records[view.record];
  Json out{{"record", record.name}, {"key", view.key}, {"as_of", instant_iso(agreement, view.as_of)}, {"admission", admission_text(view.admission)}};
  for (size_t i = 0; i < record.fields.size(); ++i) {
    const bool text = record.fields[i].type.kind == ir::Kind::text && view.fields[i].state == value::State::given;
    out["fields"][record.fields[i].name] =
        text ? Json{{"state", "given"}, {"value", view.texts[i]}} : value_json(agreement, record.fields[i].type, view.fields[i]);
  }
  out["commitments"] = Json::array();
  for (uint32_t c = 0; c < agreement.commitments.size() && view.admission == evaluate::Admission::admitted; ++c) {
    const ir::Commitment& commitment = agreement.commitments.items[c];
    if (commitment.record != view.record) continue;
    const CommitmentAccount account = account_for(agreement, sources, view, {c});
    Json row{{"name", commitment.name},
             {"outcome", plain_value(agreement, agreement.definitions[commitment.outcome].type, account.outcome)},
             {"clause", commitment.clause.valid() ? Json(agreement.clauses[commitment.clause].number) : Json(nullptr)},
             {"as_written", account.row}};
    if (account.due) row["due"] = instant_iso(agreement, *account.due);
    if (account.has_clock) {
      row["from"] = instant_iso(agreement, account.start);
      row["until"] = instant_iso(agreement, account.end);
      row["ended"] = account.ended;
      row["unit"] = account.in_days ? "days" : "microseconds";
      row["used"] = account.used;
      if (account.allowed) row["allowed"] = *account.allowed;
      row["clock"] = Json::array();
      for (const ClockRow& stretch : account.rows) {
        row["clock"].push_back(
            {{"from", instant_iso(agreement, stretch.from)}, {"until", instant_iso(agreement, stretch.until)}, {"kind", stretch.kind}, {"used", stretch.used}});
      }
    }
    row["reasons"] = account.reasons;
    out["commitments"].push_back(std::move(row));
  }
  for (uint32_t i = 0; i < agreement.definitions.size() && view.admission == evaluate::Admission::admitted; ++i) {
    const ir::Definition& definition = agreement.definitions.items[i];
    if (definition.grain.of != ir::Grain::Of::record || definition.grain.record != view.record || definition.hidden) continue;
    out["values"][definition.name] = value_json(agreement, definition.type, view.values[i]);
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::render
