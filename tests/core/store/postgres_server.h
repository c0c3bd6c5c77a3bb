#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace tabularium::testing {

/// A PostgreSQL server of the test's own, in a temporary folder, reached through a socket there;
/// it ends with the object. Debian's package postgresql-15 has the programs.
class PostgresServer {
 public:
  PostgresServer() {
    for (const char* version : {"15", "16", "17"}) {
      const std::filesystem::path folder =
          std::filesystem::path("/usr/lib/postgresql") / version / "bin";
      if (programs_.empty() && std::filesystem::exists(folder / "initdb")) programs_ = folder;
    }
    if (programs_.empty()) return;
    std::string pattern = "/tmp/tabularium_postgres_XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    // The server refuses to run as root; the package brings a user for it.
    if (::geteuid() == 0) {
      user_ = "runuser -u postgres -- ";
      if (std::system(("chown postgres '" + folder_.string() + "'").c_str()) != 0) return;
    }
    running_ = run("initdb -D '" + data() + "' -A trust -U tester --no-sync -E UTF8 --locale=C") &&
               run("pg_ctl -D '" + data() + "' -w -l '" + data() + "/log' -o \"-k '" +
                   folder_.string() + "' -c listen_addresses='' -c fsync=off\" start");
  }
  ~PostgresServer() {
    if (running_) run("pg_ctl -D '" + data() + "' -m immediate stop");
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool is_installed() const { return !programs_.empty(); }
  bool is_running() const { return running_; }

  /// The address of the database `name`.
  std::string address(const std::string& name) const {
    return "postgresql://tester@/" + name + "?host=" + folder_.string();
  }
  /// Makes an empty database; one of that name goes.
  std::string fresh_database(const std::string& name) {
    const std::string server = " -h '" + folder_.string() + "' -U tester ";
    run("dropdb --if-exists -f" + server + name);
    EXPECT_TRUE(run("createdb -T template0 -E UTF8" + server + name));
    return address(name);
  }
  /// Ends the server as a crash does, and starts it again.
  bool crash() {
    return run("pg_ctl -D '" + data() + "' -m immediate -w stop") &&
           run("pg_ctl -D '" + data() + "' -w -l '" + data() + "/log' -o \"-k '" +
               folder_.string() + "' -c listen_addresses='' -c fsync=off\" start");
  }

 private:
  std::string data() const { return (folder_ / "data").string(); }
  bool run(const std::string& command) const {
    const std::string line = "cd / && " + user_ + programs_.string() + "/" + command +
                             " </dev/null >/dev/null 2>'" + folder_.string() + "/.said'";
    const bool well = std::system(line.c_str()) == 0;
    if (!well && command.find("dropdb") == std::string::npos) {
      std::ifstream said(folder_ / ".said");
      std::cerr << command << ": " << std::string(std::istreambuf_iterator<char>(said), {});
    }
    return well;
  }

  std::filesystem::path programs_;
  std::filesystem::path folder_;
  std::string user_;
  bool running_ = false;
};

}  // namespace tabularium::testing
