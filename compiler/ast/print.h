// A tree as text: as Writ source again, and as an outline that shows every part of every node.
#pragma once
#include <string>

#include "ast/ast.h"

namespace writ::ast {

// The source in one settled form. Reading it again gives the same tree (spans and comments aside), if the tree has no BadExpr and no Unread;
// these are printed as comments.
std::string print(const File& file);

// The outline: a line for each part that was written, expressions in prefix form. Stable; spans are left out. Equal trees have equal outlines.
std::string tree(const File& file);

// One expression as source, as `print` would write it.
std::string print(const File& file, ExprId expr);

}  // namespace writ::ast
