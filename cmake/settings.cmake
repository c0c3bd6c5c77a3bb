# Settings that every target shares, and the folders of the build tree.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
# The build tree has the shape of the install tree, so that the program finds its plugins and
# models by one rule, relative to itself: ../lib/tabularium/plugins and ../share/tabularium.
set(TABULARIUM_PLUGIN_DIR ${CMAKE_BINARY_DIR}/lib/tabularium/plugins)
set(TABULARIUM_SHARE_DIR ${CMAKE_BINARY_DIR}/share/tabularium)
file(MAKE_DIRECTORY ${TABULARIUM_PLUGIN_DIR}/layouts ${TABULARIUM_SHARE_DIR})

# <tabularium/page/word.h> in the tree is core/page/word.h: one spelling, installed or not.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/core ${CMAKE_BINARY_DIR}/include/tabularium SYMBOLIC)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
# The standard library, fmt, CLI11 and GoogleTest are two fifths of a full build. They are precompiled where
# no ccache remembers the objects (it would take every tree's precompiled headers for others), and never under
# clang-tidy, which so finds an include that is missing.
set(pch_default ON)
if(CCACHE OR TABULARIUM_TIDY OR TABULARIUM_FUZZ)
  set(pch_default OFF)
endif()
option(TABULARIUM_PCH "Precompile the headers of the libraries" ${pch_default})
function(tabularium_precompile target)
  if(TABULARIUM_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
if(TABULARIUM_TIDY)
  set(CMAKE_CXX_CLANG_TIDY clang-tidy;--quiet)
endif()

add_library(tabularium_settings INTERFACE)
target_compile_options(tabularium_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       $<$<BOOL:${TABULARIUM_WERROR}>:-Werror>)
# GCC 12 takes `"text" + std::string` for overlapping or overrun memory (its bugs 105329 and 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(tabularium_settings INTERFACE -Wno-restrict -Wno-array-bounds
                         -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(TABULARIUM_SANITIZE)
  add_compile_options(-fsanitize=${TABULARIUM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  string(REPLACE "fuzzer-no-link" "" TABULARIUM_LINK_SANITIZE "${TABULARIUM_SANITIZE}")
  string(REGEX REPLACE ",$" "" TABULARIUM_LINK_SANITIZE "${TABULARIUM_LINK_SANITIZE}")
  add_link_options(-fsanitize=${TABULARIUM_LINK_SANITIZE})
  # AddressSanitizer reports most of what these two would, which take nearly as long to compile as all the rest.
  add_compile_options(-fno-sanitize=null,object-size)
  # A report names its function without them; its line it says where all tests are built.
  if(TABULARIUM_LIBRARIES_ONLY)
    add_compile_options(-g0)
  endif()
endif()
