/* What is wrong in a folder of exports? Each finding is printed as it is taken out of the report.
 *
 *     cc -std=c99 audit_estate.c $(pkg-config --cflags --libs vitrust) -o audit_estate
 *     ./audit_estate examples/estate 2026-06-01
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vitrust.h"

/* Ends the program with what the library says; 3 is what the command `vitrust` ends with, too. The error is passed by
 * its place, because C may look at the arguments of this call before the call that makes the status has written it. */
static void stop_on(vitrust_status status, vitrust_error **error) {
    if (status != VITRUST_STATUS_OK) {
        fprintf(stderr, "audit_estate: %s\n", vitrust_error_message(*error));
        vitrust_error_free(*error);
        exit(3);
    }
}

/* A text as JSON, between these other texts. Paths of Windows have a backslash, which JSON escapes. */
static char *json(const char *before, const char *text, const char *behind) {
    char *made = (char *)malloc(strlen(before) + 6 * strlen(text) + strlen(behind) + 1);
    char *end = made;
    if (made == NULL) {
        exit(3);
    }
    end += sprintf(end, "%s", before);
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20) {
            end += sprintf(end, "\\u%04x", (unsigned int)*text);
        } else {
            end += sprintf(end, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
        }
    }
    sprintf(end, "%s", behind);
    return made;
}

static vitrust_report *assess(const char *folder, const char *at) {
    char *paths = json("[\"", folder, "\"]");
    char *options = json("{\"at\": \"", at, "\"}");
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    stop_on(vitrust_estate_load(paths, strlen(paths), &estate, &error), &error);
    stop_on(vitrust_estate_assess(estate, options, strlen(options), &report, &error), &error);
    vitrust_estate_free(estate);
    free(options);
    free(paths);
    return report;
}

/* Prints every item of a section of the report, each on a line, and returns how many there are. */
static size_t print_section(const vitrust_report *report, const char *section) {
    size_t count = 0;
    size_t index;
    vitrust_error *error = NULL;
    stop_on(vitrust_report_count(report, section, strlen(section), &count, &error), &error);
    for (index = 0; index < count; index++) {
        const char *item = NULL;
        size_t item_len = 0;
        stop_on(vitrust_report_item(report, section, strlen(section), index, &item, &item_len, &error), &error);
        /* The text is part of the report, so nothing frees it, and it has no NUL behind it. */
        fwrite(item, 1, item_len, stdout);
        putchar('\n');
    }
    return count;
}

int main(int argc, char **argv) {
    vitrust_report *report;
    size_t findings;
    if (vitrust_abi_version() != VITRUST_ABI_VERSION) {
        fprintf(stderr, "audit_estate: written for another vitrust than %s\n", vitrust_version());
        return 3;
    }
    if (argc != 3) {
        fprintf(stderr, "usage: audit_estate FOLDER DATE\n");
        return 2;
    }
    report = assess(argv[1], argv[2]);
    findings = print_section(report, "findings");
    fprintf(stderr, "%lu findings\n", (unsigned long)findings);
    vitrust_report_free(report);
    return findings > 0 ? 1 : 0;
}
