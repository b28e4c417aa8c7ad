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
    CHECK(vitrust_store_len(NULL) == 0);
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
    vitrust_string *report = NULL;
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
    CHECK_FAILS(VITRUST_STATUS_NULL_POINTER, vitrust_store_unreadable(NULL, &report, &error), error);
    CHECK(store == NULL && report == NULL);
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

int main(void) {
    versions_are_those_of_the_header();
    null_is_fine_where_the_header_says_so();
    failures_leave_outputs_null();
    wrong_inputs_have_their_own_status();
    an_error_object_is_not_obligatory();
    a_nul_in_the_input_does_not_cut_a_message();
    return 0;
}
