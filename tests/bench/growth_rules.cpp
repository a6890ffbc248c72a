#include "bench/growth_rules.h"

#include <algorithm>

#include "bench/compare.h"
#include "value/civil.h"

namespace writ::bench {

namespace {

constexpr int64_t year_start = 1767225600;  // 2026-01-01

// Basis points, and from which quantity on.
int32_t points_of(uint32_t product) { return static_cast<int32_t>(product * 7 % 2000 + 1); }
int32_t least_of(uint32_t product) { return static_cast<int32_t>(1 + product * 37 % 500); }

std::string two_digits(int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string case_text(const std::string& name, uint32_t product) {
  const int32_t points = points_of(product);
  return "    case " + name + " : " + std::to_string(points / 100) + "." + two_digits(points % 100) + "% when product = " + std::to_string(product) +
         " and quantity at least " + std::to_string(least_of(product)) + "\n";
}

std::string head_text(uint32_t rules) {
  return "agreement \"Discounts\"\n"
         "between Company as provider \"Northwind Support Ltd\"\n"
         "and     Client  as customer \"Contoso Retail plc\"\n"
         "effective  2026-01-01\n"
         "term       12 months\n"
         "currency   EUR\n"
         "time zone  \"UTC\"\n"
         "round      half up, to the minor unit\n\n"
         "record Order since placed {\n"
         "  placed   : instant\n"
         "  product  : 0.." +
         std::to_string(rules - 1) +
         "\n"
         "  quantity : 0..1000\n"
         "}\n\n"
         "clause 1 \"Discounts\" {\n";
}

evaluate::ColumnView view_over(const void* values, uint32_t width) {
  evaluate::ColumnView view;
  view.values = values;
  view.width = width;
  return view;
}

}  // namespace

std::string growth_text(Shape shape, uint32_t rules) {
  std::string text = head_text(rules);
  if (shape == Shape::table) text += "  rule discount per Order {\n    base 0.00%\n";
  for (uint32_t product = 0; product < rules; ++product) {
    const std::string number = std::to_string(product);
    if (shape == Shape::table) {
      text += case_text("product" + number, product);
    } else {
      text += "  rule discount" + number + " per Order {\n    base 0.00%\n" + case_text("bulk", product) + "  }\n";
    }
  }
  return text + (shape == Shape::table ? "  }\n}\n" : "}\n");
}

Orders make_orders(Shape shape, uint32_t rules, const ir::Agreement& agreement) {
  Orders orders;
  orders.shape = shape;
  orders.rules = rules;
  const uint32_t columns = shape == Shape::table ? 1 : rules;
  const uint32_t rows = std::max(64u, (1u << 21) / columns / 64 * 64) / (shape == Shape::table ? 32 : 1);
  uint64_t state = 1;
  for (uint32_t i = 0; i < rows; ++i) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    orders.placed.push_back((year_start + int64_t{i} * 300 % 31000000) * value::us_per_second);
    orders.product.push_back(static_cast<int32_t>((state >> 33) % rules));
    orders.quantity.push_back(static_cast<int32_t>((state >> 20) % 1001));
  }
  orders.by_hand.resize(rows);
  orders.discount.assign(columns, std::vector<int32_t>(rows));
  orders.view.rows = rows;
  orders.view.columns = {view_over(orders.placed.data(), 8), view_over(orders.product.data(), 4), view_over(orders.quantity.data(), 4)};
  for (uint32_t c = 0; c < columns; ++c) {
    const std::string name = shape == Shape::table ? "discount" : "discount" + std::to_string(c);
    orders.outputs.push_back({find_definition(agreement, name), 4, orders.discount[c].data(), nullptr});
  }
  orders.inputs.as_of = (year_start + int64_t{366} * 86400) * value::us_per_second;
  return orders;
}

void look_up(Orders& orders) {
  struct Row {
    int32_t least, points;
  };
  const std::vector<Row> table = [&] {
    std::vector<Row> all;
    for (uint32_t product = 0; product < orders.rules; ++product) all.push_back({least_of(product), points_of(product)});
    return all;
  }();
  for (uint32_t i = 0; i < orders.view.rows; ++i) {
    const Row& row = table[static_cast<size_t>(orders.product[i])];
    orders.by_hand[i] = orders.quantity[i] >= row.least ? row.points : 0;
  }
}

bool all_equal(const Orders& orders) {
  for (size_t c = 0; c < orders.discount.size(); ++c) {
    for (uint32_t i = 0; i < orders.view.rows; ++i) {
      const bool its = orders.shape == Shape::table || orders.product[i] == static_cast<int32_t>(c);
      if (orders.discount[c][i] != (its ? orders.by_hand[i] : 0)) return false;
    }
  }
  return true;
}

}  // namespace writ::bench
