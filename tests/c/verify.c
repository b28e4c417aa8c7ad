/* From files to a verdict. The one argument is the folder with the certificates. */
#include "check.h"
#include "files.h"
#include "sections.h"

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
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    int found;
    CHECK_OK(vitrust_store_verify(store, chain.data, chain.len, options, strlen(options), &report, &error), error);
    CHECK(strlen(vitrust_report_data(report)) == vitrust_report_len(report));
    found = strstr(vitrust_report_data(report), text) != NULL;
    if (!found) {
        fprintf(stderr, "no %s in %s\n", text, vitrust_report_data(report));
    }
    vitrust_report_free(report);
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
                       "{\"trusted\":true,\"state\":\"trusted\",\"profile\":\"java\""));
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
    vitrust_report *report = NULL;
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
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    bytes garbage = read_file("garbage.pem");
    CHECK(vitrust_store_len(store) == 1);
    CHECK_OK(vitrust_store_describe(store, NULL, 0, &report, &error), error);
    CHECK(strstr(vitrust_report_data(report), "\"source\":\"store.pem\"") != NULL);
    CHECK(strstr(vitrust_report_data(report), "no end marker") != NULL);
    vitrust_report_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_CERTIFICATE,
                vitrust_store_verify(store, garbage.data, garbage.len, "{" AT "}", strlen("{" AT "}"), &report, &error),
                error);
    vitrust_store_free(store);

    /* A file of damaged blocks is a store without anchors that says what it lost. */
    CHECK_OK(vitrust_store_from_bytes(garbage.data, garbage.len, NULL, 0, &store, &error), error);
    CHECK(vitrust_store_len(store) == 0);
    CHECK_OK(vitrust_store_describe(store, NULL, 0, &report, &error), error);
    CHECK(strstr(vitrust_report_data(report), "\"line\":1") != NULL);
    vitrust_report_free(report);
    vitrust_store_free(store);
    free(garbage.data);
}

static void a_store_is_described(void) {
    static const char *at = "{\"at\": \"2040-01-01\"}";
    vitrust_store *store = read_store("both.pem");
    bytes chain = read_file("chain.pem");
    bytes crl = read_file("damaged.pem");
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    CHECK_OK(vitrust_store_describe(store, at, strlen(at), &report, &error), error);
    CHECK(count_of(report, "certificates") == 2);
    CHECK(item_holds(report, "certificates", 1, "\"pem\":\"-----BEGIN CERTIFICATE-----\\n"));
    CHECK(count_of(report, "lint") >= 1);
    CHECK(item_holds(report, "lint", 0, "\"kind\":\"expired\""));
    CHECK(count_of(report, "unreadable") == 0);
    vitrust_report_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_TIME, vitrust_store_describe(store, "{\"at\":\"\"}", 9, &report, &error), error);
    vitrust_store_free(store);

    CHECK_OK(vitrust_certificates_read(chain.data, chain.len, NULL, 0, &report, &error), error);
    CHECK(count_of(report, "certificates") == 2);
    CHECK(item_holds(report, "certificates", 0, "\"subject_alternative_names\":[\"DNS:vc01.lab.example\""));
    vitrust_report_free(report);
    report = NULL;
    CHECK_OK(vitrust_certificates_read(crl.data, crl.len, NULL, 0, &report, &error), error);
    CHECK(count_of(report, "certificates") == 1 && count_of(report, "unreadable") == 1);
    vitrust_report_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_STORE,
                vitrust_certificates_read(chain.data, chain.len, "{\"shape\":\"download-zip\"}", 24, &report, &error),
                error);
    free(crl.data);
    free(chain.data);
}

static void other_vecs_stores_are_set_aside(void) {
    static const char *machine = "{\"store\": \"MACHINE_SSL_CERT\"}";
    vitrust_store *store = read_store("loop.txt");
    bytes listing = read_file("loop.txt");
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    CHECK(vitrust_store_len(store) == 1);
    CHECK(report_holds(store, "server.der", "{" AT ", \"profile\": \"java\"}", "{\"trusted\":false,"));
    CHECK_OK(vitrust_store_describe(store, NULL, 0, &report, &error), error);
    CHECK(strstr(vitrust_report_data(report), "\"store\":\"MACHINE_SSL_CERT\"") != NULL);
    CHECK(strstr(vitrust_report_data(report), "\"sha256\":\"") != NULL);
    vitrust_report_free(report);
    report = NULL;
    vitrust_store_free(store);

    CHECK_OK(vitrust_store_from_bytes(listing.data, listing.len, machine, strlen(machine), &store, &error), error);
    CHECK(report_holds(store, "server.der", "{" AT ", \"profile\": \"java\"}", "{\"trusted\":true,"));
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_describe(NULL, NULL, 0, &report, &error), error);
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
    a_store_is_described();
    other_vecs_stores_are_set_aside();
    return 0;
}
