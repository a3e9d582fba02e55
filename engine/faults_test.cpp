// What may befall a machine: a process killed at any moment, a full disk, a folder that cannot be written.
// What was told as done is there, what was not is not there in part, and the words say what happened.
#include <chrono>
#include <filesystem>
#include <random>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/alerts.hpp"
#include "engine/outbox.hpp"
#include "engine/policy_files.hpp"
#include "engine/process_for_tests.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

const PlanId medellin = {"PAT", "05001", 2024};
const Actor ana = {"ana"};
const Actor dora = {"dora"};

class FaultsTest : public testing::Test {
 protected:
  FaultsTest() {
    prepared.set_up();
    prepared.system.reset();
  }
  std::unique_ptr<System> open() const { return System::open(prepared.path, prepared.clock); }

  SystemForTests prepared;
};

class TakingSender : public Sender {
 public:
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message&) override { return {}; }
};

/// What a child has been told is done, seen by the process that kills it.
class Told {
 public:
  Told()
      : sequence_(static_cast<std::int64_t*>(::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE,
                                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  ~Told() { ::munmap(sequence_, sizeof(std::int64_t)); }
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;
  void tell(System& system) const { *sequence_ = system.store().head()->sequence; }
  std::int64_t sequence() const { return *sequence_; }

 private:
  std::int64_t* sequence_;
};

/// Everything that writes, one after another, for ever.
void write_for_ever(const SystemForTests& prepared, int round, const Told& told) {
  const auto clock = std::make_shared<ManualClock>(
      parse_instant("2024-03-01T09:00", "America/Bogota").value() + std::chrono::hours(round));
  const auto system = System::open(prepared.path, clock);
  TakingSender sender;
  for (int i = 0;; ++i) {
    const std::string text = std::to_string(round) + "." + std::to_string(i);
    const workflows::CompleteComponent write = {"objetivos", {{"meta", text}}};
    clock->set(clock->now() + std::chrono::minutes(1));
    (void)system->run(medellin, write, ana);
    told.tell(*system);
    (void)system->run(medellin,
                      workflows::DeliverReport{"informe",
                                               rules::Period::parse("2024-02"),
                                               {{"actividades", std::to_string(i)}, {"resumen", text}}},
                      ana);
    told.tell(*system);
    (void)system->run_all({{medellin, write}, {{"PAT", "05002", 2024}, write}}, ana, System::Batch::whole);
    told.tell(*system);
    (void)system->import_people(people_for_tests(), dora);
    told.tell(*system);
    raise_due(*system, "prueba" + text);  // another channel: all is due once more
    deliver_ready(*system, sender, {"Cauce", "cauce@example.org"});
    told.tell(*system);
    const std::string copy = prepared.path + ".copia";
    fs::remove(copy);
    system->back_up(copy);
  }
}

TEST_F(FaultsTest, AProcessKilledAtAnyMomentLeavesNothingHalfDone) {
  constexpr int rounds = 200;
  std::mt19937 random(20240101);  // the same moments every time, as far as a machine has them
  std::uniform_int_distribution<int> microseconds(0, 40'000);
  Told told;
  std::int64_t last = 0;
  int found_writing = 0;
  for (int round = 0; round < rounds; ++round) {
    ChildForTests child([&] { write_for_ever(prepared, round, told); });
    ::usleep(static_cast<useconds_t>(microseconds(random)));
    ASSERT_EQ(child.kill(), -1) << "it ended by itself";
    const auto system = open();
    const auto head = system->store().head();
    ASSERT_TRUE(head);
    ASSERT_GE(head->sequence, told.sequence()) << "what was told as done is there";
    if (head->sequence > last) ++found_writing;
    last = head->sequence;
    // The tables and the whole chain now and then: they only grow.
    const AuditReport report = system->audit(round % 10 == 0 || round + 1 == rounds);
    ASSERT_FALSE(report.broken) << round << ": " << report.broken->what;
    ASSERT_THAT(report.file_errors, IsEmpty()) << round;
    ASSERT_THAT(report.differences, IsEmpty()) << round;
    const std::string copy = prepared.path + ".copia";
    if (fs::exists(copy)) {
      ASSERT_TRUE(System::open(copy, prepared.clock)->audit(false).ok()) << "a copy that is there is whole";
      fs::remove(copy);
    }
  }
  EXPECT_GT(found_writing, rounds / 20) << "many were killed at work";
}

/// Runs `work` in a child in which no file may grow beyond `bytes`: as good as a full disk, without one.
template <typename Work>
int with_small_files(rlim_t bytes, Work work) {
  ChildForTests child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, bytes};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit could be set");
    work();
  });
  return child.wait();
}

TEST_F(FaultsTest, AFileThatCannotGrowRefusesTheOrderWhole) {
  const std::int64_t before = open()->store().head()->sequence;
  const auto size = static_cast<rlim_t>(fs::file_size(prepared.path));
  const int code = with_small_files(size, [&] {
    const auto system = open();
    std::string long_text(200'000, 'x');
    for (int i = 0; i < 100; ++i) {
      try {
        taken_for_granted(system->run(
            medellin, workflows::CompleteComponent{"objetivos", {{"meta", long_text + std::to_string(i)}}},
            ana));
      } catch (const FileUnusable& unusable) {
        const std::string words = unusable.what();
        const bool says_it =
            words.find("no se puede leer o escribir la base") == 0 &&
            words.find("el disco está lleno para este usuario, o falla; no se guardó nada") != words.npos;
        ::_exit(says_it ? 7 : 8);
      }
    }
  });
  EXPECT_EQ(code, 7) << "it is said in words, and not as a fault of ours";
  const auto system = open();
  EXPECT_GE(system->store().head()->sequence, before);
  EXPECT_TRUE(system->audit(true).ok());
  EXPECT_TRUE(system->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana))
      << "once there is room again, all goes on";
}

/// A disk of its own, of 1 MB, for the children of a test: needs root, or user namespaces.
bool mount_small_disk(const std::string& folder) {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return ::mount("cauce", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
}

TEST_F(FaultsTest, AFullDiskRefusesTheOrderWhole) {
  constexpr int no_disk = 77;
  constexpr int as_it_should = 0;
  const std::string folder = prepared.folder / "disco";
  fs::create_directory(folder);
  const std::string place = folder + "/cauce.db";
  ChildForTests child([&] {
    if (!mount_small_disk(folder)) ::_exit(no_disk);
    fs::copy_file(prepared.path, place);
    const auto system = System::open(place, prepared.clock);
    std::string words;
    std::int64_t told = 0;
    const std::string long_text(50'000, 'x');
    for (int i = 0; i < 100 && words.empty(); ++i) {
      try {
        taken_for_granted(system->run(
            medellin, workflows::CompleteComponent{"objetivos", {{"meta", long_text + std::to_string(i)}}},
            ana));
        told = system->store().head()->sequence;
      } catch (const FileUnusable& unusable) {
        words = unusable.what();
      }
    }
    if (words != "no queda espacio en el disco de la base «" + place + "»; no se guardó nada")
      throw std::runtime_error("said: " + words);
    if (system->store().head()->sequence != told) throw std::runtime_error("something half-done is there");
    if (!system->audit(true).ok()) throw std::runtime_error("the database is not whole");
    try {
      system->back_up(folder + "/copia.db");
      throw std::logic_error("a copy was made without room for it");
    } catch (const FileUnusable& unusable) {
      if (std::string(unusable.what()).find("no queda espacio en el disco para la copia") != 0) throw;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().filename().string().find("copia") == 0)
        throw std::runtime_error("it left " + entry.path().string());
    }
  });
  const int code = child.wait();
  if (code == no_disk) GTEST_SKIP() << "no disk can be mounted here";
  EXPECT_EQ(code, as_it_should);
}

TEST_F(FaultsTest, AFolderThatCannotBeWrittenIsSaidAtOnce) {
  constexpr int no_disk = 77;
  const std::string folder = prepared.folder / "disco";
  fs::create_directory(folder);
  const std::string place = folder + "/cauce.db";
  ChildForTests child([&] {
    if (!mount_small_disk(folder)) ::_exit(no_disk);
    fs::copy_file(prepared.path, place);
    if (::mount("cauce", folder.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=1m") != 0) ::_exit(no_disk);
    try {
      System::open(place, prepared.clock);
      throw std::logic_error("it was opened");
    } catch (const FileUnusable& unusable) {
      const std::string expected = "no se puede escribir en la base «" + place +
                                   "»: el disco es de solo lectura; aun para consultarla hace falta poder "
                                   "escribir en ella";
      if (unusable.what() != expected) throw std::runtime_error(unusable.what());
    }
  });
  const int code = child.wait();
  if (code == no_disk) GTEST_SKIP() << "no disk can be mounted here";
  EXPECT_EQ(code, 0);
}

TEST_F(FaultsTest, ADamagedFileIsReportedAndLeftAsItIs) {
  {
    std::FILE* file = std::fopen(prepared.path.c_str(), "r+b");
    ASSERT_NE(file, nullptr);
    std::fseek(file, 100, SEEK_SET);  // the header of the first table
    const std::string noise(4000, '\xAB');
    std::fwrite(noise.data(), 1, noise.size(), file);
    std::fclose(file);
  }
  try {
    open();
    FAIL() << "it was opened";
  } catch (const DatabaseUnusable& unusable) {
    EXPECT_THAT(unusable.what(), HasSubstr("está dañada"));
    EXPECT_THAT(unusable.what(), HasSubstr("Cauce no la repara por su cuenta"));
  }
}

TEST_F(FaultsTest, ABackupNeverReplacesAFile) {
  const auto system = open();
  EXPECT_THROW(system->back_up(prepared.path), FileUnusable);
  EXPECT_THROW(system->back_up(prepared.folder / "no/hay/copia.db"), FileUnusable);
  const JournalHead head = system->back_up(prepared.folder / "copia.db");
  EXPECT_EQ(head.sequence, system->store().head()->sequence);
  EXPECT_THROW(system->back_up(prepared.folder / "copia.db"), FileUnusable);
  for (const char* left : {"copia.db.parcial", "copia.db-wal", "copia.db-shm"})
    EXPECT_FALSE(fs::exists(prepared.folder / left)) << left;
  const auto copy = System::open(prepared.folder / "copia.db", prepared.clock);
  EXPECT_TRUE(copy->audit(true, Anchor{head.sequence, system->audit(false).head}).ok());
}

}  // namespace
}  // namespace cauce::engine
