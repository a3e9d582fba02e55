// A database with as many plans as are wanted, made in seconds: the plans of the reference policy, many kinds
// of them for each of the real municipalities.
#pragma once

#include <string>

namespace cauce::bench {

struct ManyPlans {
  int municipal_kinds = 1;     ///< each a plan for each of the 1,122 municipalities, with 23 obligations
  int departmental_kinds = 1;  ///< each a plan for each of the 33 departments, with 15
};

/// How the plans of municipalities are written: by the commands of the system, or as rows that are those of
/// another plan of their kind and region but for its name, which takes seconds where the other takes minutes.
/// Both ways give the same tables to the letter, hashes included.
enum class Written { by_commands, by_rows };

/// Makes the database of a system as it stands on 15 January 2024: the reference policy with that many kinds
/// of plan, a plan for every municipality, the formulation of departmental plans due on 20 February.
void make_many_plans(const std::string& path, const ManyPlans& wanted, Written how);

/// A copy of a database with more than 1,000,000 open obligations: 50,490 plans of municipalities and 330 of
/// departments. Made once, and gone with the process unless
/// CAUCE_BENCH_MILLION names a file for it, which is then used again.
std::string copy_of_million();

}  // namespace cauce::bench
