// A program without its code as a byte image, as an artefact carries it.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "evaluate/program.h"

namespace writ::evaluate {

std::vector<std::byte> save_program(const Program& program);
// False, with the reason, for anything that save_program of this version did not write. Leaves `code` as it is.
bool load_program(std::span<const std::byte> image, Program& program, std::string& error);

}  // namespace writ::evaluate
