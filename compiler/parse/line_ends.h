// What single words say about layout: where a line goes on, and where a block begins.
#pragma once
#include <cstddef>

namespace writ::parse {

// A line that ends with this word goes on in the next.
bool goes_on_after(size_t type);
// A line that starts with this word goes on with the one above. `next` is the type of the second word.
bool goes_on_with(size_t type, size_t next);
// Does a line that begins with this word start a statement with a block? `next` is the type of the second word.
bool begins_block(size_t type, size_t next);
// Words that make an expression one level deeper.
bool is_operator(size_t type);

}  // namespace writ::parse
