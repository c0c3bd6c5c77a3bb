#pragma once

#include <cstdlib>
#include <string>

#include "support.h"
#include "tabularium/pipeline/worker_pool.h"

namespace tabularium::testing {

inline const std::string kForm = "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 60 amount=12.50\n";

/// Files of scripts, and a pool's settings with which this very program is the worker: see `main`
/// in worker_pool_test.cpp.
class PoolTest : public ::testing::Test {
 protected:
  PoolTest() {
    std::filesystem::create_directory(folder_ / "models");
    write_file(folder_ / "models" / "note.toml", kNoteModel);
    write_file(folder_ / "models" / "small.toml", kSmallVocabulary);
    ::setenv("TABULARIUM_MODELS", (folder_ / "models").c_str(), 1);
    settings_.command = {"/proc/self/exe", "worker", "{parent}", "{temporary}", "0"};
  }

  std::string file(const std::string& name, const std::string& text) {
    return write_file(folder_ / name.c_str(), text).string();
  }

  FreshFolder folder_;
  PoolSettings settings_;
};

}  // namespace tabularium::testing
