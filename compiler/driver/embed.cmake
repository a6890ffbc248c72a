# Writes a C++ file that holds the given text files, so that the program needs none of them where it runs.
#   cmake -DOUT=file.cpp -DFUNCTION=standard_library -DROOT=dir -DPREFIX=std. "-DFILES=a|b" -DLABEL=stdlib -P embed.cmake
string(REPLACE "|" ";" FILES "${FILES}")
set(entries "")
foreach(file ${FILES})
  file(READ ${ROOT}/${file} text)
  string(REGEX REPLACE "\\.[a-z]+$" "" name ${file})
  string(REPLACE "/" "." name ${name})
  string(APPEND entries "    {\"${PREFIX}${name}\", \"${LABEL}/${file}\", R\"~writ~(${text})~writ~\"},\n")
endforeach()
file(WRITE ${OUT}.new "#include \"driver/standard_library.h\"\n\nnamespace writ::driver {\n\nstd::span<const EmbeddedFile> ${FUNCTION}() {\n  static constexpr EmbeddedFile files[] = {\n${entries}    {\"\", \"\", \"\"},\n  };\n  return {files, std::size(files) - 1};\n}\n\n}  // namespace writ::driver\n")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
