// Agreements with any number of rules, orders for them, and the same look-up by hand.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/columns.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::bench {

// One rule with a case for every product, or a rule for every product.
enum class Shape { table, rules };

// As a person who keeps a list of discounts writes it.
std::string growth_text(Shape shape, uint32_t rules);

struct Orders {
  Shape shape = Shape::table;
  uint32_t rules = 0;
  std::vector<int64_t> placed;
  std::vector<int32_t> product, quantity;
  std::vector<std::vector<int32_t>> discount;  // taken, by rule
  std::vector<int32_t> by_hand;                // of the product's rule
  evaluate::BatchView view;
  std::vector<evaluate::OutputColumn> outputs;
  evaluate::Inputs inputs;
};
// The views point into it.
Orders make_orders(Shape shape, uint32_t rules, const ir::Agreement& agreement);

void look_up(Orders& orders);
bool all_equal(const Orders& orders);

}  // namespace writ::bench
