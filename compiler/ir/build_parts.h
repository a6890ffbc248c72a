// What the makers of nodes share among themselves. Private to this folder's build_*.cpp.
#pragma once
#include <initializer_list>

#include "ir/build.h"

namespace writ::ir {

Type without_range(Type);
Type at_scale(Type, int scale);  // a scale that is not coarser
Type certain_type(const Type&);  // of a result that is strict in an operand of this type: never absent

// Adds the node, or the constant that it certainly is.
ExprId add_node(Agreement&, Expr);
Expr node(Op, Type, std::vector<ExprId> operands, Span);
bool any_error(const Agreement&, std::initializer_list<ExprId>);
bool any_error(const Agreement&, const std::vector<ExprId>&);
bool any_unknown(const Agreement&, const std::vector<ExprId>&);

}  // namespace writ::ir
