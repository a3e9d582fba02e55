// A policy on disk: a file, or all `*.cauce` files directly in a folder.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"

namespace cauce::engine {

/// A file or folder that cannot be read or written: exit code 3, with words for the user.
class FileUnusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The files of the policy at `paths`, by name within a folder. FileUnusable if there is none or one cannot
/// be read.
dsl::Sources read_policy(const std::vector<std::string>& paths);

/// The bytes of a file; FileUnusable if it cannot be read.
std::string read_file(const std::string& path);
/// A file that is written piece by piece, so that no half-written one is ever seen (temporary file, fsync,
/// rename). FileUnusable if it cannot be written; then, and without put_in_place(), nothing is left of it.
class FileWriter {
 public:
  explicit FileWriter(std::string path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void append(std::string_view bytes);
  void put_in_place();

 private:
  [[noreturn]] void give_up();

  std::string path_;
  std::string temporary_;
  int number_ = -1;
  bool in_place_ = false;
};
/// Writes all of a file so.
void write_file(const std::string& path, const std::string& contents);
/// The same for a file that exists: its mode is kept, a link to it stays one, and FileUnusable is thrown too
/// where the file itself may not be written.
void replace_file(const std::string& path, const std::string& contents);

}  // namespace cauce::engine
