# Writes the GraphQL documents as C++ constants: cmake -DFOLDER=.. -DNAMES=a,b -DOUT=.. -P documents.cmake
# Canonical form: no comments, every run of blanks one blank.
string(REPLACE "," ";" names "${NAMES}")
set(rows "")
foreach(name IN LISTS names)
    file(READ ${FOLDER}/${name}.graphql text)
    string(REGEX REPLACE "#[^\n]*" "" text "${text}")
    string(REGEX REPLACE "[ \t\r\n]+" " " text "${text}")
    string(STRIP "${text}" text)
    string(APPEND rows "    {\"${name}\", R\"graphql(${text})graphql\"},\n")
endforeach()
set(content "// Made from resources/graphql by the build.\n#include \"core/request/documents.h\"\n
#include <array>\n
namespace counterfoil::request {\n
namespace {\n
constexpr auto kDocuments = std::to_array<Document>({\n${rows}});\n
} // namespace\n
std::span<const Document> documents()\n{\n    return kDocuments;\n}\n
} // namespace counterfoil::request\n")
file(CONFIGURE OUTPUT ${OUT} CONTENT "${content}" @ONLY)
