#include "engine/cli/commands.hpp"

namespace cauce::engine::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands = {
      check_command(),      format_command(),       test_command(),         target_command(),
      explain_command(),    compare_command(),      eval_command(),         calendar_command(),
      holidays_command(),   diagram_command(),      document_command(),     explain_code_command(),

      init_command(),       publish_command(),      import_command(),       people_command(),
      select_command(),     create_plans_command(), migrate_command(),      audit_command(),
      backup_command(),     accounts_command(),     open_account_command(), close_account_command(),
      password_command(),   token_command(),        tokens_command(),       revoke_command(),

      complete_command(),   act_command(),          report_command(),       achieve_command(),
      validate_command(),   return_command(),       waive_command(),        extend_command(),
      reopen_command(),     annul_command(),        suspend_command(),      resume_command(),
      cancel_command(),     reopen_phase_command(),

      status_command(),     overdue_command(),      query_command(),        summary_command(),
      search_command(),     history_command(),

      alerts_command(),     acknowledge_command(),  silence_command(),      end_silence_command(),
      silences_command(),   outbox_command(),       send_again_command(),   watch_command(),
      serve_command(),      simulate_command(),

      completion_command(), manual_command(),
  };
  return commands;
}

}  // namespace cauce::engine::cli
