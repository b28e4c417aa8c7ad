/* From a folder of exports to findings. The one argument is that folder. */
#include "check.h"
#include "sections.h"

static const char *folder;

#define TEXT(literal) (literal), strlen(literal)

static vitrust_estate *load(void) {
    char paths[4200];
    vitrust_estate *estate = NULL;
    vitrust_error *error = NULL;
    size_t from;
    size_t to = 0;
    /* A path of Windows has backslashes, which JSON escapes. */
    to += (size_t)sprintf(paths, "[\"");
    for (from = 0; folder[from] != '\0' && to < sizeof paths - 8; from++) {
        if (folder[from] == '\\' || folder[from] == '"') {
            paths[to++] = '\\';
        }
        paths[to++] = folder[from];
    }
    sprintf(paths + to, "\"]");
    CHECK_OK(vitrust_estate_load(paths, strlen(paths), &estate, &error), error);
    return estate;
}

static vitrust_report *assess(const vitrust_estate *estate) {
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    CHECK_OK(vitrust_estate_assess(estate, TEXT("{\"at\": \"2026-06-01\"}"), &report, &error), error);
    return report;
}

static void an_estate_is_judged_item_by_item(void) {
    vitrust_estate *estate = load();
    vitrust_report *report = assess(estate);
    size_t index;
    size_t findings = count_of(report, "findings");
    CHECK(findings > 10);
    for (index = 0; index < findings; index++) {
        CHECK(item_holds(report, "findings", index, "\"severity\":\""));
    }
    CHECK(item_holds(report, "findings", 0, "\"severity\":\"critical\""));
    CHECK(count_of(report, "expiry") > 10);
    CHECK(count_of(report, "edges") > 10);
    CHECK(count_of(report, "matrix.parties") == 4);
    CHECK(count_of(report, "matrix.rows") == 4);
    CHECK(item_holds(report, "matrix.is_mutual", 0, "false"));
    CHECK(count_of(report, "additions") == 1);
    vitrust_report_free(report);
    vitrust_estate_free(estate);
}

static void an_estate_goes_through_json_and_back(void) {
    vitrust_estate *estate = load();
    vitrust_estate *again = NULL;
    vitrust_string *json = NULL;
    vitrust_report *first = assess(estate);
    vitrust_report *second;
    vitrust_report *summary = NULL;
    vitrust_error *error = NULL;
    CHECK_OK(vitrust_estate_json(estate, &json, &error), error);
    CHECK_OK(vitrust_estate_from_json((const uint8_t *)vitrust_string_data(json), vitrust_string_len(json), &again, &error),
             error);
    second = assess(again);
    CHECK(vitrust_report_len(first) == vitrust_report_len(second));
    CHECK(memcmp(vitrust_report_data(first), vitrust_report_data(second), vitrust_report_len(first)) == 0);
    CHECK_OK(vitrust_estate_describe(again, &summary, &error), error);
    CHECK(count_of(summary, "vcenters") == 5);
    CHECK(item_holds(summary, "vcenters", 0, "\"esx01.lab.example\""));
    CHECK(item_holds(summary, "vcenters", 0, "\"name\":\"vc01.lab.example\""));
    vitrust_report_free(summary);
    vitrust_report_free(second);
    vitrust_report_free(first);
    vitrust_string_free(json);
    vitrust_estate_free(again);
    vitrust_estate_free(estate);
}

static void a_report_is_drawn_and_kept(void) {
    vitrust_estate *estate = load();
    vitrust_report *report = assess(estate);
    vitrust_report *kept = NULL;
    vitrust_string *page = NULL;
    vitrust_string *again = NULL;
    vitrust_error *error = NULL;
    CHECK_OK(vitrust_report_from_json((const uint8_t *)vitrust_report_data(report), vitrust_report_len(report), &kept, &error),
             error);
    CHECK_OK(vitrust_report_render(report, TEXT("text"), TEXT("{\"width\": 80, \"ascii\": true}"), &page, &error), error);
    CHECK_OK(vitrust_report_render(kept, TEXT("text"), TEXT("{\"width\": 80, \"ascii\": true}"), &again, &error), error);
    CHECK(strstr(vitrust_string_data(page), "TRUST BETWEEN VCENTERS") != NULL);
    CHECK(vitrust_string_len(page) == vitrust_string_len(again));
    CHECK(memcmp(vitrust_string_data(page), vitrust_string_data(again), vitrust_string_len(page)) == 0);
    vitrust_string_free(page);
    vitrust_report_free(kept);
    CHECK(vitrust_report_render(report, TEXT("text"), TEXT("{\"view\": \"all\"}"), &page, &error) == VITRUST_STATUS_ARGUMENT);
    CHECK(page == NULL && strstr(vitrust_error_detail(error), "options.view") != NULL);
    vitrust_error_free(error);
    CHECK(vitrust_report_render(report, TEXT("html"), NULL, 0, &page, NULL) == VITRUST_STATUS_ARGUMENT);
    CHECK(vitrust_report_render(report, TEXT("text"), TEXT("{\"view\": \"verdict\"}"), &page, NULL) == VITRUST_STATUS_ARGUMENT);
    int32_t fails = -1;
    CHECK_OK(vitrust_report_fails(report, NULL, 0, &fails, &error), error);
    CHECK(fails == 1);
    CHECK_OK(vitrust_report_fails(report, TEXT("{\"view\": \"matrix\", \"fail_on\": \"never\"}"), &fails, &error), error);
    CHECK(fails == 0);
    CHECK(vitrust_report_fails(report, TEXT("{\"fail_on\": \"High\"}"), &fails, &error) == VITRUST_STATUS_OPTION);
    CHECK(fails == 0 && strstr(vitrust_error_detail(error), "options.fail_on") != NULL);
    vitrust_error_free(error);
    CHECK(vitrust_report_fails(report, TEXT("{\"view\": \"verdict\"}"), &fails, NULL) == VITRUST_STATUS_ARGUMENT);
    CHECK(vitrust_report_from_json((const uint8_t *)"{", 1, &kept, NULL) == VITRUST_STATUS_JSON && kept == NULL);
    CHECK_OK(vitrust_report_from_json((const uint8_t *)"{}", 2, &kept, &error), error);
    vitrust_report_free(kept);
    vitrust_string_free(again);
    vitrust_report_free(report);
    vitrust_estate_free(estate);
}

static void a_store_is_an_estate(void) {
    vitrust_store *store = NULL;
    vitrust_estate *estate = NULL;
    vitrust_report *report;
    vitrust_error *error = NULL;
    const char *dump = "Number of entries in store :\t0\n";
    CHECK_OK(vitrust_store_from_bytes((const uint8_t *)dump, strlen(dump), NULL, 0, &store, &error), error);
    CHECK_OK(vitrust_estate_from_store(store, TEXT("vc01"), &estate, &error), error);
    vitrust_store_free(store);
    report = assess(estate);
    CHECK(count_of(report, "matrix.parties") == 1);
    /* TRUSTED_ROOTS is never empty: a listing of none did not see it, so the store is not known. */
    CHECK(item_holds(report, "matrix.parties", 0, "\"has_store\":false"));
    vitrust_report_free(report);
    vitrust_estate_free(estate);
    CHECK(vitrust_estate_from_store(NULL, TEXT("vc01"), &estate, NULL) == VITRUST_STATUS_NULL_POINTER && estate == NULL);
}

int main(int argc, char **argv) {
    CHECK(argc == 2);
    folder = argv[1];
    an_estate_is_judged_item_by_item();
    an_estate_goes_through_json_and_back();
    a_report_is_drawn_and_kept();
    a_store_is_an_estate();
    return 0;
}
