/* Probe, collection and client against a simulated estate. Arguments: a folder with fleet.toml, the user, and a server
 * that takes connections and never answers. The password is the content of the file password in the folder. */
#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#endif
#include "check.h"
#include "files.h"
#include "sections.h"

#define TEXT(literal) (literal), strlen(literal)

typedef struct {
    unsigned calls;
    unsigned stop_after;
    uint64_t done;
    uint64_t total;
} watch;

static int32_t on_progress(uint64_t done, uint64_t total, const char *what, void *user) {
    watch *seen = (watch *)user;
    CHECK(what != NULL && done <= total);
    CHECK(done >= seen->done);
    seen->calls++;
    seen->done = done;
    seen->total = total;
    return seen->stop_after != 0 && seen->calls >= seen->stop_after;
}

static vitrust_inventory *inventory_of_the_file(void) {
    char path[4096];
    vitrust_inventory *inventory = NULL;
    vitrust_error *error = NULL;
    sprintf(path, "%s/fleet.toml", folder);
    CHECK_OK(vitrust_inventory_load(path, strlen(path), NULL, 0, NULL, 0, &inventory, &error), error);
    CHECK(vitrust_inventory_len(inventory) == 2);
    return inventory;
}

static void the_estate_is_collected(void) {
    vitrust_inventory *inventory = inventory_of_the_file();
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    watch seen = {0, 0, 0, 0};
    CHECK_OK(vitrust_collect(inventory, on_progress, &seen, &estate, &report, &error), error);
    CHECK(seen.calls > 0 && seen.done == seen.total);
    CHECK(count_of(report, "failures") == 0);
    vitrust_report_free(report);
    CHECK_OK(vitrust_estate_describe(estate, &report, &error), error);
    CHECK(count_of(report, "vcenters") == 2);
    CHECK(item_holds(report, "vcenters", 0, "esx01.vc01.lab.example"));
    vitrust_report_free(report);
    vitrust_estate_free(estate);
    vitrust_inventory_free(inventory);
}

static void a_stopped_collection_tells_what_is_missing(const char *silent) {
    char options[300];
    vitrust_inventory *inventory = NULL;
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    watch seen = {0, 3, 0, 0};
    sprintf(options, "{\"connect\": {\"*.lab.example:443\": \"%s\"}}", silent);
    CHECK_OK(vitrust_inventory_new(options, strlen(options), &inventory, &error), error);
    CHECK_OK(vitrust_inventory_add(inventory, TEXT("{\"url\": \"vc01.lab.example\", \"insecure\": true}"), TEXT("user"),
                                   TEXT("hunter2"), &error),
             error);
    CHECK_OK(vitrust_collect(inventory, on_progress, &seen, &estate, &report, &error), error);
    CHECK(seen.calls == 3);
    CHECK(count_of(report, "failures") >= 1);
    CHECK(item_holds(report, "failures", 0, "\"name\":\"cancelled\""));
    vitrust_report_free(report);
    vitrust_estate_free(estate);
    vitrust_inventory_free(inventory);
}

static void a_client_reads_and_changes(void) {
    vitrust_inventory *inventory = inventory_of_the_file();
    vitrust_client *client = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    bytes root = read_file("new-root.json");
    char arguments[200];
    size_t roots;
    CHECK_FAILS(VITRUST_STATUS_INVENTORY, vitrust_client_open(inventory, NULL, 0, NULL, NULL, &client, &error), error);
    CHECK_OK(vitrust_client_open(inventory, TEXT("vc01.lab.example"), NULL, NULL, &client, &error), error);
    vitrust_inventory_free(inventory);
    CHECK_OK(vitrust_client_read(client, TEXT("about"), NULL, 0, NULL, NULL, &report, &error), error);
    CHECK(strstr(vitrust_report_data(report), "\"version\":\"8.0") != NULL);
    vitrust_report_free(report);
    CHECK_OK(vitrust_client_read(client, TEXT("hosts"), NULL, 0, NULL, NULL, &report, &error), error);
    CHECK(count_of(report, "") == 2);
    vitrust_report_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT, vitrust_client_read(client, TEXT("host"), NULL, 0, NULL, NULL, &report, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT,
                vitrust_client_read(client, TEXT("create_trusted_root"), TEXT("{}"), NULL, NULL, &report, &error), error);
    CHECK_FAILS(VITRUST_STATUS_ARGUMENT,
                vitrust_client_change(client, TEXT("trusted_roots"), NULL, 0, NULL, 0, NULL, NULL, &report, &error), error);
    CHECK_OK(vitrust_client_change(client, TEXT("create_trusted_root"), (const char *)root.data, root.len, NULL, 0, NULL,
                                   NULL, &report, &error),
             error);
    /* The answer is the new chain's id, as JSON. */
    CHECK(vitrust_report_len(report) < sizeof arguments - 16);
    sprintf(arguments, "{\"id\": %s}", vitrust_report_data(report));
    vitrust_report_free(report);
    CHECK_OK(vitrust_client_read(client, TEXT("trusted_roots"), NULL, 0, NULL, NULL, &report, &error), error);
    roots = count_of(report, "");
    vitrust_report_free(report);
    CHECK_OK(vitrust_client_change(client, TEXT("delete_trusted_root"), arguments, strlen(arguments), NULL, 0, NULL, NULL,
                                   &report, &error),
             error);
    vitrust_report_free(report);
    CHECK_OK(vitrust_client_read(client, TEXT("trusted_roots"), NULL, 0, NULL, NULL, &report, &error), error);
    CHECK(count_of(report, "") == roots - 1);
    vitrust_report_free(report);
    vitrust_client_free(client);
    free(root.data);
}

#ifndef _WIN32
/* What a process does with the client of the one it was forked from, and with one of its own. */
static void use_in_a_forked_process(const vitrust_inventory *inventory, vitrust_client *client) {
    vitrust_client *own = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    CHECK_FAILS(VITRUST_STATUS_FORKED, vitrust_client_read(client, TEXT("about"), NULL, 0, NULL, NULL, &report, &error),
                error);
    CHECK_FAILS(VITRUST_STATUS_FORKED,
                vitrust_client_change(client, TEXT("renew_tls"), NULL, 0, NULL, 0, NULL, NULL, &report, &error), error);
    CHECK(report == NULL);
    vitrust_client_free(client);
    CHECK_OK(vitrust_client_open(inventory, TEXT("vc01.lab.example"), NULL, NULL, &own, &error), error);
    CHECK_OK(vitrust_client_read(own, TEXT("about"), NULL, 0, NULL, NULL, &report, &error), error);
    vitrust_report_free(report);
    vitrust_client_free(own);
}

static void a_client_belongs_to_the_process_that_opened_it(void) {
    vitrust_inventory *inventory = inventory_of_the_file();
    vitrust_client *client = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    int told[2];
    char answer = 0;
    pid_t child;
    if (getenv("EMULATED") != NULL) {
        puts("skipped: an emulator loses its own threads when a program forks");
        vitrust_inventory_free(inventory);
        return;
    }
    CHECK_OK(vitrust_client_open(inventory, TEXT("vc01.lab.example"), NULL, NULL, &client, &error), error);
    CHECK(pipe(told) == 0);
    fflush(NULL);
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        /* What hangs ends here. */
        alarm(60);
        use_in_a_forked_process(inventory, client);
        CHECK(write(told[1], "y", 1) == 1);
        /* It does not exit: a leak checker would find what is given up on purpose in this process. */
        kill(getpid(), SIGKILL);
    }
    close(told[1]);
    CHECK(read(told[0], &answer, 1) == 1 && answer == 'y');
    close(told[0]);
    CHECK(waitpid(child, NULL, 0) == child);
    /* The session is still there. */
    CHECK_OK(vitrust_client_read(client, TEXT("hosts"), NULL, 0, NULL, NULL, &report, &error), error);
    CHECK(count_of(report, "") == 2);
    vitrust_report_free(report);
    vitrust_client_free(client);
    vitrust_inventory_free(inventory);
}
#else
static void a_client_belongs_to_the_process_that_opened_it(void) {
}
#endif

static void an_inventory_is_made_and_a_password_is_an_argument(const char *user) {
    bytes settings = read_file("settings.json");
    bytes options = read_file("options.json");
    bytes password = read_file("password");
    vitrust_inventory *inventory = NULL;
    vitrust_estate *estate = NULL;
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    vitrust_client *client = NULL;
    CHECK_OK(vitrust_inventory_new((const char *)options.data, options.len, &inventory, &error), error);
    CHECK_OK(vitrust_inventory_add(inventory, (const char *)settings.data, settings.len, user, strlen(user),
                                   (const char *)password.data, password.len, &error),
             error);
    CHECK_FAILS(VITRUST_STATUS_INVENTORY,
                vitrust_inventory_add_session(inventory, (const char *)settings.data, settings.len, TEXT("x"), &error), error);
    CHECK_OK(vitrust_collect(inventory, NULL, NULL, &estate, &report, &error), error);
    CHECK(count_of(report, "failures") == 0);
    vitrust_report_free(report);
    vitrust_estate_free(estate);
    vitrust_inventory_free(inventory);

    /* A session that nobody opened is told as such, and is not repeated. */
    report = NULL;
    CHECK_OK(vitrust_inventory_new((const char *)options.data, options.len, &inventory, &error), error);
    CHECK_OK(vitrust_inventory_add_session(inventory, (const char *)settings.data, settings.len, TEXT("hunter2"), &error),
             error);
    CHECK_OK(vitrust_client_open(inventory, NULL, 0, NULL, NULL, &client, &error), error);
    CHECK(vitrust_client_read(client, TEXT("hosts"), NULL, 0, NULL, NULL, &report, &error) ==
          VITRUST_STATUS_UNAUTHENTICATED);
    CHECK(strstr(vitrust_error_detail(error), "hunter2") == NULL);
    vitrust_error_free(error);
    vitrust_client_free(client);
    vitrust_inventory_free(inventory);
    free(password.data);
    free(options.data);
    free(settings.data);
}

static void servers_are_probed(const char *silent) {
    char endpoints[300];
    vitrust_report *report = NULL;
    vitrust_error *error = NULL;
    watch seen = {0, 0, 0, 0};
    watch stopper = {0, 3, 0, 0};
    sprintf(endpoints, "[\"%s\"]", silent);
    CHECK_OK(vitrust_probe(endpoints, strlen(endpoints), TEXT("{\"timeout_seconds\": 0.5}"), on_progress, &seen, &report,
                           &error),
             error);
    CHECK(seen.calls >= 3 && seen.done == 1 && seen.total == 1);
    CHECK(count_of(report, "") == 1);
    CHECK(item_holds(report, "", 0, "\"name\":\"timeout\""));
    vitrust_report_free(report);
    report = NULL;
    CHECK_FAILS(VITRUST_STATUS_CANCELLED,
                vitrust_probe(endpoints, strlen(endpoints), TEXT("{\"timeout_seconds\": 60}"), on_progress, &stopper,
                              &report, &error),
                error);
    CHECK(stopper.calls == 3 && report == NULL);
}

int main(int argc, char **argv) {
    CHECK(argc == 4);
    folder = argv[1];
    the_estate_is_collected();
    a_stopped_collection_tells_what_is_missing(argv[3]);
    a_client_reads_and_changes();
    a_client_belongs_to_the_process_that_opened_it();
    an_inventory_is_made_and_a_password_is_an_argument(argv[2]);
    servers_are_probed(argv[3]);
    return 0;
}
