/* vitrust: tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.
 *
 * Generated from bindings-c/src by the test suite; do not edit. docs/abi.md is the guide. In short:
 *
 * - Check vitrust_abi_version() == VITRUST_ABI_VERSION first.
 * - A call returns VITRUST_STATUS_OK (0) or what went wrong. Its outputs are set to NULL at the start and written only
 *   when it returns OK.
 * - Whoever receives a handle through a *_out parameter frees it with the matching _free. _free(NULL) does nothing.
 * - Inputs are borrowed for the call. Input with length 0 may be NULL.
 * - A const handle may be used by several threads at once; every other handle by one at a time.
 * - An error is an object of its own. No state is kept per thread.
 */

#ifndef VITRUST_H
#define VITRUST_H

#include <stddef.h>
#include <stdint.h>

/**
 * The number of this binary interface. It grows when a caller compiled against an older header could break; a new
 * function does not change it.
 */
#define VITRUST_ABI_VERSION 1

/**
 * What a call came to. 0 is success; every other number is a failure, and numbers are never reused.
 */
enum vitrust_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The outputs are written.
     */
    VITRUST_STATUS_OK = 0,
    /**
     * A defect of the library: a panic that a binding stopped at its border.
     */
    VITRUST_STATUS_PANIC = 1,
    /**
     * An argument of a binding has the wrong form.
     */
    VITRUST_STATUS_ARGUMENT = 2,
    /**
     * A pointer is NULL where that is not allowed.
     */
    VITRUST_STATUS_NULL_POINTER = 3,
    /**
     * Text is not UTF-8.
     */
    VITRUST_STATUS_UTF8 = 4,
    /**
     * Options are not JSON.
     */
    VITRUST_STATUS_JSON = 5,
    /**
     * An option is unknown, missing, or has the wrong form.
     */
    VITRUST_STATUS_OPTION = 6,
    /**
     * A length is larger than any object in memory.
     */
    VITRUST_STATUS_LENGTH = 7,
    /**
     * Something that one process opened was used in another process, forked from it.
     */
    VITRUST_STATUS_FORKED = 8,
    /**
     * A time is neither a date nor RFC 3339.
     */
    VITRUST_STATUS_TIME = 10,
    /**
     * A profile name is unknown.
     */
    VITRUST_STATUS_PROFILE = 11,
    /**
     * A threshold profile is unknown.
     */
    VITRUST_STATUS_THRESHOLDS = 12,
    /**
     * PEM text could not be read.
     */
    VITRUST_STATUS_PEM = 100,
    /**
     * The input holds no PEM block of the wanted kind.
     */
    VITRUST_STATUS_NO_BLOCK = 101,
    /**
     * Bytes are not a readable certificate or CRL.
     */
    VITRUST_STATUS_CERTIFICATE = 110,
    /**
     * A trust store or a file of certificates could not be read at all.
     */
    VITRUST_STATUS_STORE = 200,
    /**
     * The text is not an estate.
     */
    VITRUST_STATUS_ESTATE = 220,
    /**
     * The presented chain is empty or too long.
     */
    VITRUST_STATUS_CHAIN = 300,
    /**
     * A server name is neither a DNS name nor an address.
     */
    VITRUST_STATUS_SERVER_NAME = 301,
    /**
     * The chain is not trusted, and a binding was asked to fail in that case.
     */
    VITRUST_STATUS_UNTRUSTED = 310,
    /**
     * A host name has no address.
     */
    VITRUST_STATUS_RESOLVE = 600,
    /**
     * A connection to a server could not be made, or was lost.
     */
    VITRUST_STATUS_CONNECT = 601,
    /**
     * A TLS handshake failed.
     */
    VITRUST_STATUS_HANDSHAKE = 602,
    /**
     * The certificate of a server is not trusted, so it was not queried.
     */
    VITRUST_STATUS_SERVER_UNTRUSTED = 603,
    /**
     * A server did not answer in time.
     */
    VITRUST_STATUS_TIMEOUT = 604,
    /**
     * The caller stopped the work.
     */
    VITRUST_STATUS_CANCELLED = 605,
    /**
     * A server's answer does not follow the protocol.
     */
    VITRUST_STATUS_RESPONSE = 606,
    /**
     * A server's answer is larger than allowed.
     */
    VITRUST_STATUS_TOO_LARGE = 607,
    /**
     * A change was sent to a server, and its answer was lost.
     */
    VITRUST_STATUS_OUTCOME_UNKNOWN = 608,
    /**
     * A login was refused, or a session has ended.
     */
    VITRUST_STATUS_UNAUTHENTICATED = 700,
    /**
     * The user lacks a privilege.
     */
    VITRUST_STATUS_FORBIDDEN = 701,
    /**
     * The requested object is not on the server.
     */
    VITRUST_STATUS_REMOTE_NOT_FOUND = 702,
    /**
     * A server answered with a fault.
     */
    VITRUST_STATUS_FAULT = 703,
    /**
     * A server's version does not support the request.
     */
    VITRUST_STATUS_UNSUPPORTED = 704,
    /**
     * A service of the server is not available at the moment.
     */
    VITRUST_STATUS_UNAVAILABLE = 705,
    /**
     * The inventory file is wrong.
     */
    VITRUST_STATUS_INVENTORY = 710,
    /**
     * A user or password is missing from the place that the inventory names.
     */
    VITRUST_STATUS_CREDENTIALS = 711,
    /**
     * A file or folder could not be read.
     */
    VITRUST_STATUS_FILE = 800,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum vitrust_status vitrust_status;
#else
typedef int32_t vitrust_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A session with one vCenter. Any number of threads may use one at the same time. Whoever received it frees it with
 * vitrust_client_free, which ends the session. In a process forked from the one that opened it, every call fails
 * with VITRUST_STATUS_FORKED, and freeing it leaves the session open for the other.
 */
typedef struct vitrust_client vitrust_client;

/**
 * Why a call failed. Whoever received it frees it with vitrust_error_free.
 */
typedef struct vitrust_error vitrust_error;

/**
 * The facts of an estate: vCenters, hosts and storage providers, what they present and which stores they hold. It never
 * changes after it was made, so any number of threads may use one at the same time. Whoever received it frees it with
 * vitrust_estate_free, when no thread uses it any more.
 */
typedef struct vitrust_estate vitrust_estate;

/**
 * The vCenters to query, with what is needed to log in. Any number of threads may use one at the same time. Whoever
 * received it frees it with vitrust_inventory_free; its passwords are then wiped.
 */
typedef struct vitrust_inventory vitrust_inventory;

/**
 * What a call found out, as JSON. It never changes after it was made, so any number of threads may use one at the same
 * time. Whoever received it frees it with vitrust_report_free.
 */
typedef struct vitrust_report vitrust_report;

/**
 * A set of trust anchors. It never changes after it was made, so any number of threads may use one at the same time.
 * Whoever received it frees it with vitrust_store_free, when no thread uses it any more.
 */
typedef struct vitrust_store vitrust_store;

/**
 * Text made by the library: UTF-8, with a NUL after its last byte and none inside. Whoever received it frees it
 * with vitrust_string_free.
 */
typedef struct vitrust_string vitrust_string;

/**
 * Reports the progress of a long call, and asks whether to go on.
 *
 * It is called on the thread that made the call, about ten times a second, even when nothing has happened. It must
 * return, and neither throw nor jump out. It may call the library, but not free what the call uses.
 *
 * done, total: how many servers; `total` may grow.
 * what: the server that was done last, or empty; UTF-8, ended by a NUL, valid until the callback returns.
 * user: what the call was given, unchanged; may be NULL.
 *
 * Any value other than 0 stops the work; it is then not called again, and the call returns when its sessions are
 * closed.
 */
typedef int32_t (*vitrust_progress)(uint64_t done, uint64_t total, const char *what, void *user);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The number of the binary interface this library has. Before any other call, compare it with the number your
 * program was written for, and stop if they differ. Never fails.
 */
uint32_t vitrust_abi_version(void);

/**
 * The version of the library, for people: "0.1.0". The text is static: do not free it. Never fails.
 */
const char *vitrust_version(void);

/**
 * Reads certificates and CRLs from an input of any shape that vitrust_store_from_bytes takes, and makes no store of
 * them: every certificate is listed, copies and those of every VECS store included.
 *
 * data, data_len: the input; borrowed for this call. NULL with length 0 is an empty input.
 * options, options_len: "source" and "shape" as in vitrust_store_from_bytes, or nothing (NULL with length 0).
 * report_out: receives a report with the sections "certificates", "crls", "dumped", "without_certificate" and "unreadable" of
 * vitrust_store_describe, to be freed with vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_STORE when the input holds nothing that is, or fails to be, a certificate. May be called
 * from any thread.
 */
vitrust_status vitrust_certificates_read(const uint8_t *data,
                                         size_t data_len,
                                         const char *options,
                                         size_t options_len,
                                         vitrust_report **report_out,
                                         vitrust_error **error_out);

/**
 * Opens a session with a vCenter of an inventory.
 *
 * vcenter, vcenter_len: its name in the inventory, which is the host of its URL if none was given; empty for the
 * only one.
 * progress, user: see vitrust_progress; NULL for none.
 * client_out: receives the client, to be freed with vitrust_client_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_SERVER_UNTRUSTED before any password is sent when the server's certificate is not trusted;
 * the message contains the fingerprints and the setting that would trust it. Nothing stays open after a failure. May be
 * called from any thread.
 */
vitrust_status vitrust_client_open(const vitrust_inventory *inventory,
                                   const char *vcenter,
                                   size_t vcenter_len,
                                   vitrust_progress progress,
                                   void *user,
                                   vitrust_client **client_out,
                                   vitrust_error **error_out);

/**
 * Makes a call that changes nothing.
 *
 * call, call_len: its name, "trusted_roots" or "hosts" for instance; docs/guide/calls.md lists them all.
 * arguments, arguments_len: a JSON object, or nothing (NULL with length 0) for a call without arguments.
 * progress, user: see vitrust_progress; NULL for none. A stop ends the client: calls of other threads are stopped too,
 * every later one fails with VITRUST_STATUS_CANCELLED, and freeing it still ends the session.
 * report_out: receives the answer, to be freed with vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ARGUMENT for an unknown call or wrong arguments, before anything is sent. May be called from
 * any thread.
 */
vitrust_status vitrust_client_read(const vitrust_client *client,
                                   const char *call,
                                   size_t call_len,
                                   const char *arguments,
                                   size_t arguments_len,
                                   vitrust_progress progress,
                                   void *user,
                                   vitrust_report **report_out,
                                   vitrust_error **error_out);

/**
 * Makes a call that changes something. It is sent once and never repeated automatically.
 *
 * call, arguments: as in vitrust_client_read, of the other table of docs/guide/calls.md.
 * secret, secret_len: the password or private key of the calls that take one; else NULL with length 0. Borrowed for
 * this call; the library wipes its own copy, and the caller must wipe theirs.
 * progress, user: as in vitrust_client_read.
 * report_out: receives the answer, to be freed with vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_OUTCOME_UNKNOWN when the change was sent and its answer was lost or not waited for:
 * look at the server before you make it again. May be called from any thread.
 */
vitrust_status vitrust_client_change(const vitrust_client *client,
                                     const char *call,
                                     size_t call_len,
                                     const char *arguments,
                                     size_t arguments_len,
                                     const char *secret,
                                     size_t secret_len,
                                     vitrust_progress progress,
                                     void *user,
                                     vitrust_report **report_out,
                                     vitrust_error **error_out);

/**
 * Ends the session and frees the client. NULL is fine. Waits for the server to answer: for each logout, of which there
 * are two before 8.0.3, at most three seconds or "timeout_seconds" if that is less. A session that was given stays
 * open. So does one for whose logout the system provides no thread, and in a forked process that of the parent,
 * whose memory is abandoned there. Free it once, when no thread uses it any more.
 */
void vitrust_client_free(vitrust_client *client);

/**
 * The status that the failed call returned. NULL gives VITRUST_STATUS_OK, a handle of another kind
 * VITRUST_STATUS_ARGUMENT.
 */
vitrust_status vitrust_error_code(const vitrust_error *error);

/**
 * What went wrong and where, for people: one line of UTF-8, ended by a NUL. It is valid until the error is freed. NULL
 * gives an empty text.
 */
const char *vitrust_error_message(const vitrust_error *error);

/**
 * The same for programs: a JSON object with `code`, `name`, `message`, `argument` (the parameter or option at fault,
 * or null) and `line` (in that argument, or null), ended by a NUL. It is valid until the error is freed. NULL gives an
 * empty text.
 */
const char *vitrust_error_detail(const vitrust_error *error);

/**
 * Frees an error. NULL is fine. Free it once, and use neither it nor its texts afterwards.
 */
void vitrust_error_free(vitrust_error *error);

/**
 * Reads an estate from its JSON form, as vitrust_estate_json writes it (docs/schema/estate.schema.json).
 *
 * data, data_len: the text; borrowed for this call.
 * estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ESTATE for any other text. May be called from any thread.
 */
vitrust_status vitrust_estate_from_json(const uint8_t *data,
                                        size_t data_len,
                                        vitrust_estate **estate_out,
                                        vitrust_error **error_out);

/**
 * Reads an estate from files: folders of exports (docs/guide/estate-layout.md), single files of any shape, estates in JSON.
 *
 * paths, paths_len: a JSON array of paths, ["exports", "castore.pem"]. They become one estate. If only some paths
 * can be read, the others are listed as unreadable.
 * estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_FILE when no path can be read. May be called from any thread.
 */
vitrust_status vitrust_estate_load(const char *paths,
                                   size_t paths_len,
                                   vitrust_estate **estate_out,
                                   vitrust_error **error_out);

/**
 * The estate of one vCenter of which only a trust store is known, as its TRUSTED_ROOTS: to see when its
 * certificates expire, and what is wrong with it. Printed entries and what could not be read come with it.
 *
 * name, name_len: the name of the vCenter and the store; required.
 * estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_estate_from_store(const vitrust_store *store,
                                         const char *name,
                                         size_t name_len,
                                         vitrust_estate **estate_out,
                                         vitrust_error **error_out);

/**
 * The estate as JSON text, which vitrust_estate_from_json reads.
 *
 * json_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_estate_json(const vitrust_estate *estate, vitrust_string **json_out, vitrust_error **error_out);

/**
 * What is in the estate, in short.
 *
 * report_out: receives a report with the sections "vcenters" (name, the names of its hosts, and whether it was
 * queried without checking its certificate) and "unreadable" (place and reason of what could not be read), to be freed with
 * vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_estate_describe(const vitrust_estate *estate,
                                       vitrust_report **report_out,
                                       vitrust_error **error_out);

/**
 * Judges an estate: what is wrong, who trusts whom, what expires when, what breaks next. A broken estate is an answer, not
 * a failure.
 *
 * options, options_len: a JSON object. Its keys, of which only "at" is required:
 *   "at"          the time all is judged at, RFC 3339 or a date: "2026-06-01T12:00:00Z"
 *   "profile"     whose rules decide between vCenters: "strict" (the default), "openssl", "java", "go", "webpki"
 *   "thresholds"  when an approaching expiry deserves attention: "vsphere" (the default), "vcenter-host",
 *                 "vasa", "sos", "vcert", "vdt", or days such as "60/30"
 *   "within"      list only certificates that expire within so many days
 *   "vcenters"    an array of names: report about these vCenters alone; the whole estate is judged in any case
 *   "severity"    list no finding below this severity: "critical", "high", "medium", "low" or "info"
 * report_out: receives the report (docs/schema/report.schema.json), to be freed with vitrust_report_free. NULL unless
 * the call returns OK. Its sections: "findings" (worst first), "expiry", "edges", "matrix", "causes", "additions",
 * "forecast" and "not_collected"; and what these refer to, "certificates" (by their "id") and "rejections" (by their position).
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread, also at the same time on one estate.
 */
vitrust_status vitrust_estate_assess(const vitrust_estate *estate,
                                     const char *options,
                                     size_t options_len,
                                     vitrust_report **report_out,
                                     vitrust_error **error_out);

/**
 * Frees an estate. NULL is fine. Free it once, when no thread uses it any more.
 */
void vitrust_estate_free(vitrust_estate *estate);

/**
 * The JSON Schema of a format.
 *
 * name, name_len: "estate", "probe" or "report".
 * json_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ARGUMENT for another name. May be called from any thread.
 */
vitrust_status vitrust_schema(const char *name, size_t name_len, vitrust_string **json_out, vitrust_error **error_out);

/**
 * Makes an inventory without vCenters; vitrust_inventory_add adds them.
 *
 * options, options_len: a JSON object or nothing (NULL with length 0). Its keys, as in an inventory file
 * (docs/guide/collect.md):
 *   "vcenters_in_flight", "hosts_in_flight"  how many are asked at a time
 *   "connect"  where to connect instead: {"*.lab.example:443": "127.0.0.1:8443"}
 * inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_inventory_new(const char *options,
                                     size_t options_len,
                                     vitrust_inventory **inventory_out,
                                     vitrust_error **error_out);

/**
 * Reads an inventory file (TOML, docs/guide/collect.md). Passwords are where the file says: in a variable of the
 * environment or in a file.
 *
 * path, path_len: the file.
 * password, password_len: serves the entries that say `password_prompt`; NULL with length 0 says that nobody can
 * be asked. It is the password of one user: if entries ask for more than one, the call fails rather than send it
 * to a server it is not meant for. Borrowed for this call; the library keeps a copy in the inventory.
 * environment, environment_len: the variables that count, each as NAME=value with a NUL behind it, for a caller whose own
 * environment is not the one of the process (.NET on Linux keeps a copy); NULL with length 0 for that of the process.
 * inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes. No message contains a password.
 *
 * Fails with VITRUST_STATUS_INVENTORY for a wrong file, and with VITRUST_STATUS_CREDENTIALS when a password is not
 * where the file says. May be called from any thread, while none changes the environment.
 */
vitrust_status vitrust_inventory_load(const char *path,
                                      size_t path_len,
                                      const char *password,
                                      size_t password_len,
                                      const char *environment,
                                      size_t environment_len,
                                      vitrust_inventory **inventory_out,
                                      vitrust_error **error_out);

/**
 * Makes an inventory of one vCenter from the variables of the environment that govc and PowerCLI scripts use: GOVC_URL,
 * GOVC_USERNAME, GOVC_PASSWORD, GOVC_INSECURE, GOVC_TLS_CA_CERTS, or VMWARE_HOST, VMWARE_USER, VMWARE_PASSWORD.
 *
 * environment, environment_len: as in vitrust_inventory_load.
 * inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails as vitrust_inventory_load. May be called from any thread, while none changes the environment.
 */
vitrust_status vitrust_inventory_from_environment(const char *environment,
                                                  size_t environment_len,
                                                  vitrust_inventory **inventory_out,
                                                  vitrust_error **error_out);

/**
 * Adds a vCenter to which the library logs in, and logs out at the end.
 *
 * inventory: not NULL; it stays the caller's.
 * settings, settings_len: a JSON object with the keys of a [[vcenter]] of an inventory file, except user and
 * password: "url" (required), "name", "ca_file", "system_roots", "pins", "insecure", "timeout_seconds", "sso_domain", "sms_file",
 * "hosts", "providers", "probe_hosts". Paths are relative to the working directory.
 * user, user_len: for example "audit@vsphere.local".
 * password, password_len: borrowed for this call; the library keeps a copy in the inventory and wipes it at the end.
 * error_out: as in vitrust_store_from_bytes. No message contains the password.
 *
 * Fails with VITRUST_STATUS_INVENTORY or VITRUST_STATUS_CREDENTIALS; nothing is then added. Several threads may add to one
 * inventory at the same time, while none changes the environment.
 */
vitrust_status vitrust_inventory_add(vitrust_inventory *inventory,
                                     const char *settings,
                                     size_t settings_len,
                                     const char *user,
                                     size_t user_len,
                                     const char *password,
                                     size_t password_len,
                                     vitrust_error **error_out);

/**
 * Adds a vCenter with which a session is already open: the SessionSecret of a PowerCLI connection. The library neither
 * logs in nor out.
 *
 * inventory: not NULL; it stays the caller's.
 * settings, settings_len: as in vitrust_inventory_add.
 * session, session_len: the key of the vim session; borrowed and kept like a password.
 * error_out: as in vitrust_store_from_bytes. No message contains the session.
 *
 * Before vCenter 8.0.3 a vim session opens none of the REST API, so trusted roots then come from certs/download.zip.
 * Fails as vitrust_inventory_add. May be called from any thread.
 */
vitrust_status vitrust_inventory_add_session(vitrust_inventory *inventory,
                                             const char *settings,
                                             size_t settings_len,
                                             const char *session,
                                             size_t session_len,
                                             vitrust_error **error_out);

/**
 * How many vCenters the inventory has. NULL gives 0.
 */
size_t vitrust_inventory_len(const vitrust_inventory *inventory);

/**
 * Frees an inventory and wipes its passwords. NULL is fine. Free it once, when no thread uses it any more; clients that
 * were opened with it go on.
 */
void vitrust_inventory_free(vitrust_inventory *inventory);

/**
 * Queries TLS servers for what they present. Nothing is judged and nothing but a handshake is sent. A server that hangs,
 * resets or sends an alert is an answer, not a failure.
 *
 * endpoints, endpoints_len: a JSON array of "host", "host:port", "[IPv6]:port" or https URLs. The default port is
 * 443.
 * options, options_len: a JSON object or nothing (NULL with length 0). Its keys:
 *   "timeout_seconds"  the longest one server may take, 10 by default
 *   "server_name"      the name to ask for (SNI) instead of the host
 *   "connect_to"       where to connect instead: {"*.lab.example:9080": "127.0.0.1:40001"}
 *   "in_flight"        how many servers are asked at a time, from 1 to 512; 64 by default
 * progress, user: see vitrust_progress; NULL for none.
 * report_out: receives a report that is an array of probes in the order asked (docs/schema/probe.schema.json), to be
 * freed with vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_CANCELLED when the callback stopped it. May be called from any thread.
 */
vitrust_status vitrust_probe(const char *endpoints,
                             size_t endpoints_len,
                             const char *options,
                             size_t options_len,
                             vitrust_progress progress,
                             void *user,
                             vitrust_report **report_out,
                             vitrust_error **error_out);

/**
 * Collects the estate of an inventory: what every vCenter, host and storage provider presents and holds right now. It
 * reads and never writes. What cannot be collected is listed, and the rest goes on.
 *
 * inventory: stays the caller's, and may be changed or freed as soon as the call returns.
 * progress, user: see vitrust_progress; NULL for none. A stop is not a failure: what was not reached is among the failures,
 * named "cancelled".
 * estate_out: receives the estate, to be freed with vitrust_estate_free. NULL unless the call returns OK.
 * report_out: receives a report with the sections "failures" (vcenter, object, code, name, message, privilege) and
 * "insecure" (the vCenters whose certificate was not checked), to be freed with vitrust_report_free. NULL unless the
 * call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_INVENTORY when the inventory has no vCenter. May be called from any thread.
 */
vitrust_status vitrust_collect(const vitrust_inventory *inventory,
                               vitrust_progress progress,
                               void *user,
                               vitrust_estate **estate_out,
                               vitrust_report **report_out,
                               vitrust_error **error_out);

/**
 * Draws a report for people, as the command vitrust prints it.
 *
 * format, format_len: "text".
 * options, options_len: JSON, or length 0 for none:
 *   "view"    what is drawn: "audit" (the default), "matrix", "reasons" (why cells are not trusted, and what to add),
 *             or "expiry" of the report of an assessment; "unreadable" of vitrust_estate_describe; "verdict" of
 *             vitrust_store_verify; "probes" of vitrust_probe
 *   "width"   how many columns there are, at least 20; 120 by default
 *   "colour"  true for ANSI escapes
 *   "ascii"   true if only ASCII can be shown
 *   "full"    true to show lists in full, however long they are
 * text_out: receives the lines, to be freed with vitrust_string_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ARGUMENT when the report does not have what the view shows. May be called from any thread.
 */
vitrust_status vitrust_report_render(const vitrust_report *report,
                                     const char *format,
                                     size_t format_len,
                                     const char *options,
                                     size_t options_len,
                                     vitrust_string **text_out,
                                     vitrust_error **error_out);

/**
 * Says whether what a report shows is a failure, as the exit code of the command vitrust does.
 *
 * options, options_len: JSON, or length 0 for none:
 *   "view"     what is looked at, as in vitrust_report_render: "audit" (the default), "matrix", "expiry", "unreadable",
 *              "verdict" or "probes"
 *   "fail_on"  what counts: "critical", "high", "medium", "low" or "info" and everything worse, with or without ",unknown" for what is
 *              not known or could not be read; "unknown" alone; or "never". "high,unknown" by default
 * fails_out: receives 1 for a failure, else 0. 0 unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ARGUMENT when the report does not have what the view shows. May be called from any thread.
 */
vitrust_status vitrust_report_fails(const vitrust_report *report,
                                    const char *options,
                                    size_t options_len,
                                    int32_t *fails_out,
                                    vitrust_error **error_out);

/**
 * Makes a report from the saved JSON of one.
 *
 * data, data_len: the JSON of a report, or a part of one.
 * report_out: receives the report, to be freed with vitrust_report_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_JSON when the text is not JSON. May be called from any thread.
 */
vitrust_status vitrust_report_from_json(const uint8_t *data,
                                        size_t data_len,
                                        vitrust_report **report_out,
                                        vitrust_error **error_out);

/**
 * The whole report as JSON text, ended by a NUL. It is valid until the report is freed. NULL gives NULL.
 */
const char *vitrust_report_data(const vitrust_report *report);

/**
 * The length of the whole report in bytes, without the NUL. NULL gives 0.
 */
size_t vitrust_report_len(const vitrust_report *report);

/**
 * How many items a section has. An array has its items; any other value is one item; what is absent or null has none.
 *
 * section, section_len: the keys that lead to it, joined by dots: "findings", "matrix.parties". Empty for the whole
 * report, which is an array in some calls.
 * count_out: receives the number. 0 unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_report_count(const vitrust_report *report,
                                    const char *section,
                                    size_t section_len,
                                    size_t *count_out,
                                    vitrust_error **error_out);

/**
 * One item of a section as JSON text. Reports of large estates take megabytes; their items are small.
 *
 * section, section_len: as in vitrust_report_count.
 * index: from 0; the order is the report's.
 * item_out, item_len_out: receive the text and its length in bytes. It is part of the report's own text: it is
 * valid until the report is freed, and there is no NUL after it. NULL and 0 unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * Fails with VITRUST_STATUS_ARGUMENT when there is no such item. May be called from any thread.
 */
vitrust_status vitrust_report_item(const vitrust_report *report,
                                   const char *section,
                                   size_t section_len,
                                   size_t index,
                                   const char **item_out,
                                   size_t *item_len_out,
                                   vitrust_error **error_out);

/**
 * Frees a report. NULL is fine. Free it once, and use neither it nor its texts afterwards.
 */
void vitrust_report_free(vitrust_report *report);

/**
 * Makes a trust store from what an administrator has: PEM text such as a castore.pem, DER, PKCS#7, or an export of
 * TRUSTED_ROOTS. The shape is determined by the content. Text around PEM blocks is ignored. A block that cannot be read
 * does not hide the others: see vitrust_store_describe.
 *
 * data, data_len: the input; borrowed for this call. NULL with length 0 is an empty input.
 * options, options_len: a JSON object or nothing (NULL with length 0). Its keys:
 *   "source"  what the input is called in messages, for example "castore.pem"
 *   "store"   the VECS store of a listing that has the anchors: "TRUSTED_ROOTS" (the default) or another
 *   "shape"   what the input must be, if its content should not decide: "pem", "der", "pkcs7", "vecs-list",
 *             "vecs-dump", "store-loop", "dir-cli-list", "download-zip", "trusted-root-chain", "power-cli-json",
 *             "power-cli-csv"
 * store_out: receives the store, to be freed with vitrust_store_free. NULL unless the call returns OK.
 * error_out: receives the error, to be freed with vitrust_error_free. NULL if it returns OK. May itself be NULL.
 *
 * Fails with VITRUST_STATUS_STORE when the input holds nothing that is, or fails to be, a certificate. May be called
 * from any thread.
 */
vitrust_status vitrust_store_from_bytes(const uint8_t *data,
                                        size_t data_len,
                                        const char *options,
                                        size_t options_len,
                                        vitrust_store **store_out,
                                        vitrust_error **error_out);

/**
 * How many distinct trust anchors the store has. NULL gives 0.
 */
size_t vitrust_store_len(const vitrust_store *store);

/**
 * What the store holds, and what else was in the input.
 *
 * options, options_len: a JSON object or nothing (NULL with length 0). Its key:
 *   "at"  a time, RFC 3339 or a date: what is wrong with the store by itself then is added
 * report_out: receives a report, to be freed with vitrust_report_free. NULL unless the call returns OK. Its sections:
 * "certificates" (the anchors: subject, sha1, not_after, pem and more, each with its place), "crls", "set_aside"
 * (certificates of other VECS stores, which are not anchors), "dumped" (entries known only from a printed text),
 * "without_certificate" (secret keys and pending requests of VECS by place, never what they hold), "unreadable" (place and reason; empty when nothing was lost) and, with "at", "lint".
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_store_describe(const vitrust_store *store,
                                      const char *options,
                                      size_t options_len,
                                      vitrust_report **report_out,
                                      vitrust_error **error_out);

/**
 * Judges a presented chain against the store: what would this consumer decide at this time, and why? An untrusted
 * chain is an answer, not a failure: the call returns VITRUST_STATUS_OK and the report says so.
 *
 * chain, chain_len: PEM text, DER or PKCS#7, the end-entity certificate first and the rest in any order; borrowed for
 * this call. A block that cannot be read is an error.
 * options, options_len: a JSON object. Its keys, of which only "at" is required:
 *   "at"          the verification time, RFC 3339 or a date: "2026-06-01T12:00:00Z"
 *   "profile"     whose rules: "strict" (the default), "openssl", "java", "go", "webpki"
 *   "purpose"     "server" (the default), "client", "ca", "any"
 *   "name"        the DNS name or IP address the end-entity certificate must carry
 *   "crls"        an array of PEM texts with CRLs; each must be readable as a whole
 *   "revocation"  "if-present" (the default), or "required": every certificate below the anchor needs a CRL
 *   "max_depth"   the most certificates between end-entity and anchor
 *   "policies"    an array of acceptable certificate policies, "2.5.29.32.0" for instance; none means any
 *   "explicit_policy", "inhibit_policy_mapping", "inhibit_any_policy"
 *                 true or false (the default): the other policy inputs of RFC 5280 section 6.1.1
 * An unknown key is an error.
 * report_out: receives a report, to be freed with vitrust_report_free. NULL unless the call returns OK. Its keys:
 * "state" ("trusted", "untrusted", or "unknown" if the store or the chain has parts that could not be examined), "trusted",
 * "profile", "purpose", "at", "path" (end-entity first), "rejections" (nearest miss first), "change" (the one change that
 * would make the chain trusted, or null), "public_ca" (the publicly trusted CA that a refused chain ends in, or null),
 * "missing" (what must be known for an answer), "unread" (what of the chain was not read) and "reason" (the same in one sentence).
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread, also at the same time on one store.
 */
vitrust_status vitrust_store_verify(const vitrust_store *store,
                                    const uint8_t *chain,
                                    size_t chain_len,
                                    const char *options,
                                    size_t options_len,
                                    vitrust_report **report_out,
                                    vitrust_error **error_out);

/**
 * Frees a store. NULL is fine. Free it once, when no thread uses it any more.
 */
void vitrust_store_free(vitrust_store *store);

/**
 * The text, ended by a NUL. It is valid until the string is freed. NULL gives NULL.
 */
const char *vitrust_string_data(const vitrust_string *string);

/**
 * The length of the text in bytes, without the NUL. NULL gives 0.
 */
size_t vitrust_string_len(const vitrust_string *string);

/**
 * Frees a string. NULL is fine. Free it once, and use neither it nor its text afterwards.
 */
void vitrust_string_free(vitrust_string *string);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* VITRUST_H */
