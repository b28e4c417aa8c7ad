/* What the test programs share: a check that says where it failed, and how to read a file. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vitrust.h"

#define CHECK(condition)                                                                   \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);      \
            exit(1);                                                                       \
        }                                                                                  \
    } while (0)

/* A status is as expected, and an error object says the same number. */
#define CHECK_FAILS(expected, call, error)                                                 \
    do {                                                                                   \
        vitrust_status status_ = (call);                                                   \
        if (status_ != (expected)) {                                                       \
            fprintf(stderr, "%s:%d: status %d: %s\n", __FILE__, __LINE__, (int)status_,    \
                    vitrust_error_message(error));                                         \
            exit(1);                                                                       \
        }                                                                                  \
        CHECK((error) != NULL && vitrust_error_code(error) == status_);                    \
        CHECK(strlen(vitrust_error_message(error)) > 0);                                   \
        CHECK(strstr(vitrust_error_detail(error), "\"code\":") != NULL);                   \
        vitrust_error_free(error);                                                         \
        (error) = NULL;                                                                    \
    } while (0)

#define CHECK_OK(call, error)                                                              \
    do {                                                                                   \
        if ((call) != VITRUST_STATUS_OK) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, vitrust_error_message(error)); \
            exit(1);                                                                       \
        }                                                                                  \
        CHECK((error) == NULL);                                                            \
    } while (0)

#endif
