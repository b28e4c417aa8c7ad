/* The rules of the border: NULL, lengths, encodings, unknown options, and what outputs hold after a failure. */
#include "check.h"

#define TEXT(literal) (literal), strlen(literal)
#define BYTES(literal) (const uint8_t *)(literal), strlen(literal)

static void versions_are_those_of_the_header(void) {
    CHECK(vitrust_abi_version() == VITRUST_ABI_VERSION);
    CHECK(strchr(vitrust_version(), '.') != NULL);
}

static void null_is_fine_where_the_header_says_so(void) {
    vitrust_store_free(NULL);
    vitrust_string_free(NULL);
    vitrust_error_free(NULL);
    vitrust_report_free(NULL);
    vitrust_estate_free(NULL);
    vitrust_inventory_free(NULL);
    vitrust_client_free(NULL);
    CHECK(vitrust_store_len(NULL) == 0);
    CHECK(vitrust_inventory_len(NULL) == 0);
    CHECK(vitrust_report_data(NULL) == NULL);
    CHECK(vitrust_report_len(NULL) == 0);
    CHECK(vitrust_string_data(NULL) == NULL);
    CHECK(vitrust_string_len(NULL) == 0);
    CHECK(vitrust_error_code(NULL) == VITRUST_STATUS_OK);
    CHECK(strcmp(vitrust_error_message(NULL), "") == 0);
    CHECK(strcmp(vitrust_error_detail(NULL), "") == 0);
}

static void failures_leave_outputs_null(void) {
    int elsewhere = 0;
    vitrust_store *store = (vitrust_store *)(void *)&elsewhere;
    vitrust_error *error = (vitrust_error *)(void *)&elsewhere;
    CHECK(vitrust_store_from_bytes(NULL, 0, NULL, 0, &store, &error) == VITRUST_STATUS_STORE);
    CHECK(store == NULL);
    CHECK(error != NULL && error != (vitrust_error *)(void *)&elsewhere);
    vitrust_error_free(error);
}

static void wrong_inputs_have_their_own_status(void) {
    vitrust_store *store = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_from_bytes(NULL, 5, NULL, 0, &store, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_from_bytes(BYTES("x"), NULL, 5, &store, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_from_bytes(BYTES("x"), NULL, 0, NULL, &error), error);
    CHECK_FAILS(VITRUST_STATUS_LENGTH,
                vitrust_store_from_bytes((const uint8_t *)"x", (size_t)-1, NULL, 0, &store, &error), error);
    CHECK_FAILS(VITRUST_STATUS_UTF8, vitrust_store_from_bytes(BYTES("x"), TEXT("{\"source\": \"\xff\"}"), &store, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_JSON, vitrust_store_from_bytes(BYTES("x"), TEXT("{"), &store, &error), error);
    CHECK_FAILS(VITRUST_STATUS_OPTION, vitrust_store_from_bytes(BYTES("x"), TEXT("{\"sources\": 1}"), &store, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_STORE, vitrust_store_from_bytes(BYTES("x"), NULL, 0, &store, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER,
                vitrust_store_verify(NULL, NULL, 0, TEXT("{\"at\": \"2026-06-01\"}"), &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_describe(NULL, NULL, 0, &report, &error), error);
    CHECK(store == NULL && report == NULL);
}

static void a_message_is_one_bounded_line(void) {
    vitrust_string *text = NULL;
    vitrust_error *error = NULL;
    char *name = (char *)malloc(1000000);
    CHECK(name != NULL);
    CHECK(vitrust_schema(TEXT("a\n\033[2Jb"), &text, &error) == VITRUST_STATUS_ARGUMENT);
    CHECK(strpbrk(vitrust_error_message(error), "\n\033") == NULL);
    CHECK(strstr(vitrust_error_message(error), "a\\n") != NULL);
    vitrust_error_free(error);
    memset(name, 'x', 1000000);
    CHECK(vitrust_schema(name, 1000000, &text, &error) == VITRUST_STATUS_ARGUMENT);
    CHECK(strlen(vitrust_error_message(error)) < 20000 && strlen(vitrust_error_detail(error)) < 40000);
    vitrust_error_free(error);
    free(name);
}

static void an_error_object_is_not_obligatory(void) {
    vitrust_store *store = NULL;
    CHECK(vitrust_store_from_bytes(BYTES("x"), NULL, 0, &store, NULL) == VITRUST_STATUS_STORE);
    CHECK(vitrust_store_from_bytes(BYTES("x"), NULL, 0, NULL, NULL) == VITRUST_STATUS_NULL_POINTER);
    CHECK(store == NULL);
}

static void a_nul_in_the_input_does_not_cut_a_message(void) {
    vitrust_store *store = NULL;
    vitrust_error *error = NULL;
    CHECK(vitrust_store_from_bytes(BYTES("x"), TEXT("{\"a\\u0000b\": 1}"), &store, &error) == VITRUST_STATUS_OPTION);
    CHECK(strstr(vitrust_error_message(error), "expected") != NULL);
    vitrust_error_free(error);
}

static void a_handle_of_another_kind_is_told(void) {
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_string *text = NULL;
    vitrust_error *error = NULL;
    const vitrust_store *no_store;
    CHECK_OK(vitrust_estate_from_json(BYTES("{\"schema\": \"vitrust-estate/1\"}"), &estate, &error), error);
    no_store = (const vitrust_store *)(const void *)estate;
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_store_describe(no_store, NULL, 0, &report, &error), error);
    CHECK(report == NULL);
    CHECK(vitrust_store_len(no_store) == 0);
    CHECK(vitrust_string_data((const vitrust_string *)(const void *)estate) == NULL);
    CHECK(vitrust_error_code((const vitrust_error *)(const void *)estate) == VITRUST_STATUS_ARGUMENT);
    /* Freeing it as what it is not leaves it as it is. */
    vitrust_store_free((vitrust_store *)(void *)estate);
    vitrust_error_free((vitrust_error *)(void *)estate);
    CHECK_OK(vitrust_estate_json(estate, &text, &error), error);
    CHECK(strstr(vitrust_string_data(text), "vitrust-estate/1") != NULL);
    vitrust_string_free(text);
    vitrust_estate_free(estate);
}

static void sections_that_are_not_there_are_told(void) {
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    const char *item = (const char *)&estate;
    size_t count = 7;
    size_t len = 7;
    CHECK_OK(vitrust_estate_from_json(BYTES("{\"schema\": \"vitrust-estate/1\"}"), &estate, &error), error);
    CHECK_OK(vitrust_estate_assess(estate, TEXT("{\"at\": \"2026-06-01\"}"), &report, &error), error);
    CHECK_OK(vitrust_report_count(report, TEXT("matrix.parties"), &count, &error), error);
    CHECK(count == 0);
    CHECK_OK(vitrust_report_count(report, TEXT("matrix"), &count, &error), error);
    CHECK(count == 1);
    CHECK_OK(vitrust_report_count(report, TEXT("nowhere.at.all"), &count, &error), error);
    CHECK(count == 0);
    CHECK_OK(vitrust_report_item(report, NULL, 0, 0, &item, &len, &error), error);
    CHECK(len == vitrust_report_len(report) && memcmp(item, vitrust_report_data(report), len) == 0);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_report_item(report, TEXT("matrix"), 1, &item, &len, &error), error);
    CHECK(item == NULL && len == 0);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_report_item(report, NULL, 0, 0, &item, NULL, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_report_count(NULL, NULL, 0, &count, &error), error);
    CHECK_FAILS(VITRUST_STATUS_UTF8, vitrust_report_count(report, TEXT("\xff"), &count, &error), error);
    vitrust_report_free(report);
    vitrust_estate_free(estate);
}

static void wrong_estates_and_options_are_refused(void) {
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_string *text = NULL;
    vitrust_error *error = NULL;
    CHECK_FAILS(VITRUST_STATUS_ESTATE, vitrust_estate_from_json(BYTES("{}"), &estate, &error), error);
    CHECK_FAILS(VITRUST_STATUS_FILE, vitrust_estate_load(TEXT("[\"no-such-folder\"]"), &estate, &error), error);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_estate_load(TEXT("[]"), &estate, &error), error);
    CHECK_FAILS(VITRUST_STATUS_OPTION, vitrust_estate_load(TEXT("\"x\""), &estate, &error), error);
    CHECK_FAILS(VITRUST_STATUS_JSON, vitrust_estate_load(NULL, 0, &estate, &error), error);
    CHECK_OK(vitrust_estate_from_json(BYTES("{\"schema\": \"vitrust-estate/1\"}"), &estate, &error), error);
    CHECK_FAILS(VITRUST_STATUS_OPTION, vitrust_estate_assess(estate, NULL, 0, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_THRESHOLDS,
                vitrust_estate_assess(estate, TEXT("{\"at\":\"2026-06-01\",\"thresholds\":\"x\"}"), &report, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_OPTION,
                vitrust_estate_assess(estate, TEXT("{\"at\":\"2026-06-01\",\"within\":-1}"), &report, &error), error);
    vitrust_estate_free(estate);
    CHECK_OK(vitrust_schema(TEXT("report"), &text, &error), error);
    CHECK(strstr(vitrust_string_data(text), "\"$schema\"") != NULL);
    vitrust_string_free(text);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_schema(TEXT("reports"), &text, &error), error);
}

static void wrong_inventories_and_endpoints_are_refused(void) {
    vitrust_inventory *inventory = NULL;
    vitrust_report *report = NULL;
    vitrust_estate *estate = NULL;
    vitrust_client *client = NULL;
    vitrust_error *error = NULL;
    /* A password at the wrong place is not repeated; an array is no object. */
    static const char *const misplaced[] = {
        "{\"url\":\"vc01\",\"insecure\":\"hunter2\"}", "{\"url\":\"vc01\",\"pins\":\"hunter2\"}",
        "{\"url\":\"vc01\",\"password\":\"hunter2\"}",  "{\"url\":\"vc01\",\"password_prompt\":\"hunter2\"}",
        "\"hunter2\"",                                   "hunter2",
        "[\"vc01\",\"hunter2\"]",
    };
    size_t index;
    CHECK_FAILS(VITRUST_STATUS_INVENTORY, vitrust_inventory_new(TEXT("{\"x\":1}"), &inventory, &error), error);
    CHECK_FAILS(VITRUST_STATUS_INVENTORY, vitrust_inventory_load(TEXT("none.toml"), NULL, 0, NULL, 0, &inventory, &error), error);
    CHECK_OK(vitrust_inventory_new(NULL, 0, &inventory, &error), error);
    CHECK_FAILS(VITRUST_STATUS_INVENTORY,
                vitrust_inventory_add(inventory, TEXT("{\"url\":\"vc01\",\"password\":\"hunter2\"}"), TEXT("u"),
                                      TEXT("hunter2"), &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_CREDENTIALS,
                vitrust_inventory_add(inventory, TEXT("{\"url\":\"vc01\",\"insecure\":true}"), TEXT("u"), NULL, 0, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_CREDENTIALS,
                vitrust_inventory_add_session(inventory, TEXT("{\"url\":\"vc01\",\"insecure\":true}"), NULL, 0, &error),
                error);
    for (index = 0; index < sizeof misplaced / sizeof misplaced[0]; index++) {
        CHECK(vitrust_inventory_add(inventory, misplaced[index], strlen(misplaced[index]), TEXT("u"), TEXT("hunter2"),
                                    &error) == VITRUST_STATUS_INVENTORY);
        CHECK(strstr(vitrust_error_detail(error), "hunter2") == NULL);
        vitrust_error_free(error);
        error = NULL;
    }
    CHECK_FAILS(VITRUST_STATUS_UTF8,
                vitrust_inventory_add(inventory, TEXT("{\"url\":\"vc01\"}"), TEXT("u"), TEXT("\xff"), &error), error);
    CHECK(vitrust_inventory_len(inventory) == 0);
    CHECK_FAILS(VITRUST_STATUS_INVENTORY, vitrust_collect(inventory, NULL, NULL, &estate, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_INVENTORY, vitrust_client_open(inventory, NULL, 0, NULL, NULL, &client, &error), error);
    CHECK(estate == NULL && report == NULL && client == NULL);
    vitrust_inventory_free(inventory);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_probe(TEXT("[\"a b\"]"), NULL, 0, NULL, NULL, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_OPTION,
                vitrust_probe(TEXT("[\"a\"]"), TEXT("{\"in_flight\":0}"), NULL, NULL, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_OPTION,
                vitrust_probe(TEXT("[\"a\"]"), TEXT("{\"timeout_seconds\":0}"), NULL, NULL, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER,
                vitrust_client_read(NULL, TEXT("about"), NULL, 0, NULL, NULL, &report, &error), error);
}

int main(void) {
    versions_are_those_of_the_header();
    null_is_fine_where_the_header_says_so();
    failures_leave_outputs_null();
    wrong_inputs_have_their_own_status();
    an_error_object_is_not_obligatory();
    a_message_is_one_bounded_line();
    a_nul_in_the_input_does_not_cut_a_message();
    a_handle_of_another_kind_is_told();
    sections_that_are_not_there_are_told();
    wrong_estates_and_options_are_refused();
    wrong_inventories_and_endpoints_are_refused();
    return 0;
}
