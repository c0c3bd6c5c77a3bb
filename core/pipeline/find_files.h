#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// A path that a search came upon.
struct FoundPath {
  std::string path;     ///< its bytes, without "." and ".." where the text alone tells
  std::string reason;   ///< why it cannot be a file to read; empty: it is a regular file
  std::string message;  ///< the same for a person, with the path as `ledger_path` gives it
  bool named = false;   ///< given by the user, not come upon in a folder
};

/// Visits all that `roots`, files and folders, hold, each path once, in the bytewise order of
/// `ledger_path`; memory grows with the largest folder, not with the number of files. What is no
/// regular file is visited with its reason and never opened:
///
/// - `not_found`: a name of the user's, or a link, that leads nowhere;
/// - `unreadable`: a folder that may not be read, links in a circle;
/// - `not_a_file`: a pipe, a socket, a device;
/// - `linked_folder`: a link to a folder, unless the user named it: it could lead in a circle.
///
/// `visit` gives false to end the search.
TABULARIUM_API void find_files(const std::vector<std::string>& roots,
                               const std::function<bool(FoundPath)>& visit);

/// What a ledger is told of the paths, in their order: size and SHA-256, or the reason why not
/// (those of `open_document` beside those of `find_files`). `threads` files are read at a time.
TABULARIUM_API std::vector<FoundFile> look_at(const std::vector<FoundPath>& paths, int threads);

}  // namespace tabularium
