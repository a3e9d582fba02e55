#include "dsl/places.hpp"

#include <algorithm>

#include "dsl/scan.hpp"

namespace cauce::dsl {
namespace {

constexpr std::size_t bytes_between_marks = 1024;

}  // namespace

FilePlaces::FilePlaces(const SourceFile& file) : file_(file) {
  const std::string_view text = file.text;
  const std::size_t first = text_begin(text);
  line_begins_.push_back(static_cast<std::uint32_t>(first));
  for (std::size_t end = text.find('\n', first); end != std::string_view::npos;
       end = text.find('\n', end + 1))
    line_begins_.push_back(static_cast<std::uint32_t>(end + 1));

  marks_.push_back({});
  Mark here;
  while (here.offset < text.size()) {
    here.offset = static_cast<std::uint32_t>(code_point_end(text, here.offset));
    ++here.code_points;
    if (here.offset - marks_.back().offset >= bytes_between_marks) marks_.push_back(here);
  }
}

std::size_t FilePlaces::code_points_before(std::size_t offset) const {
  const auto next = std::upper_bound(marks_.begin(), marks_.end(), offset,
                                     [](std::size_t at, const Mark& mark) { return at < mark.offset; });
  const Mark& mark = *(next - 1);  // the first stands at 0
  const std::string_view rest = std::string_view(file_.text).substr(mark.offset, offset - mark.offset);
  return mark.code_points + dsl::count_code_points(rest);
}

std::size_t FilePlaces::count_code_points(std::size_t begin, std::size_t end) const {
  end = std::min(end, file_.text.size());
  begin = std::min(begin, end);
  return code_points_before(end) - code_points_before(begin);
}

Place FilePlaces::locate(std::size_t offset) const {
  const std::string_view text = file_.text;
  offset = std::clamp(offset, text_begin(text), text.size());
  const auto next = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const std::size_t line_begin = *(next - 1);
  std::string_view line = text.substr(line_begin, line_end(text, line_begin) - line_begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {static_cast<std::size_t>(next - line_begins_.begin()), 1 + count_code_points(line_begin, offset),
          line};
}

const FilePlaces* Places::in(FileId file) {
  if (file >= files_.size()) return nullptr;
  if (!files_[file]) files_[file].emplace(sources_[file]);
  return &*files_[file];
}

}  // namespace cauce::dsl
