// Images: what is read is what was written, and nothing that is cut short, changed or of another version is read at all.
#include <doctest/doctest.h>

#include "describe/describe.h"
#include "evaluate/save_program.h"
#include "explain/description.h"
#include "plan/plan.h"
#include "properties/generator.h"

namespace writ {
namespace {

evaluate::Program program_of(uint64_t seed) {
  const plan::Plan plan = plan::make_plan(properties::random_agreement(seed));
  evaluate::Program program;
  program.tables = plan.tables;
  for (const plan::RecordStages& stages : plan.records) {
    evaluate::RecordProgram& record = program.records.emplace_back();
    record.record = stages.record;
    record.pass = stages.pass;
    for (size_t form = 0; form < evaluate::form_count; ++form) {
      record.history[form] = stages.history[form].table;
      record.facts[form] = stages.facts[form].table;
    }
  }
  for (const std::vector<plan::Stage>& stages : plan.totals) {
    program.totals.emplace_back();
    for (const plan::Stage& stage : stages) program.totals.back().push_back(stage.of);
  }
  program.columns.assign(plan.tables.definitions.size(), false);
  if (!program.columns.empty()) program.columns.front() = true;
  program.reasons = program.columns;
  return program;
}

std::vector<std::byte> description_of(uint64_t seed) {
  return explain::save_description(describe::describe(properties::random_agreement(seed), source::SourceMap{}, "test"));
}

using Image = std::vector<std::byte>;
using Load = std::string (*)(std::span<const std::byte>, Image&);  // the reason, or nothing and the image of what was read

std::string load_program(std::span<const std::byte> image, Image& again) {
  evaluate::Program program;
  std::string error;
  if (evaluate::load_program(image, program, error)) again = evaluate::save_program(program);
  return error;
}

std::string load_description(std::span<const std::byte> image, Image& again) {
  explain::Description description;
  std::string error;
  if (explain::load_description(image, description, error)) again = explain::save_description(description);
  return error;
}

void check_image(const Image& image, Load load) {
  Image again;
  REQUIRE(load(image, again) == "");
  CHECK(again == image);
  for (size_t size = 0; size < image.size(); size += 1 + size / 7) {
    CHECK(load(std::span(image).first(size), again) != "");
  }
  for (size_t at = 0; at < image.size(); at += 1 + at / 11) {
    Image changed = image;
    changed[at] ^= std::byte{0x20};
    CHECK(load(changed, again) != "");
  }
  Image longer = image;
  longer.push_back(std::byte{0});
  CHECK(load(longer, again) != "");
  Image newer = image;
  newer[8] = std::byte{99};
  CHECK(load(newer, again).find("version 99") != std::string::npos);
}

TEST_CASE("images are read whole or not at all") {
  for (uint64_t seed = 1; seed < 6; ++seed) {
    CAPTURE(seed);
    check_image(evaluate::save_program(program_of(seed)), load_program);
    check_image(description_of(seed), load_description);
  }
}

TEST_CASE("calendars are built again as they were") {
  for (uint64_t seed = 1; seed < 40; ++seed) {
    const evaluate::Program program = program_of(seed);
    if (program.tables.calendars.empty()) continue;
    evaluate::Program loaded;
    std::string error;
    REQUIRE(evaluate::load_program(evaluate::save_program(program), loaded, error));
    REQUIRE(loaded.tables.calendars.size() == program.tables.calendars.size());
    const value::CalendarTable &a = program.tables.calendars.front(), &b = value::all_years(loaded.tables.calendars.front());
    CHECK(a.days.size() == b.days.size());
    CHECK(a.open_before == b.open_before);
    CHECK(a.business == b.business);
    CHECK(a.interval_of_bucket == b.interval_of_bucket);
    return;
  }
  FAIL("no agreement with a calendar");
}

TEST_CASE("an image whose parts do not belong together is refused, though its hash is right") {
  evaluate::Program program = program_of(3);
  const auto refused = [&](const char* why) {
    evaluate::Program loaded;
    std::string error;
    CHECK_MESSAGE(!evaluate::load_program(evaluate::save_program(program), loaded, error), why);
    CHECK(error.find("damaged") != std::string::npos);
    program = program_of(3);
  };
  program.records.pop_back();
  refused("a record is missing");
  program.totals.pop_back();
  refused("a pass is missing");
  program.records.front().facts[0].block_rows = 2 * evaluate::most_block_rows;
  refused("blocks are too large");
  program.tables.definitions.push_back({});
  refused("a definition too many");
}

}  // namespace
}  // namespace writ
