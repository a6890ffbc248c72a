// The levels of the architecture, checked against every #include line.
#include "repository/layers.h"

#include <doctest/doctest.h>

#include "repository/tree.h"

namespace writ::repository {

TEST_CASE("every include respects the levels") {
  const Layers layers = read_layers(read("tests/repository/layers.txt"));
  CHECK_MESSAGE(layers.mistakes.empty(), joined(layers.mistakes));
  std::vector<std::string> problems;
  size_t looked_at = 0;
  for (const char* place : {"compiler", "runtime", "tests"}) {
    for (const std::string& path : files_below(place, {".h", ".cpp", ".c"})) {
      ++looked_at;
      for (std::string& problem : layer_problems(layers, path, read(path), exists)) problems.push_back(std::move(problem));
    }
  }
  CHECK(looked_at > 10);
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("every folder with sources has a row") {
  const Layers layers = read_layers(read("tests/repository/layers.txt"));
  for (const char* place : {"compiler", "runtime"}) {
    for (const std::string& path : files_below(place, {".h", ".cpp"})) {
      const std::string folder = path.substr(0, path.find('/', path.find('/') + 1));
      CHECK_MESSAGE(layers.may.contains(folder), path << " lies in a folder without a row in layers.txt");
    }
  }
}

static bool pretend(std::string_view path) {
  return path == "compiler/parse/parse.h" || path == "compiler/parse/build.h" || path == "compiler/ast/ast.h" || path == "runtime/include/writ/abi.h";
}

TEST_CASE("what the check finds") {
  const Layers layers = read_layers(
      "may runtime/include:\n"
      "may compiler/ast:\n"
      "may compiler/parse: compiler/ast\n"
      "may compiler/driver: compiler/parse/parse.h runtime/include\n"
      "only llvm: compiler/emit\n");
  REQUIRE(layers.mistakes.empty());
  auto problems = [&](const char* path, const char* text) { return layer_problems(layers, path, text, pretend).size(); };
  CHECK(problems("compiler/parse/parse.cpp", "#include \"ast/ast.h\"\n#include \"parse/build.h\"\n#include <vector>\n") == 0);
  CHECK(problems("compiler/ast/print.cpp", "#include \"parse/parse.h\"\n") == 1);
  CHECK(problems("compiler/driver/main.cpp", "#include \"parse/parse.h\"\n#include <writ/abi.h>\n") == 0);
  CHECK(problems("compiler/driver/main.cpp", "#include \"parse/build.h\"\n") == 1);
  CHECK(problems("compiler/parse/parse.cpp", "#  include <llvm/IR/Module.h>\n") == 1);
  CHECK(problems("compiler/emit/emit.cpp", "#include <llvm/IR/Module.h>\n") == 0);
  CHECK(problems("compiler/ast/print.cpp", "#include \"gone.h\"\n") == 1);
  CHECK(problems("runtime/include/writ/abi.h", "#include \"ast/ast.h\"\n") == 1);
  CHECK(read_layers("may a/b: c/d\n").mistakes.size() == 1);
  CHECK(read_layers("perhaps a/b:\n").mistakes.size() == 1);
}

}  // namespace writ::repository
