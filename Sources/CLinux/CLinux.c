// The header's functions are inline; a C target needs one file to compile.
#include "CLinux.h"
