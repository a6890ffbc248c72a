#include "ast/ast.h"
