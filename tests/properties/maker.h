// The parts of random_agreement. Private to the generator.
#pragma once
#include <optional>

#include "ir/build.h"
#include "properties/dice.h"

namespace writ::properties {

inline const ir::Span nowhere{};

// The agreement so far, and what of it can be referred to.
struct Maker {
  ir::Agreement a;
  Dice dice;
  ir::EnumId colour, status;
  std::vector<ir::RecordId> records;
  int names = 0;

  std::string name(const char* stem) { return stem + std::to_string(names++); }
};

// Where an expression stands: what it may read.
struct Site {
  ir::Grain grain;
  int pass = 0;
  std::vector<ir::DefinitionId> own;        // definitions of the same grain, made before
  std::vector<ir::DefinitionId> agreement;  // of the agreement
  std::vector<ir::DefinitionId> periods;    // per period, for at_period
  std::vector<ir::DefinitionId> folded;     // per period, for over_periods
  bool totals = false;                      // aggregates may be read: grain period or agreement
};

// Header, parties, enums, calendars, parameters, record types.
void make_skeleton(Maker&);

// Expressions that are never absent, of one kind. `depth` bounds the nesting.
ir::ExprId any_truth(Maker&, const Site&, int depth);
ir::ExprId any_number(Maker&, const Site&, int depth);
ir::ExprId any_count(Maker&, const Site&, int depth);  // a whole number, mostly small
ir::ExprId any_ratio(Maker&, const Site&, int depth);
ir::ExprId any_money(Maker&, const Site&, int depth);
ir::ExprId any_date(Maker&, const Site&, int depth);
ir::ExprId any_instant(Maker&, const Site&, int depth);
ir::ExprId any_duration(Maker&, const Site&, int depth);
ir::ExprId any_colour(Maker&, const Site&, int depth);
// An instant that may be not yet.
ir::ExprId any_event(Maker&, const Site&, int depth);
// A condition over history rows; invalid where the record has none.
ir::ExprId any_pause(Maker&, const Site&);
ir::ExprId any_aggregate(Maker&, const Site&, bool numbers_only);
ir::ExprId any_of_kind(Maker&, const Site&, ir::Kind, int depth);

// What stands ready to be read: fields, definitions and parameters of a kind. One of them, or nothing when there is none.
struct Leaf {
  ir::Op op = ir::Op::param;
  uint32_t index = 0;
  ir::Fold fold = ir::Fold::sum;
};
std::vector<Leaf> leaves(Maker&, const Site&, ir::Kind);
ir::ExprId make_leaf(Maker&, const Site&, const Leaf&);
std::optional<ir::ExprId> any_leaf(Maker&, const Site&, ir::Kind);
// The leaf where it is never absent; else what stands in its place when it is.
ir::ExprId present(Maker&, ir::ExprId leaf);
ir::ExprId any_constant(Maker&, ir::Kind);
int64_t any_moment(Maker&);

// Adds a definition of that kind: a base, or cases that override each other, or both, or a gap.
ir::DefinitionId add_random_definition(Maker&, const Site&, ir::Kind, const char* stem);
// Cases of a decision table; none where nothing is there to give.
void add_table_cases(Maker&, const Site&, ir::Kind, ir::Definition& made);
ir::DefinitionId add_plain_definition(Maker&, const ir::Grain&, int pass, ir::ExprId base, std::string name);

// Constructs. Commitments stand among the definitions of their record; the rest at coarser grain.
void add_commitment(Maker&, Site&);
void add_commitment_counts(Maker&);
void add_benchmark(Maker&, Site&);
void add_credit(Maker&, Site&);
void add_right(Maker&, const Site&);

}  // namespace writ::properties
