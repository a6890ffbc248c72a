# Run while building, over the generated parser in FOLDER: its tables are built when the first text is read (WritParser::prepare), not when the
# program starts, which it does for many a command that reads none.
function(change file found instead)
  file(READ ${FOLDER}/${file} text)
  string(FIND "${text}" "${found}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "${file} has no `${found}`: the generator writes something else than it did")
  endif()
  string(REPLACE "${found}" "${instead}" text "${text}")
  file(WRITE ${FOLDER}/${file} "${text}")
endfunction()

change(WritParser.h "static Initializer _init;" "public: static void prepare();")
change(WritParser.cpp "WritParser::Initializer WritParser::_init;" "void WritParser::prepare() { static const Initializer once; }")
