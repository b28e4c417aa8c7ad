/* What the test programs share that read files. */
#ifndef FILES_H
#define FILES_H

#include "check.h"

typedef struct {
    uint8_t *data;
    size_t len;
} bytes;

/* The folder with the test's files. */
static const char *folder;

static bytes read_file(const char *name) {
    char path[4096];
    bytes content = {NULL, 0};
    FILE *file;
    long size;
    CHECK(strlen(folder) + strlen(name) + 2 < sizeof path);
    sprintf(path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    CHECK(file != NULL);
    CHECK(fseek(file, 0, SEEK_END) == 0);
    size = ftell(file);
    CHECK(size > 0);
    rewind(file);
    content.data = (uint8_t *)malloc((size_t)size);
    CHECK(content.data != NULL);
    content.len = fread(content.data, 1, (size_t)size, file);
    CHECK(content.len == (size_t)size);
    fclose(file);
    return content;
}

#endif
