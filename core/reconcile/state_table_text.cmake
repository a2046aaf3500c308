# Writes the table of states as a C++ constant: cmake -DFILE=.. -DOUT=.. -P state_table_text.cmake
file(READ ${FILE} text)
set(content "// Made from resources/states by the build.\n#include \"core/reconcile/state_table.h\"\n
namespace counterfoil::reconcile {\n\nstd::string_view stateTableText()\n{\n    return R\"states(${text})states\";\n}\n
} // namespace counterfoil::reconcile\n")
file(CONFIGURE OUTPUT ${OUT} CONTENT "${content}" @ONLY)
