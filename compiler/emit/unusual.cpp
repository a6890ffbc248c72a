// Rows that the code of a stage is not for, noted over the groups of a block: 0 when there were none.
//
// A processor with mask registers keeps the masks themselves, one bit a row. Without them a mask is a vector as wide as what was compared,
// and what would narrow it to bits costs more than the comparison. So vectors are kept as they are: nobody asks which row it was.
#include "emit/function.h"

namespace writ::emit {

namespace {

bool keeps_bits(const Function& f) { return f.vectors.mask_registers || f.width < 8; }

unsigned lanes_in(llvm::Value* vector) {
  const auto* type = llvm::dyn_cast<llvm::FixedVectorType>(vector->getType());
  return type == nullptr ? 1 : type->getNumElements();
}

llvm::Value* bits_of_mask(Function& f, llvm::Value* mask) {
  return f.ir.CreateZExtOrTrunc(f.ir.CreateBitCast(mask, f.ir.getIntNTy(lanes_in(mask))), f.ir.getInt64Ty());
}

// The lanes that were compared for a mask, as far as one sees.
unsigned compared_bits(llvm::Value* mask) {
  if (const auto* compared = llvm::dyn_cast<llvm::ICmpInst>(mask)) return std::max(8u, compared->getOperand(0)->getType()->getScalarSizeInBits());
  return 8;
}

// Halves of a vector put together until it is no longer than a vector of a byte a row.
llvm::Value* folded(Function& f, llvm::Value* vector) {
  const unsigned bits = vector->getType()->getScalarSizeInBits();
  for (unsigned n = lanes_in(vector); n * bits > f.width * 8; n /= 2) {
    vector = f.ir.CreateOr(part_of(f, vector, 0, n / 2), part_of(f, vector, n / 2, n / 2));
  }
  return vector;
}

}  // namespace

llvm::Type* unusual_type(Function& f) { return keeps_bits(f) ? f.ir.getInt64Ty() : integers(f, 8); }

void fold_unusual(Function& f) {
  for (llvm::Value* noted : f.unusual) {
    llvm::Value* here = nullptr;
    const bool mask = noted->getType()->getScalarSizeInBits() == 1;
    if (keeps_bits(f)) {
      here = bits_of_mask(f, mask ? noted : as_truth(f, noted));
    } else {
      if (mask) noted = f.ir.CreateSExt(noted, llvm::FixedVectorType::get(f.ir.getIntNTy(compared_bits(noted)), lanes_in(noted)));
      here = f.ir.CreateBitCast(folded(f, noted), integers(f, 8));
    }
    f.unusual_so_far = f.ir.CreateOr(f.unusual_so_far, here);
  }
  f.unusual.clear();
}

llvm::Value* unusual_word(Function& f, llvm::Value* all_groups) { return keeps_bits(f) ? all_groups : bits_of_mask(f, as_truth(f, all_groups)); }

}  // namespace writ::emit
