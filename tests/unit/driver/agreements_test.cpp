// Many agreements in one run: each comes to what a run of its own over its own facts comes to, on every engine; and what a file of agreements may
// not hold is told with its place.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "driver/agreement_table.h"
#include "driver/evaluate_agreements.h"
#include "driver/evaluate_facts.h"
#include "driver/facts_read.h"
#include "driver/pipeline.h"
#include "driver/run_inputs.h"
#include "render/csv_text.h"
#include "render/statement.h"
#include "unit/driver/support.h"

namespace writ::driver::test {

namespace {

const std::string header = R"(agreement "Desk"
between Desk as provider "Desk Ltd"
and Client as customer "Client plc"
effective 2026-01-01
term 12 months
currency GBP
time zone "Europe/London"
round half up, to the minor unit

param fee   : money in GBP 10.00..GBP 9,000.00
param most  : 0..50 = 20
param small : bool = false

record Ticket since opened {
  id : text, key
  opened : instant
  answered : instant or not yet
  parts : 0..9
}
history of Ticket { at : instant, waiting : bool }
)";
const std::string clauses = R"(
clause 1 "Service" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 4 hours
    paused while waiting
  }
  rule share per Ticket = rounded(fee / parts, 2)
  rule shares per month = sum(share over Ticket of opened)
  rule many per Ticket = parts > most
  rule many_of per month = count(Ticket where many of opened)
  remedy Late for missed Answer {
    credit 5% * fee for each missed Answer
    cap 20% * fee per month
    claimed by Client within 30 days after month end
  }
  right Leave of Client {
    when any 2 consecutive months have at least 4 misses of Answer, with at least 1 in each
    after written notice and 30 days to cure
    exercisable within 90 days
  }
)";
// Reads a total of an earlier pass.
const std::string second_pass = R"(
  rule above per Ticket = not small and parts > (many_of of the month of opened)
  rule aboves per month = count(Ticket where above of opened)
)";

// Facts of each agreement, as lines without the key.
struct Files {
  std::vector<std::string> keys{"alder", "birch, north", "0012", "\xC3\x84rla", "nothing yet"};
  std::vector<std::string> params{"120.00,5,no", "99.99,0,yes", "4000.00,50,no", "10.00,1,no", "500.00,20,yes"};
  std::string agreements, tickets, history, claims, notices;  // all together
  struct Own {
    std::string tickets, history, claims, notices;
  };
  std::vector<Own> own;

  explicit Files(uint32_t seed) : own(keys.size()) {
    std::mt19937 dice(seed);
    agreements = "customer,fee,most,small\n";
    for (size_t a = 0; a < keys.size(); ++a) agreements += render::csv_field(keys[a]) + "," + params[a] + "\n";
    tickets = "id,opened,answered,parts,whose\n";
    history = "id,at,waiting\n";
    claims = "at,by,of,period,customer\n";
    notices = "at,by,of,customer\n";
    for (Own& one : own) one = {"id,opened,answered,parts\n", "id,at,waiting\n", "at,by,of,period\n", "at,by,of\n"};
    for (int i = 0; i < 400; ++i) {
      const size_t a = dice() % (keys.size() - 1);  // the last one has none
      const unsigned month = 1 + dice() % 4, day = 1 + dice() % 28, hour = dice() % 12;
      const std::string at = fmt::format("2026-{:02}-{:02}T{:02}:", month, day, hour);
      std::string answered = fmt::format("2026-{:02}-{:02}T{:02}:05", month, day, hour + dice() % 9);
      if (dice() % 9 == 0) answered.clear();
      std::string opened = at + "00";
      if (dice() % 40 == 0) opened = "soon";
      const std::string line = fmt::format("T{},{},{},{}", i, opened, answered, dice() % 40 == 0 ? 0 : 1 + dice() % 9);
      tickets += line + "," + render::csv_field(keys[a]) + "\n";
      own[a].tickets += line + "\n";
      if (dice() % 3 != 0) continue;
      const std::string events = fmt::format("T{0},{1}10,true\nT{0},{1}{2},false\n", i, at, 11 + dice() % 49);
      history += events;
      own[a].history += events;
    }
    for (int i = 0; i < 12; ++i) {
      const size_t a = dice() % keys.size();
      const unsigned month = 1 + dice() % 3;
      const std::string claim = fmt::format("2026-{:02}-{:02}T10:00,Client,Late,2026-{:02}-01", month + 1, 1 + dice() % 28, month);
      const std::string notice = fmt::format("2026-{:02}-05T11:00,Client,Leave", 2 + dice() % 3);
      claims += claim + "," + render::csv_field(keys[a]) + "\n";
      own[a].claims += claim + "\n";
      notices += notice + "," + render::csv_field(keys[a]) + "\n";
      own[a].notices += notice + "\n";
    }
  }
};

constexpr const char* as_of = "2026-04-20T12:00";

std::string told(const ir::Agreement& agreement, LoadedFacts& loaded, const evaluate::Results& results, int64_t horizon) {
  std::string text = render::statement_csv({&agreement, &results, horizon});
  std::vector<std::pair<uint32_t, uint64_t>> rows;
  for (const evaluate::FaultReport& fault : results.faults) rows.emplace_back(fault.record, fault.row);
  for (const std::string& key : keys_of_rows(loaded, rows)) text += "fault of " + key + "\n";
  for (const evaluate::RecordTotals& r : results.records) {
    text += fmt::format("{} {} {} {} {}\n", r.admitted, r.after_horizon, r.outside_term, r.undated, r.faulted);
  }
  return text;
}

std::vector<std::string> arguments_of(const std::string& folder) {
  std::vector<std::string> arguments;
  for (const char* each : {"Ticket=%tickets.csv", "history of Ticket=%history.csv", "Claim=%claims.csv", "Notice=%notices.csv"}) {
    std::string argument = each;
    argument.replace(argument.find('%'), 1, folder + "/");
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

struct Alone {
  std::string told;
  uint64_t rows = 0, set_aside = 0;
};

// A run of one agreement by itself, interpreted.
Alone run_alone(const ir::Agreement& agreement, const Files& files, size_t a) {
  Folder folder;
  folder.write("tickets.csv", files.own[a].tickets);
  folder.write("history.csv", files.own[a].history);
  folder.write("claims.csv", files.own[a].claims);
  folder.write("notices.csv", files.own[a].notices);
  Options options;
  options.as_of = as_of;
  const std::string& params = files.params[a];
  const size_t first = params.find(','), second = params.rfind(',');
  options.settings = {"fee=" + params.substr(0, first), "most=" + params.substr(first + 1, second - first - 1), "small=" + params.substr(second + 1)};
  RunInputs inputs;
  std::string error;
  REQUIRE_MESSAGE(make_inputs(agreement, options, inputs, error), error);
  LoadedFacts loaded;
  REQUIRE(load_facts(agreement, "desk.writ", arguments_of(folder.path), loaded));
  const auto engine = make_engine(agreement, EngineChoice::interpreter, error);
  evaluate::Results results;
  REQUIRE(evaluate_facts(*engine, inputs.inputs, loaded, {}, {}, results));
  const record::RowCounts& counts = loaded.facts.report.records[loaded.inputs[0].record];
  return {told(agreement, loaded, results, inputs.inputs.as_of), counts.read, counts.set_aside};
}

struct Together {
  Folder folder;
  LoadedFacts loaded;
  AgreementTable table;
  evaluate::PortfolioInputs inputs;

  Together(const ir::Agreement& agreement, const Files& files) {
    folder.write("agreements.csv", files.agreements);
    folder.write("tickets.csv", files.tickets);
    folder.write("history.csv", files.history);
    folder.write("claims.csv", files.claims);
    folder.write("notices.csv", files.notices);
    Options options;
    options.as_of = as_of;
    options.agreements = folder.path + "/agreements.csv";
    options.keys = {"Ticket=whose"};
    RunInputs common;
    std::string error;
    REQUIRE(open_table(agreement, options, loaded.facts, table));
    REQUIRE_MESSAGE(make_inputs(agreement, options, common, error, &table.params), error);
    REQUIRE(read_table(agreement, common.inputs.params, loaded.facts, table, inputs.params));
    inputs.as_of = common.inputs.as_of;
    inputs.agreements = record::count(*table.keys.names);
    REQUIRE(load_facts(agreement, "desk.writ", arguments_of(folder.path), loaded, &table.keys));
  }
};

void compare(const std::string& source, uint32_t seed) {
  Program program;
  load_program_text("desk.writ", source, program);
  REQUIRE(program.sink.errors == 0);
  const ir::Agreement& agreement = program.agreement;
  const Files files(seed);
  std::vector<Alone> expected;
  for (size_t a = 0; a < files.keys.size(); ++a) expected.push_back(run_alone(agreement, files, a));
  for (const EngineChoice choice : {EngineChoice::interpreter, EngineChoice::native}) {
    if (choice == EngineChoice::native && !native_available()) continue;
    std::string error;
    const auto engine = make_engine(agreement, choice, error);
    for (const bool takes : {false, true}) {
      EvaluateOptions options;
      options.workers = takes ? 2 : 3;
      options.batch_rows = takes ? 64 : 101;
      Together together(agreement, files);
      EvaluatedAgreements evaluated;
      std::vector<std::string> seen;  // the keys of the records handed out, and whose they are
      const TakeOutputs take = [&](const record::Batch& batch, const evaluate::RecordOutputs& outputs) {
        REQUIRE(outputs.admission.size() == batch.rows);
        for (const auto& column : outputs.values) REQUIRE(column.size() == batch.rows);
        for (uint32_t row = 0; row < batch.rows; ++row) seen.push_back(batch.columns[0].texts[row]);
      };
      REQUIRE(evaluate_agreements(*engine, together.inputs, together.loaded, options, takes ? take : TakeOutputs{}, evaluated));
      CHECK((evaluated.together != nullptr) == (choice == EngineChoice::native && !takes && engine->passes() == 1));
      CHECK(seen.empty() == !takes);
      const record::Report& report = together.loaded.facts.report;
      const uint32_t record = together.loaded.inputs[0].record;
      for (uint32_t a = 0; a < files.keys.size(); ++a) {
        CAPTURE(a);
        const evaluate::Results results = results_of(*engine, evaluated, together.loaded, a);
        CHECK(told(agreement, together.loaded, results, together.inputs.as_of) == expected[a].told);
        CHECK(report.of_agreements[record][a].read == expected[a].rows);
        CHECK(report.of_agreements[record][a].set_aside == expected[a].set_aside);
      }
      CHECK(set_aside_of_nobody(report)[record] == 0);
    }
  }
}

// What a file of agreements is refused with, line after line.
std::string refused(const std::string& file, const std::string& key = {}, const std::string& setting = {}) {
  Program program;
  load_program_text("desk.writ", header + clauses + "}\n", program);
  REQUIRE(program.sink.errors == 0);
  Folder folder;
  folder.write("a.csv", file);
  Options options;
  options.as_of = as_of;
  options.agreements = folder.path + "/a.csv";
  if (!key.empty()) options.keys = {key};
  if (!setting.empty()) options.settings = {setting};
  LoadedFacts loaded;
  AgreementTable table;
  RunInputs common;
  std::vector<value::Value> params;
  std::string text;
  if (open_table(program.agreement, options, loaded.facts, table)) {
    if (!make_inputs(program.agreement, options, common, text, &table.params)) return text.substr(0, text.find(folder.path)) + "\n";
    if (read_table(program.agreement, common.inputs.params, loaded.facts, table, params)) return "accepted";
  }
  for (const record::Finding& finding : loaded.facts.report.failures) text += describe(loaded.facts.report, finding).substr(folder.path.size() + 1) + "\n";
  return text;
}

}  // namespace

TEST_CASE("many agreements of one pass come to what each comes to alone") {
  for (uint32_t seed = 1; seed < 4; ++seed) compare(header + clauses + "}\n", seed);
}

TEST_CASE("many agreements of several passes come to what each comes to alone") {
  Program program;
  load_program_text("desk.writ", header + clauses + second_pass + "}\n", program);
  REQUIRE(program.agreement.passes == 2);
  compare(header + clauses + second_pass + "}\n", 4);
}

TEST_CASE("a row of nobody is set aside, and whose it is can only be guessed") {
  Program program;
  load_program_text("desk.writ", header + clauses + "}\n", program);
  Files files(1);
  files.tickets =
      "id,opened,answered,parts,whose\nT1,2026-03-02T09:00,,1,adler\nT2,2026-03-02T09:00,,1,\nT3,soon,,1,adler\nT4,2026-03-02T09:00\n"
      "T5,2026-03-02T09:00,,1,alder\nT6,never,,1,alder\nT5,2026-03-03T09:00,,1,0012\n";
  Together together(program.agreement, files);
  std::string error;
  const auto engine = make_engine(program.agreement, EngineChoice::interpreter, error);
  EvaluatedAgreements evaluated;
  REQUIRE(evaluate_agreements(*engine, together.inputs, together.loaded, {}, {}, evaluated));
  std::string said;
  for (const record::Finding& finding : together.loaded.facts.report.set_aside) {
    if (!finding.of_history) said += describe(together.loaded.facts.report, finding).substr(together.folder.path.size() + 1) + "\n";
  }
  CHECK(said == R"(tickets.csv:2, column 5 (whose): R0032: there is no agreement `adler` among those of the run; did you mean `alder`?
tickets.csv:3, column 5 (whose): R0010: `whose` is empty, and it must be given
tickets.csv:4, column 5 (whose): R0032: there is no agreement `adler` among those of the run; did you mean `alder`?
tickets.csv:5: R0001: this row has 2 fields, the header has 5
tickets.csv:7, column 2 (opened): R0020: `never` is no point in time for `opened`: it is not of the expected form; it is written like 2026-03-02T11:00 or 2026-03-02T11:00:00Z
tickets.csv:8: R0025: the id `T5` was already there, in line 6 of )" +
                    together.folder.path + "/tickets.csv\n");
  const record::Report& report = together.loaded.facts.report;
  const uint32_t record = together.loaded.inputs[0].record;
  CHECK(set_aside_of_nobody(report)[record] == 4);
  CHECK(report.of_agreements[record][0].kept == 1);
  CHECK(report.of_agreements[record][0].set_aside == 1);
  CHECK(report.of_agreements[record][2].set_aside == 1);
  const std::vector<render::FactsRead> facts = facts_read(program.agreement, together.loaded, 0, set_aside_of_nobody(report));
  CHECK(facts[0].rows == 6);
  CHECK(facts[0].set_aside == 5);
  CHECK(facts[0].of_nobody == 4);
}

TEST_CASE("what a file of agreements may not hold is told with its place") {
  CHECK(refused("customer,fee\nalder,120.00\nbirch,GBP 99.99\n") == "accepted");
  CHECK(refused("fee,customer\n120.00,alder\n", "customer") == "accepted");
  CHECK(refused("customer\nalder\n", "", "fee=20") == "accepted");
  CHECK(refused("customer,fee,msot\nalder,120.00,1\n") == "a.csv:1, column 3 (msot): R0117: the agreement has no parameter `msot`; did you mean `most`?\n");
  CHECK(refused("customer,fee,fee\nalder,120.00,1\n") == "a.csv:1, column 3 (fee): R0106: the header cannot be read: two of its columns have the same name\n");
  CHECK(refused("fee,customer\n120.00,alder\n", "custmer") == "a.csv:1: R0107: there is no column `custmer`; did you mean `customer`?\n");
  CHECK(refused("customer,fee\nalder,much\nbirch,\ncedar,9\n") ==
        "a.csv:2, column 2 (fee): R0118: `much` cannot be the value of `fee`: it is no money GBP in GBP 10.00..GBP 9000.00\n"
        "a.csv:3, column 2 (fee): R0118: `` cannot be the value of `fee`: it is empty\n"
        "a.csv:4, column 2 (fee): R0118: `9` cannot be the value of `fee`: it is outside the range of money GBP in GBP 10.00..GBP 9000.00\n");
  CHECK(refused("customer,fee\nalder,20\n,20\nalder,20\n\xFF,20\n") ==
        "a.csv:3, column 1 (customer): R0119: `` cannot be the key of an agreement: it is empty\n"
        "a.csv:4, column 1 (customer): R0119: `alder` cannot be the key of an agreement: it was already there, in line 2\n"
        "a.csv:5, column 1 (customer): R0119: `\xFF` cannot be the key of an agreement: it is not UTF-8\n");
  CHECK(refused("customer,fee\n,20\nalder,x\n") ==
        "a.csv:2, column 1 (customer): R0119: `` cannot be the key of an agreement: it is empty\n"
        "a.csv:3, column 2 (fee): R0118: `x` cannot be the value of `fee`: it is no money GBP in GBP 10.00..GBP 9000.00\n");
  CHECK(refused("customer,fee\nalder,20,1\n") == "a.csv:2: R0001: this row has 3 fields, the header has 2\n");
  CHECK(refused("customer,fee\n") == "a.csv: R0120: the file has no row, so there is no agreement to evaluate\n");
  CHECK(refused("") == "a.csv: R0105: the file is empty: its first line must name its columns\n");
  CHECK(refused("customer,most\nalder,1\n") == "the parameter `fee` has no value; give one with `--set fee=...` or with a column of \n");
  CHECK(refused("customer,fee\nalder,20\n", "", "fee=30") == "`--set fee=30`: `fee` has a column in \n");
}

}  // namespace writ::driver::test
