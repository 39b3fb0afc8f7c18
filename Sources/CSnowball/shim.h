#ifndef DATELINE_CSNOWBALL_SHIM_H
#define DATELINE_CSNOWBALL_SHIM_H

#include <libstemmer.h>

#endif
