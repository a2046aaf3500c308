# What every target of this project shares: flags, and the two functions that make a library and a test.

find_package(tl-expected REQUIRED)
find_package(fmt REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(uuid REQUIRED IMPORTED_TARGET uuid)
if(COUNTERFOIL_QT)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql Gui Widgets Svg HttpServer Test LinguistTools)
    pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
    find_package(Qt6Keychain REQUIRED)
    find_package(CLI11 REQUIRED)
endif()
if(COUNTERFOIL_TESTS)
    find_package(GTest REQUIRED)
endif()

add_library(counterfoil_options INTERFACE)
target_compile_features(counterfoil_options INTERFACE cxx_std_20)
target_include_directories(counterfoil_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(counterfoil_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual $<$<BOOL:${COUNTERFOIL_WERROR}>:-Werror>)
# g++ 12 at -O2 warns about branches of an inlined std::string or fmt buffer that cannot be taken (a long literal seen as if it
# lay in the short-string buffer). The address sanitizer's lane is what finds a real one.
target_compile_options(counterfoil_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow -Wno-stringop-overread
    -Wno-array-bounds -Wno-dangling-pointer -Wno-maybe-uninitialized -Wno-restrict>)
if(COUNTERFOIL_PCH)
    # Without it the compiler cache stores nothing that was built with a precompiled header.
    target_compile_options(counterfoil_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
if(COUNTERFOIL_SANITIZE STREQUAL "address")
    target_compile_options(counterfoil_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
        -fno-omit-frame-pointer)
    target_link_options(counterfoil_options INTERFACE -fsanitize=address,undefined)
elseif(COUNTERFOIL_SANITIZE STREQUAL "thread")
    target_compile_options(counterfoil_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(counterfoil_options INTERFACE -fsanitize=thread)
elseif(COUNTERFOIL_SANITIZE)
    message(FATAL_ERROR "COUNTERFOIL_SANITIZE is '${COUNTERFOIL_SANITIZE}'; it takes address or thread")
endif()

add_library(counterfoil_qt_options INTERFACE)
target_link_libraries(counterfoil_qt_options INTERFACE counterfoil_options)
if(COUNTERFOIL_QT)
    target_link_libraries(counterfoil_qt_options INTERFACE Qt6::Core)
    target_compile_definitions(counterfoil_qt_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
        QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
        QT_NO_CONTEXTLESS_CONNECT QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
endif()

# counterfoil_library(<name> [QT] SOURCES ... [PUBLIC ...] [PRIVATE ...]): one static library a folder.
# PUBLIC names what our headers name, PRIVATE the rest.
function(counterfoil_library name)
    cmake_parse_arguments(ARG "QT" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(counterfoil_${name} STATIC ${ARG_SOURCES})
    add_library(counterfoil::${name} ALIAS counterfoil_${name})
    if(ARG_QT)
        # moc of Qt 6.4.2 fails on <compare> and <concepts> unless this macro is empty.
        set_target_properties(counterfoil_${name} PROPERTIES AUTOMOC ON AUTORCC ON
            AUTOMOC_MOC_OPTIONS "-D_GLIBCXX_VISIBILITY=")
        target_link_libraries(counterfoil_${name} PUBLIC counterfoil_qt_options)
        if(COUNTERFOIL_PCH)
            target_precompile_headers(counterfoil_${name} PRIVATE
                $<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/qt_pch.h>)
        endif()
    else()
        target_link_libraries(counterfoil_${name} PUBLIC counterfoil_options)
        if(COUNTERFOIL_PCH)
            target_precompile_headers(counterfoil_${name} PRIVATE
                $<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/std_pch.h>)
        endif()
    endif()
    target_link_libraries(counterfoil_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# counterfoil_program(<name> SOURCES ... LIBS ...): a program in build/bin.
function(counterfoil_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTORCC ON AUTOMOC_MOC_OPTIONS "-D_GLIBCXX_VISIBILITY=")
    target_link_libraries(${name} PRIVATE counterfoil_qt_options ${ARG_LIBS})
endfunction()

# counterfoil_test(<name> [QT] SUITE <label> SOURCES ... LIBS ... [ENV ...]): one GoogleTest program, one ctest entry.
# The label is the suite whose time `./dev test` prints beside its budget (design.md 13):
# unit, property, arch, sandbox, conformance, simulation, crash, transport, corpus, window.
function(counterfoil_test name)
    cmake_parse_arguments(ARG "QT;OWN_MAIN" "SUITE;TIMEOUT" "SOURCES;LIBS;ENV" ${ARGN})
    if(NOT ARG_SUITE)
        message(FATAL_ERROR "counterfoil_test(${name}) names no SUITE")
    endif()
    add_executable(${name} ${ARG_SOURCES})
    if(ARG_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "-D_GLIBCXX_VISIBILITY=")
        target_link_libraries(${name} PRIVATE counterfoil_qt_options)
    endif()
    target_link_libraries(${name} PRIVATE counterfoil_options ${ARG_LIBS} GTest::gtest GTest::gmock)
    if(NOT ARG_OWN_MAIN)
        target_link_libraries(${name} PRIVATE GTest::gtest_main)
    endif()
    target_compile_definitions(${name} PRIVATE COUNTERFOIL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
        COUNTERFOIL_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS ${ARG_SUITE} TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${ARG_ENV}")
endfunction()
