# Writes the default adapter files as C++ constants: cmake -DFOLDER=.. -DOUT=.. -P adapter_text.cmake
set(functions "")
foreach(name Shopify Sparklayer Returngo)
    string(TOLOWER ${name} file)
    file(READ ${FOLDER}/${file}.json text)
    string(APPEND functions "std::string_view default${name}Adapter()\n{\n    return R\"adapter(${text})adapter\";\n}\n\n")
endforeach()
set(content "// Made from resources/adapters by the build.\n#include \"core/decode/adapter.h\"\n
namespace counterfoil::decode {\n\n${functions}} // namespace counterfoil::decode\n")
file(CONFIGURE OUTPUT ${OUT} CONTENT "${content}" @ONLY)
