// A database file on its way: made beside its place, under a name of its own, and put there only when it is
// whole, so that a process that dies leaves nothing that could be taken for a database.
#pragma once

#include <string>

namespace cauce::engine {

class NewFile {
 public:
  /// FileUnusable if there is a file at `place` already, or if another process is making it now. What a
  /// process that died left beside it is removed.
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

  /// Locked as long as the file is made: the system lets go of it if the process dies.
  class Turn {
   public:
    explicit Turn(const std::string& place);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    std::string path_;
    int descriptor_ = -1;
  };

  std::string place_;
  std::string path_;
  Turn turn_;
};

}  // namespace cauce::engine
