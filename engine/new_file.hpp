// A database file on its way: made beside its place, under a name of its own, and put there only when it is
// whole, so that a process that dies leaves nothing that could be taken for a database.
#pragma once

#include <string>

namespace cauce::engine {

class NewFile {
 public:
  /// FileUnusable if there is a file at `place` already. What a process that died left beside it is removed.
  explicit NewFile(std::string place);
  /// Removes what was not kept.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::string& path() const { return path_; }  ///< where to make it
  /// Puts it in its place; nobody has it open any more. FileUnusable if somebody else put a file there
  /// meanwhile.
  void keep();

 private:
  void remove() const;

  std::string place_;
  std::string path_;
};

}  // namespace cauce::engine
