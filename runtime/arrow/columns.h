// One field over the rows of a batch. Private to this folder.
#pragma once
#include <vector>

#include "arrow/reader.h"

namespace writ::arrow {

// The first trouble of each row of a batch; rows without any are fine.
struct Troubles {
  std::vector<uint8_t> has;               // by row; empty: none has
  std::vector<record::Finding> findings;  // one for each row that has some, unordered; see `place`
  std::vector<uint32_t> place;            // by row, where `has`
};
void add_trouble(Troubles& troubles, uint32_t row, uint32_t rows, const record::Finding& trouble);

// Reads a field into a view: of the array itself where its layout allows it, else of `memory`. `texts`: gives codes to texts; null: they have none.
evaluate::ColumnView read_column(Source& source, std::span<const value::Zone> zones, record::Texts* texts, uint64_t first, uint32_t rows, ColumnMemory& memory,
                                 Troubles& troubles);

}  // namespace writ::arrow
