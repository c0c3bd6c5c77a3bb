#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tabularium {

/// Shuts the calling process in, for good, with all threads that it starts later: it may read files
/// as before, but write none outside `writable` and /dev/null, open no network, start no program
/// and reach no other process. Gives what this kernel could not shut, one sentence each; empty
/// where all of it could. Call it before any thread is started.
///
/// Landlock (kernel 5.13) guards the files, seccomp (3.5) the rest; both need no privilege.
std::vector<std::string> enter_sandbox(const std::filesystem::path& writable);

/// Bounds what the process may take: `memory_bytes` of address space (0: any), files of at most
/// 256 MiB, no core dumps. A program built with AddressSanitizer keeps its address space.
void limit_resources(std::int64_t memory_bytes);

/// The kernel kills this process when the one that started it, `parent`, ends, however it ends.
/// False: it has ended already.
bool die_with(int parent);

/// Closes every open file above `last`.
void close_files_above(int last);

}  // namespace tabularium
