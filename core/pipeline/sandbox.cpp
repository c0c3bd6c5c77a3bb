#include "sandbox_internal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>

namespace tabularium {
namespace {

constexpr rlim_t kMaxFileBytes = rlim_t{256} << 20;

// Names that the headers of Debian 12 do not have yet; the values are the kernel's for good.
constexpr std::uint64_t kTruncate = 1ULL << 14;        // Landlock 3
constexpr std::uint64_t kBindTcp = 1ULL << 0;          // Landlock 4
constexpr std::uint64_t kConnectTcp = 1ULL << 1;       // Landlock 4
constexpr std::uint64_t kScopeUnixSocket = 1ULL << 0;  // Landlock 6, abstract ones
constexpr std::uint64_t kScopeSignal = 1ULL << 1;      // Landlock 6

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

/// Every access that changes something, as far as Landlock `version` knows it.
Ruleset guarded_by(long version) {
  Ruleset rules;
  rules.files = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
  if (version >= 2) rules.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) rules.files |= kTruncate;
  if (version >= 4) rules.network = kBindTcp | kConnectTcp;
  if (version >= 6) rules.scopes = kScopeUnixSocket | kScopeSignal;
  return rules;
}

class Descriptor {
 public:
  explicit Descriptor(long value) : value_(static_cast<int>(value)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

bool allow(int ruleset, const std::filesystem::path& path, std::uint64_t access) {
  const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (place.get() < 0) return false;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = place.get();
  return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/// Empty where the files are guarded now.
std::string guard_files(const std::filesystem::path& writable) {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) {
    return fmt::format("this kernel has no Landlock ({}): workers could write files",
                       std::strerror(errno));
  }
  const Ruleset rules = guarded_by(version);
  const Descriptor ruleset(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
  const bool shut = ruleset.get() >= 0 && allow(ruleset.get(), writable, rules.files) &&
                    allow(ruleset.get(), "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
                    ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
  if (shut) return "";
  return fmt::format("Landlock refused ({}): workers could write files", std::strerror(errno));
}

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kMachine = 0;  // no filter
#endif

/// What no reading of a file needs. io_uring stands here because its requests pass by the filter.
constexpr std::array kForbidden{SYS_socket,
                                SYS_connect,
                                SYS_bind,
                                SYS_listen,
                                SYS_accept,
                                SYS_accept4,
                                SYS_sendto,
                                SYS_sendmsg,
                                SYS_io_uring_setup,
                                SYS_execve,
                                SYS_execveat,
                                SYS_ptrace,
                                SYS_process_vm_readv,
                                SYS_process_vm_writev,
                                SYS_kill,
                                SYS_tkill,
                                SYS_pidfd_open,
                                SYS_pidfd_send_signal,
                                SYS_pidfd_getfd,
                                SYS_mount,
                                SYS_umount2,
                                SYS_unshare,
                                SYS_setns,
                                SYS_bpf,
                                SYS_perf_event_open,
                                SYS_add_key,
                                SYS_keyctl,
                                SYS_init_module,
                                SYS_finit_module,
                                SYS_kexec_load};

/// The filter as a program of the kernel's: each forbidden call fails with EACCES; signals go to
/// this process only; calls of another machine's numbering, which would pass the list, kill.
std::vector<sock_filter> filter_program() {
  constexpr std::uint32_t deny = SECCOMP_RET_ERRNO | EACCES;
  constexpr auto number = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
  constexpr auto machine = static_cast<std::uint32_t>(offsetof(seccomp_data, arch));
  constexpr auto argument = static_cast<std::uint32_t>(offsetof(seccomp_data, args));
  constexpr std::uint32_t x32_numbers = 0x40000000;
  std::vector<sock_filter> program{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, machine),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, x32_numbers, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  for (const long call : kForbidden) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, deny));
  }
  const auto self = static_cast<std::uint32_t>(::getpid());
  const std::array own_signals{sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
                               sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument),
                               sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0),
                               sock_filter BPF_STMT(BPF_RET | BPF_K, deny),
                               sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  program.insert(program.end(), own_signals.begin(), own_signals.end());
  return program;
}

/// Empty where network, programs and other processes are out of reach now.
std::string guard_calls() {
  if (kMachine == 0) return "no filter of system calls for this machine: workers could connect";
  std::vector<sock_filter> filter = filter_program();
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) return "";
  return fmt::format("this kernel has no seccomp filters ({}): workers could connect",
                     std::strerror(errno));
}

}  // namespace

std::vector<std::string> enter_sandbox(const std::filesystem::path& writable) {
  // Both guards want it: nothing that this process starts may gain rights.
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  std::vector<std::string> open;
  for (const std::string& message : {guard_files(writable), guard_calls()}) {
    if (!message.empty()) open.push_back(message);
  }
  return open;
}

void limit_resources(std::int64_t memory_bytes) {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  const rlimit file{kMaxFileBytes, kMaxFileBytes};
  ::setrlimit(RLIMIT_FSIZE, &file);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too long is an error of the write
#if !defined(__SANITIZE_ADDRESS__)
  if (memory_bytes > 0) {
    const rlimit memory{static_cast<rlim_t>(memory_bytes), static_cast<rlim_t>(memory_bytes)};
    ::setrlimit(RLIMIT_AS, &memory);
  }
#else
  (void)memory_bytes;
#endif
}

bool die_with(int parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  return ::getppid() == parent;
}

void close_files_above(int last) { ::close_range(static_cast<unsigned>(last) + 1, ~0U, 0); }

}  // namespace tabularium
