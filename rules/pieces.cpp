#include "rules/pieces.hpp"

#include <algorithm>
#include <cctype>

namespace cauce::rules {

namespace {

/// Longer lists of values are cut short.
constexpr std::uint32_t most_listed = 8;

Value shifted(const Value& date, int days) {
  return std::get<Date>(date) + std::chrono::days(days);
}

Decimal floor_of(Decimal number) {
  const Decimal whole = number.truncate(0).value_or(number);
  return whole > number ? subtract(whole, Decimal(1)).value_or(whole) : whole;
}

std::optional<Decimal> middle(Decimal a, Decimal b) {
  const auto sum = add(a, b);
  return sum ? divide(*sum, Decimal(2)) : std::nullopt;
}

/// The number strictly between two with the fewest decimals, near their middle; nothing if there is none.
std::optional<Value> number_between(Decimal low, Decimal high) {
  const auto centre = middle(low, high);
  if (!centre) return std::nullopt;
  for (int places = 0; places <= 40; ++places) {
    const auto rounded = centre->round(places);
    if (rounded && low < *rounded && *rounded < high) return Value(*rounded);
  }
  if (low < *centre && *centre < high) return Value(*centre);
  return std::nullopt;
}

std::optional<Value> sample_number(const Value* low, const Value* high) {
  if (low == nullptr && high == nullptr) return Value(Decimal(0));
  if (low != nullptr && high != nullptr)
    return number_between(std::get<Decimal>(*low), std::get<Decimal>(*high));
  const auto next = low != nullptr ? add(floor_of(std::get<Decimal>(*low)), Decimal(1))
                                   : subtract(-floor_of(-std::get<Decimal>(*high)), Decimal(1));
  if (!next) return std::nullopt;
  return Value(*next);
}

std::optional<Value> sample_integer(const Value* low, const Value* high) {
  if (low == nullptr || high == nullptr) return sample_number(low, high);
  const Decimal first = add(floor_of(std::get<Decimal>(*low)), Decimal(1)).value_or(Decimal());
  const Decimal end = std::get<Decimal>(*high);
  if (!(first < end)) return std::nullopt;
  const auto centre = middle(std::get<Decimal>(*low), end);
  const Decimal whole = centre ? floor_of(*centre) : first;
  return Value(whole < first ? first : whole);
}

std::optional<Value> sample_date(const Value* low, const Value* high) {
  if (low == nullptr && high == nullptr) return Value(*make_date(2000, 1, 1));
  if (low == nullptr) return shifted(*high, -1);
  if (high == nullptr) return shifted(*low, 1);
  const auto days = (std::get<Date>(*high) - std::get<Date>(*low)).count();
  if (days < 2) return std::nullopt;
  return shifted(*low, static_cast<int>(days / 2));
}

std::optional<Value> sample_text(const Value* low, const Value* high) {
  const std::string from = low != nullptr ? std::get<std::string>(*low) : std::string();
  for (const char* more : {"m", "a", " ", "\x01", ""}) {
    const Value candidate = from + more;
    if ((low == nullptr || *low < candidate) && (high == nullptr || candidate < *high)) return candidate;
  }
  return std::nullopt;
}

/// A text that is none of `taken`.
std::string other_text(const std::vector<Value>& taken) {
  std::string text = "otro texto";
  while (std::find(taken.begin(), taken.end(), Value(text)) != taken.end())
    text += " más";
  return text;
}

bool is_word(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_';
  });
}

}  // namespace

// --- Sets of pieces

PieceSet::PieceSet(std::uint32_t first, std::uint32_t end) {
  if (first < end) runs_.push_back({first, end - 1});
}

std::uint32_t PieceSet::size() const {
  std::uint32_t size = 0;
  for (const Run& run : runs_)
    size += run.last - run.first + 1;
  return size;
}

bool PieceSet::contains(std::uint32_t piece) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), piece,
                       [](std::uint32_t wanted, const Run& run) { return wanted < run.first; });
  return after != runs_.begin() && piece <= std::prev(after)->last;
}

PieceSet& PieceSet::operator|=(const PieceSet& other) {
  if (other.runs_.size() == 1 && (runs_.empty() || runs_.back().last + 1 < other.front())) {
    runs_.push_back(other.runs_.front());  // sets mostly grow from left to right
    return *this;
  }
  std::vector<Run> all;
  std::merge(runs_.begin(), runs_.end(), other.runs_.begin(), other.runs_.end(), std::back_inserter(all));
  runs_.clear();
  for (const Run& run : all) {
    if (!runs_.empty() && run.first <= runs_.back().last + 1) {
      runs_.back().last = std::max(runs_.back().last, run.last);
    } else {
      runs_.push_back(run);
    }
  }
  return *this;
}

PieceSet PieceSet::complement(std::uint32_t count) const {
  PieceSet rest;
  std::uint32_t next = 0;
  for (const Run& run : runs_) {
    if (run.first > next) rest.runs_.push_back({next, run.first - 1});
    next = run.last + 1;
  }
  if (next < count) rest.runs_.push_back({next, count - 1});
  return rest;
}

/// The first run of `a` that does not lie wholly before `b`.
std::vector<PieceSet::Run>::const_iterator PieceSet::first_reaching(const PieceSet& a, const PieceSet& b) {
  if (b.empty()) return a.runs_.end();
  return std::lower_bound(a.runs_.begin(), a.runs_.end(), b.front(),
                          [](const Run& run, std::uint32_t piece) { return run.last < piece; });
}

PieceSet intersect(const PieceSet& a, const PieceSet& b) {
  PieceSet common;
  auto left = PieceSet::first_reaching(a, b);
  auto right = PieceSet::first_reaching(b, a);
  while (left != a.runs_.end() && right != b.runs_.end()) {
    const std::uint32_t first = std::max(left->first, right->first);
    const std::uint32_t last = std::min(left->last, right->last);
    if (first <= last) common.runs_.push_back({first, last});
    (left->last < right->last ? left : right)++;
  }
  return common;
}

bool meet(const PieceSet& a, const PieceSet& b) {
  auto left = PieceSet::first_reaching(a, b);
  auto right = PieceSet::first_reaching(b, a);
  while (left != a.runs_.end() && right != b.runs_.end()) {
    if (std::max(left->first, right->first) <= std::min(left->last, right->last)) return true;
    (left->last < right->last ? left : right)++;
  }
  return false;
}

// --- Domains

Domain::Domain(const Type& type, std::vector<Value> mentioned, bool text_has_order) : type_(type) {
  ordered_ =
      type.is_numeric() || type.kind == TypeKind::date || (type.kind == TypeKind::text && text_has_order);
  if (type.kind == TypeKind::truth) {
    points_ = {false, true};
  } else if (type.kind == TypeKind::one_of) {
    for (const std::string& value : *type.values)
      points_.emplace_back(value);
  } else {
    points_ = std::move(mentioned);
    if (type.low) points_.push_back(*type.low);
    if (type.high) points_.push_back(*type.high);
    std::sort(points_.begin(), points_.end());
    points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
  }
  const auto points = static_cast<std::uint32_t>(points_.size());
  raw_count_ = ordered_ ? 2 * points + 1 : type.kind == TypeKind::text ? points + 1 : points;
  if (!ordered_) {
    for (std::uint32_t i = 0; i < points; ++i)
      index_.emplace(points_[i], i);
  }
  for (std::uint32_t raw = 0; raw < raw_count_; ++raw) {
    before_.push_back(size());
    auto value = in_bounds(raw) ? sample_of(raw) : std::nullopt;
    if (!value) continue;
    kept_.push_back(raw);
    samples_.push_back(*std::move(value));
  }
  before_.push_back(size());
}

/// Bounds are points themselves, so a piece lies wholly on one side of each.
bool Domain::in_bounds(std::uint32_t raw) const {
  if (!ordered_) return true;
  const std::uint32_t at = raw / 2;
  if (type_.low) {
    const bool above =
        is_point(raw) ? !(points_[at] < *type_.low) : at > 0 && !(points_[at - 1] < *type_.low);
    if (!above) return false;
  }
  if (!type_.high) return true;
  return at < points_.size() && !(*type_.high < points_[at]);
}

std::optional<Value> Domain::sample_of(std::uint32_t raw) const {
  if (!ordered_) return raw < points_.size() ? points_[raw] : Value(other_text(points_));
  const std::uint32_t at = raw / 2;
  if (is_point(raw)) {
    const auto* number = std::get_if<Decimal>(&points_[at]);
    if (type_.kind == TypeKind::integer && number != nullptr && !number->is_integer()) return std::nullopt;
    return points_[at];
  }
  const Value* low = at > 0 ? &points_[at - 1] : nullptr;
  const Value* high = at < points_.size() ? &points_[at] : nullptr;
  switch (type_.kind) {
    case TypeKind::integer:
      return sample_integer(low, high);
    case TypeKind::date:
      return sample_date(low, high);
    case TypeKind::text:
      return sample_text(low, high);
    default:
      return sample_number(low, high);
  }
}

std::optional<std::uint32_t> Domain::raw_of(const Value& value) const {
  if (!ordered_) {
    if (const auto found = index_.find(value); found != index_.end()) return found->second;
    if (type_.kind == TypeKind::text) return static_cast<std::uint32_t>(points_.size());
    return std::nullopt;
  }
  const auto at = std::lower_bound(points_.begin(), points_.end(), value);
  const auto index = static_cast<std::uint32_t>(at - points_.begin());
  return at != points_.end() && *at == value ? 2 * index + 1 : 2 * index;
}

std::optional<std::uint32_t> Domain::find(const Value& value) const {
  const auto raw = raw_of(value);
  if (!raw || before_[*raw] == before_[*raw + 1]) return std::nullopt;
  return before_[*raw];
}

PieceSet Domain::from_raw(std::uint32_t first, std::uint32_t end) const {
  return first < end ? PieceSet(before_[first], before_[end]) : PieceSet();
}

PieceSet Domain::where(dsl::BinaryOp op, const Value& value) const {
  const auto raw = raw_of(value);
  const PieceSet same = raw ? from_raw(*raw, *raw + 1) : PieceSet();
  switch (op) {
    case dsl::BinaryOp::not_equal:
      return same.complement(size());
    case dsl::BinaryOp::less:
      return from_raw(0, raw.value_or(0));
    case dsl::BinaryOp::less_equal:
      return raw ? from_raw(0, *raw + 1) : PieceSet();
    case dsl::BinaryOp::greater:
      return raw ? from_raw(*raw + 1, raw_count_) : PieceSet();
    case dsl::BinaryOp::greater_equal:
      return raw ? from_raw(*raw, raw_count_) : PieceSet();
    default:
      return same;
  }
}

PieceSet Domain::between(const Value& low, const Value& high, bool low_open, bool high_open) const {
  using dsl::BinaryOp;
  return intersect(where(low_open ? BinaryOp::greater : BinaryOp::greater_equal, low),
                   where(high_open ? BinaryOp::less : BinaryOp::less_equal, high));
}

// --- In words

std::string to_literal(const Value& value, const Type& type) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || (type.kind == TypeKind::one_of && is_word(*text))) return to_display(value);
  return "\"" + *text + "\"";
}

std::string Domain::shown(const Value& value) const {
  return to_literal(value, type_);
}

std::uint32_t Domain::plainest(const PieceSet& set) const {
  if (!ordered_) return set.front();
  for (const PieceSet::Run& run : set.runs()) {
    for (std::uint32_t piece = run.first; piece <= std::min(run.last, run.first + 1); ++piece) {
      if (piece < size() && !is_point(kept_[piece])) return piece;
    }
  }
  return set.front();
}

std::string Domain::describe(const std::string& name, std::uint32_t piece) const {
  return name + " = " + shown(samples_.at(piece));
}

Domain::Ends Domain::ends_of(PieceSet::Run run) const {
  const std::uint32_t first = kept_[run.first];
  const std::uint32_t last = kept_[run.last];
  Ends ends;
  ends.low_open = !is_point(first);
  if (!ends.low_open) ends.low = points_[first / 2];
  if (ends.low_open && first > 0) ends.low = points_[first / 2 - 1];
  ends.high_open = !is_point(last);
  if (last / 2 < points_.size()) ends.high = points_[last / 2];
  if (!ends.low || !ends.high) return ends;
  // Whole numbers and days say their first and last instead.
  if (type_.kind == TypeKind::integer) {
    if (ends.low_open) ends.low = add(floor_of(std::get<Decimal>(*ends.low)), Decimal(1)).value_or(Decimal());
    if (ends.high_open) {
      ends.high = subtract(-floor_of(-std::get<Decimal>(*ends.high)), Decimal(1)).value_or(Decimal());
    }
  } else if (type_.kind == TypeKind::date) {
    if (ends.low_open) ends.low = shifted(*ends.low, 1);
    if (ends.high_open) ends.high = shifted(*ends.high, -1);
  } else {
    return ends;
  }
  ends.low_open = ends.high_open = false;
  return ends;
}

std::string Domain::describe_run(const std::string& name, PieceSet::Run run) const {
  const Ends ends = ends_of(run);
  if (ends.low && ends.high && *ends.low == *ends.high) return name + " = " + shown(*ends.low);
  if (ends.low && ends.high) {
    return name + " en " + (ends.low_open ? "]" : "[") + shown(*ends.low) + ".." + shown(*ends.high) +
           (ends.high_open ? "[" : "]");
  }
  if (ends.low) return name + (ends.low_open ? " > " : " >= ") + shown(*ends.low);
  if (ends.high) return name + (ends.high_open ? " < " : " <= ") + shown(*ends.high);
  return name + " con dato";
}

std::string Domain::list(const PieceSet& set) const {
  std::string values;
  std::uint32_t listed = 0;
  for (const PieceSet::Run& run : set.runs()) {
    for (std::uint32_t piece = run.first; piece <= run.last && listed <= most_listed; ++piece, ++listed) {
      values += (values.empty() ? "" : ", ") + (listed < most_listed ? shown(samples_.at(piece)) : "…");
    }
  }
  return "{" + values + "}";
}

/// Values without order: those that belong, or if that is shorter (or they cannot all be told) those that do
/// not.
std::string Domain::describe_values(const std::string& name, const PieceSet& set) const {
  const bool endless = type_.kind == TypeKind::text && set.contains(size() - 1);
  const PieceSet rest = set.complement(size());
  if (endless || (rest.size() == 1 && set.size() > 1)) {
    return rest.size() == 1 ? name + " != " + shown(samples_.at(rest.front()))
                            : name + " fuera de " + list(rest);
  }
  return set.size() == 1 ? describe(name, set.front()) : name + " en " + list(set);
}

std::string Domain::describe(const std::string& name, const PieceSet& set) const {
  if (set == all()) return name + " con dato";
  if (!ordered_) return describe_values(name, set);
  const PieceSet rest = set.complement(size());
  if (set.runs().size() > 1 && rest.size() == 1 && is_point(kept_[rest.front()])) {
    return name + " != " + shown(samples_.at(rest.front()));
  }
  const bool only_points = std::all_of(set.runs().begin(), set.runs().end(), [&](const PieceSet::Run& run) {
    return run.first == run.last && is_point(kept_[run.first]);
  });
  if (only_points && set.size() > 1) return name + " en " + list(set);
  std::string text;
  for (std::size_t i = 0; i < set.runs().size() && i <= most_listed; ++i) {
    text += (i == 0 ? "" : " o ") + (i < most_listed ? describe_run(name, set.runs()[i]) : "…");
  }
  return set.runs().size() > 1 ? "(" + text + ")" : text;
}

}  // namespace cauce::rules
