#include "dsl/format.hpp"
#include <gtest/gtest.h>
