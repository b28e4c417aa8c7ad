/* What the test programs share that look into reports. */
#ifndef SECTIONS_H
#define SECTIONS_H

#include "check.h"

static size_t count_of(const vitrust_report *report, const char *section) {
    vitrust_error *error = NULL;
    size_t count = 0;
    CHECK_OK(vitrust_report_count(report, section, strlen(section), &count, &error), error);
    return count;
}

/* Whether an item of a section has this text in it. */
static int item_holds(const vitrust_report *report, const char *section, size_t index, const char *text) {
    vitrust_error *error = NULL;
    const char *item = NULL;
    size_t len = 0;
    size_t at;
    CHECK_OK(vitrust_report_item(report, section, strlen(section), index, &item, &len, &error), error);
    for (at = 0; at + strlen(text) <= len; at++) {
        if (memcmp(item + at, text, strlen(text)) == 0) {
            return 1;
        }
    }
    fprintf(stderr, "no %s in %.*s\n", text, (int)len, item);
    return 0;
}

#endif
