// Accounts of commitments in words, and as JSON.
#include "explain/account.h"
#include "explain/described.h"
#include "value/civil.h"

namespace writ::explain {

namespace {

void add_padded(std::string& out, const std::string& text, size_t width) {
  out += text;
  if (text.size() < width) out.append(width - text.size(), ' ');
}

std::string days_of(const value::Zone& zone, const ClockRow& row) {
  const std::string first = date_text(value::date_of(zone, row.from));
  // A day may be an hour longer than others.
  return row.until - row.from <= 25 * value::us_per_hour ? first : first + " to " + date_text(value::date_of(zone, row.until - 1));
}

void add_clock(std::string& out, const value::Zone& zone, const Account& account) {
  out += "  the clock from " + instant_text(zone, account.start) + " to " + instant_text(zone, account.end) + (account.ended ? "" : " (as of)") + "\n";
  for (const ClockRow& row : account.rows) {
    out += "    " + (account.in_days ? days_of(zone, row) : instant_text(zone, row.from) + " to " + instant_text(zone, row.until)) + "  ";
    add_padded(out, row.kind, account.in_days ? 9 : 8);
    out += " " + (row.used == 0 ? "-" : account.in_days ? std::to_string(row.used) : duration_text(row.used)) + "\n";
  }
  if (!account.rows.empty()) out += "    total: " + (account.in_days ? std::to_string(account.used) : duration_text(account.used)) + "\n";
}

const Type& outcome_type(const Evaluated& evaluated, const Account& account) {
  return evaluated.description->definitions[evaluated.description->commitments[account.commitment].outcome].type;
}

}  // namespace

std::string account_text(const Evaluated& evaluated, const Account& account) {
  const Description& d = *evaluated.description;
  const Commitment& commitment = d.commitments[account.commitment];
  const DescriptionWords words(d, *evaluated.zone);
  std::string out = commitment.name + ": " + in_words(words, outcome_type(evaluated, account), account.outcome) + "\n";
  if (const std::string title = clause_words(d, commitment.clause); !title.empty()) {
    out += "  " + title + (account.row.empty() ? "" : ", `" + account.row + "`") + "\n";
  }
  if (account.has_clock) add_clock(out, *evaluated.zone, account);
  for (const std::string& reason : account.reasons) out += "  " + reason + "\n";
  return out;
}

std::string account_json(const Evaluated& evaluated, const Account& account) {
  const Description& d = *evaluated.description;
  const Commitment& commitment = d.commitments[account.commitment];
  const DescriptionWords words(d, *evaluated.zone);
  const auto instant = [&](int64_t at) { return json_text(instant_iso(*evaluated.zone, at)); };
  std::string out = "{\"name\":" + json_text(commitment.name) + ",\"outcome\":" + json_text(exactly(words, outcome_type(evaluated, account), account.outcome)) +
                    ",\"clause\":" + (commitment.clause == nowhere ? "null" : json_text(d.clauses[commitment.clause].number)) +
                    ",\"as_written\":" + json_text(account.row);
  if (account.due) out += ",\"due\":" + instant(*account.due);
  if (account.has_clock) {
    out += ",\"from\":" + instant(account.start) + ",\"until\":" + instant(account.end) + ",\"ended\":" + (account.ended ? "true" : "false") +
           ",\"unit\":" + (account.in_days ? "\"days\"" : "\"microseconds\"") + ",\"used\":" + std::to_string(account.used);
    if (account.allowed) out += ",\"allowed\":" + std::to_string(*account.allowed);
    out += ",\"clock\":[";
    bool first = true;
    for (const ClockRow& row : account.rows) {
      out += (first ? "" : ",") + std::string("{\"from\":") + instant(row.from) + ",\"until\":" + instant(row.until) + ",\"kind\":" + json_text(row.kind) +
             ",\"used\":" + std::to_string(row.used) + "}";
      first = false;
    }
    out += "]";
  }
  out += ",\"reasons\":[";
  for (size_t i = 0; i < account.reasons.size(); ++i) out += (i == 0 ? "" : ",") + json_text(account.reasons[i]);
  return out + "]}";
}

}  // namespace writ::explain
