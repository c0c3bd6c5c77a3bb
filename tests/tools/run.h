#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace tabularium::testing {

/// What a run of the program left behind.
struct Finished {
  int status = -1;  ///< exit status; -1: it did not end by itself
  std::string out;
  std::string err;
};

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder of the running test's own: more than one build tree may run the tests.
inline std::filesystem::path test_folder() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) /
      ("tabularium_program_" + std::to_string(::getpid()) + "_" + test->name());
  return folder;
}

/// Runs the built program with `arguments`, words for the shell, in `folder`.
inline Finished run_program(const std::filesystem::path& folder, const std::string& arguments) {
  const auto out = folder / ".stdout";
  const auto err = folder / ".stderr";
  const std::string command = "cd '" + folder.string() + "' && '" TABULARIUM_PROGRAM "' " +
                              arguments + " >'" + out.string() + "' 2>'" + err.string() +
                              "' </dev/null";
  const int status = std::system(command.c_str());
  Finished finished{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
  std::filesystem::remove(out);
  std::filesystem::remove(err);
  return finished;
}

}  // namespace tabularium::testing
