// Every command, one function each. To add one: write its file, declare it here, list it in commands.cpp.
#pragma once

#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// All commands, in the order in which help lists them.
const std::vector<Command>& all_commands();

// For those who write policies.
Command check_command();
Command format_command();
Command eval_command();
Command test_command();
Command target_command();
Command explain_command();
Command compare_command();
Command calendar_command();
Command holidays_command();
Command diagram_command();
Command document_command();
Command explain_code_command();

// Setting up and keeping.
Command init_command();
Command publish_command();
Command migrate_command();
Command import_command();
Command people_command();
Command select_command();
Command create_plans_command();
Command audit_command();
Command backup_command();
Command accounts_command();
Command open_account_command();
Command close_account_command();
Command password_command();
Command token_command();
Command tokens_command();
Command revoke_command();

// The life of plans.
Command complete_command();
Command act_command();
Command report_command();
Command achieve_command();
Command validate_command();
Command return_command();
Command waive_command();
Command extend_command();
Command reopen_command();
Command annul_command();
Command suspend_command();
Command resume_command();
Command cancel_command();
Command reopen_phase_command();

// Asking.
Command status_command();
Command overdue_command();
Command query_command();
Command summary_command();
Command search_command();
Command history_command();

// Telling.
Command alerts_command();
Command acknowledge_command();
Command silence_command();
Command end_silence_command();
Command silences_command();
Command outbox_command();
Command send_again_command();
Command watch_command();
Command serve_command();
Command simulate_command();

// Help.
Command completion_command();
Command manual_command();

}  // namespace cauce::engine::cli
