#include "engine/policy_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dsl/fold.hpp"
#include "dsl/parse.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view policy_extension = ".cauce";

/// What cannot be looked at is no folder: whoever then reads it is told why.
bool is_folder(const std::string& path) {
  std::error_code unseen;
  return fs::is_directory(path, unseen);
}

FileUnusable cannot(std::string_view verb, const std::string& path, int error) {
  return FileUnusable("no se puede " + std::string(verb) + " «" + path + "»: " + spanish_reason(error));
}

std::vector<fs::path> policy_files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (dsl::fold(entry.path().extension().string()) == policy_extension && entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  if (error) throw cannot("leer", folder.string(), error.value());
  if (files.empty()) throw FileUnusable("en «" + folder.string() + "» no hay archivos *.cauce");
  std::sort(files.begin(), files.end());
  return files;
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Something that is there and is no file, as a device or a pipe: written to, and never replaced.
bool is_device(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

}  // namespace

dsl::Sources read_policy(const std::vector<std::string>& paths) {
  dsl::Sources sources;
  const auto add = [&](const std::string& path) {
    if (sources.size() == dsl::max_files) {
      throw FileUnusable("la política tiene más de " + std::to_string(dsl::max_files) +
                         " archivos, y son demasiados: reúna algunos");
    }
    // One byte more than the limit is enough for the parser to refuse the file by its size.
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!error && size > dsl::max_file_bytes) {
      std::ifstream file(path, std::ios::binary);
      std::string text(dsl::max_file_bytes + 1, '\0');
      file.read(text.data(), static_cast<std::streamsize>(text.size()));
      sources.push_back({path, std::move(text)});
      return;
    }
    sources.push_back({path, read_file(path)});
  };
  for (const std::string& path : paths) {
    if (!is_folder(path)) {
      add(path);
      continue;
    }
    for (const fs::path& file : policy_files_in(path))
      add(file.string());
  }
  return sources;
}

std::string read_file(const std::string& path) {
  if (is_folder(path)) throw cannot("leer", path, EISDIR);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw cannot("leer", path, errno == 0 ? EIO : errno);
  std::error_code no_size;  // of a pipe
  const auto size = fs::file_size(path, no_size);
  std::string contents;
  if (!no_size) contents.reserve(size);
  std::array<char, 65'536> piece{};
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0)
    contents.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  if (file.bad()) throw cannot("leer", path, EIO);
  return contents;
}

FileWriter::FileWriter(std::string path)
    : path_(std::move(path)), temporary_(is_device(path_) ? std::string() : path_ + ".parcial") {
  number_ = temporary_.empty() ? ::open(path_.c_str(), O_WRONLY | O_CLOEXEC)
                               : ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (number_ < 0) give_up();
}

FileWriter::~FileWriter() {
  if (number_ >= 0) ::close(number_);
  if (!in_place_ && !temporary_.empty()) ::unlink(temporary_.c_str());
}

void FileWriter::append(std::string_view bytes) {
  if (!write_all(number_, bytes)) give_up();
}

void FileWriter::put_in_place() {
  if (temporary_.empty()) return;
  if (::fsync(number_) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0) give_up();
  in_place_ = true;
}

void FileWriter::give_up() {
  const int error = errno;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  throw cannot("escribir", path_, error);
}

void write_file(const std::string& path, const std::string& contents) {
  FileWriter file(path);
  file.append(contents);
  file.put_in_place();
}

void replace_file(const std::string& path, const std::string& contents) {
  constexpr unsigned writable_by_somebody = 0222;
  struct stat status {};
  std::error_code error;
  const std::string target = fs::canonical(path, error).string();
  if (error) throw cannot("escribir", path, error.value());
  if (::stat(target.c_str(), &status) != 0) throw cannot("escribir", path, errno);
  const bool locked = (status.st_mode & writable_by_somebody) == 0 || ::access(target.c_str(), W_OK) != 0;
  if (locked) throw cannot("escribir", path, EACCES);

  std::string temporary = target + ".XXXXXX";
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.number() < 0) throw cannot("escribir", path, errno);
  const bool written = write_all(file.number(), contents) && ::fchmod(file.number(), status.st_mode) == 0 &&
                       ::fsync(file.number()) == 0;
  if (!written || ::rename(temporary.c_str(), target.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    throw cannot("escribir", path, reason);
  }
}

}  // namespace cauce::engine
