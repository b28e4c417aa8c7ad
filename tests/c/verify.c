/* From files to a verdict. The one argument is the folder with the certificates. */
#include "check.h"

static const char *folder;

typedef struct {
    uint8_t *data;
    size_t len;
} bytes;

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

static vitrust_store *read_store(const char *name) {
    bytes pem = read_file(name);
    vitrust_store *store = NULL;
    vitrust_error *error = NULL;
    const char *options = "{\"source\": \"store.pem\"}";
    CHECK_OK(vitrust_store_from_bytes(pem.data, pem.len, options, strlen(options), &store, &error), error);
    CHECK(store != NULL);
    free(pem.data);
    return store;
}

/* Whether the report of this question holds this text. */
static int report_holds(const vitrust_store *store, const char *chain_file, const char *options, const char *text) {
    bytes chain = read_file(chain_file);
    vitrust_string *report = NULL;
    vitrust_error *error = NULL;
    int found;
    CHECK_OK(vitrust_store_verify(store, chain.data, chain.len, options, strlen(options), &report, &error), error);
    CHECK(strlen(vitrust_string_data(report)) == vitrust_string_len(report));
    found = strstr(vitrust_string_data(report), text) != NULL;
    if (!found) {
        fprintf(stderr, "no %s in %s\n", text, vitrust_string_data(report));
    }
    vitrust_string_free(report);
    free(chain.data);
    return found;
}

#define AT "\"at\": \"2026-06-01T00:00:00Z\""

static void a_trusted_chain_has_a_path(void) {
    vitrust_store *store = read_store("both.pem");
    CHECK(vitrust_store_len(store) == 2);
    CHECK(report_holds(store, "chain.pem", "{" AT "}", "{\"trusted\":true,"));
    CHECK(report_holds(store, "server.der", "{" AT "}", "{\"trusted\":true,"));
    CHECK(report_holds(store, "chain.pem", "{" AT ", \"name\": \"vc01.lab.example\", \"profile\": \"java\"}",
                       "{\"trusted\":true,\"profile\":\"java\""));
    vitrust_store_free(store);
}

static void an_untrusted_chain_is_an_answer(void) {
    vitrust_store *store = read_store("regenerated.pem");
    CHECK(report_holds(store, "chain.pem", "{" AT "}", "{\"trusted\":false,"));
    CHECK(report_holds(store, "chain.pem", "{" AT "}", "\"rejections\":[{"));
    vitrust_store_free(store);
}

static void every_option_counts(void) {
    vitrust_store *store = read_store("root.pem");
    bytes crls = read_file("crl.json");
    char *options = (char *)malloc(crls.len + 100);
    CHECK(options != NULL);
    sprintf(options, "{" AT ", \"crls\": %.*s}", (int)crls.len, (const char *)crls.data);
    CHECK(report_holds(store, "chain.pem", options, "\"code\":\"revoked\""));
    CHECK(report_holds(store, "chain.pem", "{\"at\": \"2026-06-01\", \"name\": \"vc02.lab.example\"}",
                       "\"code\":\"name-mismatch\""));
    CHECK(report_holds(store, "chain.pem", "{\"at\": \"2040-01-01\"}", "\"code\":\"expired\""));
    CHECK(report_holds(store, "chain.pem", "{" AT ", \"purpose\": \"ca\"}", "{\"trusted\":false,"));
    CHECK(report_holds(store, "chain.pem", "{" AT ", \"revocation\": \"required\"}", "{\"trusted\":false,"));
    free(options);
    free(crls.data);
    vitrust_store_free(store);
}

static void wrong_options_are_refused(void) {
    static const struct {
        const char *options;
        vitrust_status status;
    } cases[] = {
        {"", VITRUST_STATUS_OPTION},
        {"{\"at\": \"soon\"}", VITRUST_STATUS_TIME},
        {"{" AT ", \"profile\": \"firefox\"}", VITRUST_STATUS_PROFILE},
        {"{" AT ", \"name\": \"not a name\"}", VITRUST_STATUS_SERVER_NAME},
        {"{" AT ", \"crls\": [\"\"]}", VITRUST_STATUS_STORE},
        {"{" AT ", \"depth\": 3}", VITRUST_STATUS_OPTION},
        {"{" AT ", \"name\": \"\xc3\x28\"}", VITRUST_STATUS_UTF8},
    };
    vitrust_store *store = read_store("root.pem");
    bytes chain = read_file("chain.pem");
    bytes der = read_file("server.der");
    vitrust_string *report = NULL;
    vitrust_error *error = NULL;
    size_t index;
    for (index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *options = cases[index].options;
        CHECK_FAILS(cases[index].status,
                    vitrust_store_verify(store, chain.data, chain.len, options, strlen(options), &report, &error), error);
        CHECK(report == NULL);
    }
    CHECK_FAILS(VITRUST_STATUS_STORE,
                vitrust_store_verify(store, NULL, 0, "{" AT "}", strlen("{" AT "}"), &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_CERTIFICATE,
                vitrust_store_verify(store, der.data, der.len - 1, "{" AT "}", strlen("{" AT "}"), &report, &error),
                error);
    free(der.data);
    free(chain.data);
    vitrust_store_free(store);
}

static void what_could_not_be_read_is_told(void) {
    vitrust_store *store = read_store("damaged.pem");
    vitrust_string *report = NULL;
    vitrust_error *error = NULL;
    bytes garbage = read_file("garbage.pem");
    CHECK(vitrust_store_len(store) == 1);
    CHECK_OK(vitrust_store_unreadable(store, &report, &error), error);
    CHECK(strstr(vitrust_string_data(report), "\"source\":\"store.pem\"") != NULL);
    CHECK(strstr(vitrust_string_data(report), "no end marker") != NULL);
    vitrust_string_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_CERTIFICATE,
                vitrust_store_verify(store, garbage.data, garbage.len, "{" AT "}", strlen("{" AT "}"), &report, &error),
                error);
    vitrust_store_free(store);

    /* A file of damaged blocks is a store without anchors that says what it lost. */
    CHECK_OK(vitrust_store_from_bytes(garbage.data, garbage.len, NULL, 0, &store, &error), error);
    CHECK(vitrust_store_len(store) == 0);
    CHECK_OK(vitrust_store_unreadable(store, &report, &error), error);
    CHECK(strstr(vitrust_string_data(report), "\"line\":1") != NULL);
    vitrust_string_free(report);
    vitrust_store_free(store);
    free(garbage.data);
}

static void other_vecs_stores_are_set_aside(void) {
    static const char *machine = "{\"store\": \"MACHINE_SSL_CERT\"}";
    vitrust_store *store = read_store("loop.txt");
    bytes listing = read_file("loop.txt");
    vitrust_string *report = NULL;
    vitrust_error *error = NULL;
    CHECK(vitrust_store_len(store) == 1);
    CHECK(report_holds(store, "server.der", "{" AT ", \"profile\": \"java\"}", "{\"trusted\":false,"));
    CHECK_OK(vitrust_store_set_aside(store, &report, &error), error);
    CHECK(strstr(vitrust_string_data(report), "\"store\":\"MACHINE_SSL_CERT\"") != NULL);
    CHECK(strstr(vitrust_string_data(report), "\"sha256\":\"") != NULL);
    vitrust_string_free(report);
    report = NULL;
    vitrust_store_free(store);

    CHECK_OK(vitrust_store_from_bytes(listing.data, listing.len, machine, strlen(machine), &store, &error), error);
    CHECK(report_holds(store, "server.der", "{" AT ", \"profile\": \"java\"}", "{\"trusted\":true,"));
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_set_aside(NULL, &report, &error), error);
    CHECK(report == NULL);
    vitrust_store_free(store);
    free(listing.data);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    folder = argv[1];
    a_trusted_chain_has_a_path();
    an_untrusted_chain_is_an_answer();
    every_option_counts();
    wrong_options_are_refused();
    what_could_not_be_read_is_told();
    other_vecs_stores_are_set_aside();
    return 0;
}
