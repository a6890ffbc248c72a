// The way from an agreement and its files to batches, acts and a report.
#include <doctest/doctest.h>

#include <filesystem>

#include "driver/evaluate_facts.h"
#include "driver/pipeline.h"
#include "unit/driver/support.h"

namespace writ::driver::test {

namespace {

const char* const source = R"(agreement "Desk"
between Desk as provider "Desk Ltd"
and Client as customer "Client plc"
effective 2026-01-01
term 12 months
currency GBP
time zone "Europe/London"
round half up, to the minor unit

param fee : money = GBP 1000.00

enum Severity { P1, P2 }
enum Status { working, waiting }
calendar Office default { open Mon..Fri 09:00..17:00
  closed never
}
record Ticket since opened {
  id : text, key
  severity : Severity
  opened : instant
  resolved : instant or not yet
  share : percent or none
  place : text
}
history of Ticket { at : instant, status : Status }

facts Ticket from "tickets.csv" {
  id = column "number"
  severity = column "priority" { "1" = P1, "2" = P2 }
  opened = column "opened" as "d/M/yyyy HH:mm" in "UTC"
  resolved = column "closed" or column "resolved", "?" or "" means not yet
  share = column "share" as "percent"
  place = column "place"
  rows with the same id: the last decides
}
facts history of Ticket from "events.csv" {
  key = column "number"
  at = column "at"
  status = column "status"
}
facts Claim from "claims.csv" {
  at = column "at"
  by = column "by"
  of = column "for"
  period = column "month"
}
clause 1 "Service" {
  define Street as Ticket where place = "street"
  commitment Fix for Street by Desk {
    from opened until resolved
    within 2 business hours
    paused while status = waiting
  }
  remedy Credit for missed Fix {
    credit 5% of fee for each missed Fix
    cap 10% of fee per month
    claimed by Client within 30 days after month end
  }
  right Leave of Client {
    when any 2 consecutive months have at least 2 misses of Fix
    after written notice
  }
}
)";

const char* const tickets =
    "number,priority,opened,closed,resolved,share,place\n"
    "T1,1,2/7/2026 09:00,?,2026-07-02T11:00,50,street\n"
    "T2,2,2/7/2026 09:00,2026-07-02T12:00,,,park\n"
    "T3,3,2/7/2026 09:00,?,,,park\n"
    "T1,2,2/7/2026 09:30,?,?,12.5,street\n";
const char* const events = "number,at,status\nT1,2026-07-02T12:00,waiting\nT9,2026-07-02T12:00,working\n";
const char* const claims =
    "at,by,for,month\n2026-08-02T10:00,Client,Credit,2026-07-31\n2026-08-03T10:00,Client,Leave,2026-07-31\n2026-08-03T10:00,Client,Credit,\n";

struct Loaded {
  Program program;
  LoadedFacts facts;
  bool right = false;
};

void load(Loaded& loaded, const Folder& folder, const std::vector<std::string>& arguments = {}, const std::string& text = source) {
  load_program_text(folder.path + "/agreement.writ", text, loaded.program);
  for (const diag::Diagnostic& d : loaded.program.sink.diagnostics) MESSAGE(std::string(d.kind->code) << " " << diag::message_of(d));
  REQUIRE(loaded.program.sink.errors == 0);
  loaded.right = load_facts(loaded.program.agreement, folder.path + "/agreement.writ", arguments, loaded.facts);
}

std::vector<std::string> failures(const Loaded& loaded) {
  std::vector<std::string> out;
  for (const record::Finding& failure : loaded.facts.facts.report.failures) out.push_back(describe(loaded.facts.facts.report, failure));
  return out;
}

}  // namespace

TEST_CASE("the files that the agreement names, read as its facts blocks say") {
  Folder folder;
  folder.write("tickets.csv", tickets);
  folder.write("events.csv", events);
  folder.write("claims.csv", claims);
  Loaded loaded;
  load(loaded, folder);
  REQUIRE(loaded.right);
  const ir::Agreement& agreement = loaded.program.agreement;
  REQUIRE(loaded.facts.inputs.size() == 1);
  const uint32_t ticket = loaded.facts.inputs[0].record;
  CHECK(agreement.records[ir::RecordId{ticket}].name == "Ticket");

  // One claim can be used: the others name a right, or no month.
  REQUIRE(loaded.facts.acts.claims.size() == 1);
  const evaluate::Act& claim = loaded.facts.acts.claims[0];
  CHECK(claim.at == value::parse_instant("2026-08-02T09:00Z").value);
  CHECK(agreement.parties[claim.by].name == "Client");
  CHECK(agreement.credits.items[0].subject == claim.of);
  CHECK(claim.period_date == value::parse_date("2026-07-31").value);
  const record::Report& report = loaded.facts.facts.report;
  REQUIRE(report.set_aside.size() == 2);
  CHECK(describe(report, report.set_aside[0]) == folder.path + "/claims.csv:3, column 3 (for): R0023: `Leave` is no of: it must be one of `Credit`");
  CHECK(report.set_aside[1].problem == record::Problem::must_be_given);

  std::vector<record::Batch> batches;
  REQUIRE(record::read_batches(loaded.facts.facts, loaded.facts.inputs[0], *loaded.facts.prepared[0], {}, [&](record::Batch&& batch) {
    batches.push_back(std::move(batch));
    return true;
  }));
  REQUIRE(batches.size() == 1);
  const record::Batch& batch = batches[0];
  REQUIRE(batch.rows == 2);
  CHECK(batch.columns[0].texts == std::vector<std::string>{"T2", "T1"});
  CHECK(batch.columns[1].values == std::vector<int64_t>{1, 1});
  CHECK(batch.columns[2].values[1] == value::parse_instant("2026-07-02T09:30Z").value);
  CHECK(batch.columns[3].states == std::vector{value::State::given, value::State::not_yet});
  CHECK(batch.columns[4].values[1] == 125 * value::pow10(agreement.records[ir::RecordId{ticket}].fields[4].type.scale - 3));
  // "street" is a text of the agreement and has its code; "park" comes after those.
  CHECK(agreement.texts[static_cast<size_t>(batch.columns[5].values[1])] == "street");
  CHECK(batch.columns[5].values[0] >= static_cast<int64_t>(agreement.texts.size()));
  CHECK(batch.history.offsets == std::vector<uint32_t>{0, 0, 1});
  CHECK(report.records[ticket].superseded == 1);
  CHECK(report.records[ticket].set_aside == 1);
  CHECK(report.orphans[ticket] == 1);
}

TEST_CASE("options stand in place of the files of the agreement") {
  Folder folder;
  folder.write("july.ndjson", "{\"number\":\"A\",\"priority\":1,\"opened\":\"2/7/2026 09:00\",\"closed\":null,\"share\":7,\"place\":\"street\"}\n");
  folder.write("august.csv", tickets);
  Loaded loaded;
  load(loaded, folder, {"Ticket=" + folder.path + "/july.ndjson", "Ticket=" + folder.path + "/august.csv", "history of Ticket=", "Claim="});
  REQUIRE(loaded.right);
  CHECK(loaded.facts.acts.claims.empty());
  evaluate::Results results;
  std::string error;
  std::unique_ptr<evaluate::Engine> engine = make_engine(loaded.program.agreement, EngineChoice::interpreter, error);
  evaluate::Inputs inputs;
  inputs.as_of = value::parse_instant("2026-09-01T00:00Z").value;
  inputs.params = {value::given(*loaded.program.agreement.params.items[0].value)};
  uint64_t rows = 0;
  REQUIRE(evaluate_facts(*engine, inputs, loaded.facts, {}, [&](const record::Batch& batch, const evaluate::RecordOutputs&) { rows += batch.rows; }, results));
  CHECK(rows == 3);
  CHECK(results.records[loaded.facts.inputs[0].record].admitted == 3);
}

TEST_CASE("acts without a facts block are read by the names of their fields; only money asks for a period") {
  Folder folder;
  folder.write("tickets.csv", tickets);
  folder.write("events.csv", events);
  folder.write("claims.csv", claims);
  folder.write("notices.csv", "at,by,of\n2026-09-01T10:00,Client,Leave\n2026-09-01T10:00,Client,Credit\n");
  folder.write("payments.csv", "at,by,of,period\n2026-09-01T10:00,Desk,Credit,2026-07-01\n");
  Loaded loaded;
  load(loaded, folder, {"Notice=" + folder.path + "/notices.csv", "Payment=" + folder.path + "/payments.csv"});
  REQUIRE(loaded.right);
  REQUIRE(loaded.facts.acts.notices.size() == 1);
  CHECK_FALSE(loaded.facts.acts.notices[0].has_period);
  REQUIRE(loaded.facts.acts.payments.size() == 1);
  CHECK(loaded.facts.acts.payments[0].period_date == value::parse_date("2026-07-01").value);
  CHECK(loaded.facts.act_inputs.size() == 4);

  folder.write("payments.csv", "at,by,of\n");
  Loaded without;
  load(without, folder, {"Payment=" + folder.path + "/payments.csv"});
  CHECK_FALSE(without.right);
  CHECK(failures(without) == std::vector<std::string>{folder.path + "/payments.csv:1: R0107: there is no column `period`"});
}

TEST_CASE("every file that is missing is named, and so is a misspelt record") {
  Folder folder;
  folder.write("claims.csv", claims);
  Loaded loaded;
  load(loaded, folder);
  CHECK_FALSE(loaded.right);
  CHECK(failures(loaded) == std::vector<std::string>{"R0101: " + folder.path + "/tickets.csv cannot be opened: No such file or directory",
                                                     "R0101: " + folder.path + "/events.csv cannot be opened: No such file or directory"});
  Loaded misspelt;
  load(misspelt, folder, {"Tickets=x.csv", "Ticket"});
  CHECK_FALSE(misspelt.right);
  CHECK(failures(misspelt) == std::vector<std::string>{"R0111: there is no record `Tickets` to read facts for; did you mean `Ticket`?",
                                                       "R0115: `Ticket` does not say which file holds which facts: it must look like `Ticket=tickets.csv`"});
}

TEST_CASE("columns that are not there are named with the nearest one, before anything is read") {
  Folder folder;
  folder.write("tickets.csv", "number,priority,opened,closd,resolved,share,place\n");
  folder.write("events.csv", "number,at,state\n");
  folder.write("claims.csv", claims);
  Loaded loaded;
  load(loaded, folder);
  CHECK_FALSE(loaded.right);
  CHECK(failures(loaded) == std::vector<std::string>{folder.path + "/tickets.csv:1: R0107: there is no column `closed`; did you mean `closd`?",
                                                     folder.path + "/events.csv:1: R0107: there is no column `status`; did you mean `state`?"});
}

TEST_CASE("few facts are interpreted unless somebody asks for native code") {
  CHECK(choose_engine(EngineChoice::best, 0) == EngineChoice::interpreter);
  CHECK(choose_engine(EngineChoice::best, 10 << 20) == EngineChoice::best);
  CHECK(choose_engine(EngineChoice::native, 0) == EngineChoice::native);
  CHECK(choose_engine(EngineChoice::interpreter, 10 << 20) == EngineChoice::interpreter);
}

}  // namespace writ::driver::test
