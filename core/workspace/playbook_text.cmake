# Writes the playbooks as a C++ constant: cmake -DFILE=.. -DOUT=.. -P playbook_text.cmake
file(READ ${FILE} text)
set(content "// Made from resources/playbooks by the build.\n#include \"core/workspace/playbook_view.h\"\n
namespace counterfoil::workspace {\n\nstd::string_view playbookText()\n{\n    return R\"playbook(${text})playbook\";\n}\n
} // namespace counterfoil::workspace\n")
file(CONFIGURE OUTPUT ${OUT} CONTENT "${content}" @ONLY)
