// A host in C++ that has Arrow's structures from elsewhere, compiles an agreement's text, and evaluates it on several threads.
#include "own_arrow.h"
// After them:
#include <writ/agreement.h>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ticket_table.h"

namespace {

const char text[] = R"(agreement "Desk of the tests"
between Desk   as provider "Bright Desk Ltd"
and     Garden as customer "Green Garden plc"
effective  2026-01-01
term       12 months
currency   GBP
time zone  "UTC"
record Ticket since opened {
  opened   : instant
  answered : instant or not yet
  priority : text
  fee      : money
}
clause 1 "Answers" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 2 hours
  }
  rule total per agreement = sum(fee over Ticket where missed Answer)
}
)";

struct FreeAgreement {
  void operator()(writ_agreement* agreement) const { writ_agreement_free(agreement); }
};

bool run(const writ_agreement* agreement) {
  const auto tickets = std::make_unique<ticket_table>();
  fill_ticket_table(tickets.get());
  writ_table table{};
  table.size = sizeof table;
  table.name = "Ticket";
  table.schema = &tickets->schema;
  table.array = &tickets->array;
  writ_run_options options{};
  options.size = sizeof options;
  options.as_of = "2026-04-01";
  options.threads = 1;
  writ_outcome* outcome = nullptr;
  char* error = nullptr;
  if (writ_agreement_run(agreement, &options, &table, 1, &outcome, &error) != WRIT_OK) {
    std::fprintf(stderr, "%s\n", error);
    writ_text_free(error);
    return false;
  }
  ArrowArrayStream stream{};
  ArrowArray values{};
  const bool table_out = writ_outcome_table(outcome, WRIT_TABLE_AGREEMENT, nullptr, &stream) == WRIT_OK && stream.get_next(&stream, &values) == 0;
  writ_outcome_free(outcome);
  if (!table_out) return false;
  // Decimals of 128 bits with two digits: 200.00 + 300.00 + 123.45.
  bool found = false;
  for (int64_t i = 0; i < values.n_children; ++i) {
    const ArrowArray& column = *values.children[i];
    found = found || (column.n_buffers == 2 && column.length == 1 && static_cast<const int64_t*>(column.buffers[1])[0] == 62345);
  }
  values.release(&values);
  stream.release(&stream);
  return found && tickets->released == 2;
}

}  // namespace

int main() {
  writ_source source{};
  source.size = sizeof source;
  source.text = text;
  writ_agreement* made = nullptr;
  char* diagnostics = nullptr;
  const writ_status status = writ_agreement_new(&source, &made, &diagnostics);
  const std::unique_ptr<writ_agreement, FreeAgreement> agreement(made);
  if (status != WRIT_OK) std::fprintf(stderr, "%s\n", diagnostics);
  writ_text_free(diagnostics);
  if (status != WRIT_OK) return 1;
  std::vector<char> good(4, 0);
  std::vector<std::thread> threads;
  for (char& each : good) threads.emplace_back([&] { each = run(agreement.get()) ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  for (const char each : good)
    if (each == 0) return 1;
  std::puts("compile in C++: done");
  return 0;
}
