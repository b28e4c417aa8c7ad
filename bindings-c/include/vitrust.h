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
     * A defect of the library: it was stopped at the border. Please report it.
     */
    VITRUST_STATUS_PANIC = 1,
    /**
     * An argument has the wrong form in a way that has no number of its own.
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
     * The input holds no block of the wanted kind.
     */
    VITRUST_STATUS_NO_BLOCK = 101,
    /**
     * Not a readable certificate or CRL.
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
     * The chain is not trusted, where a call was asked to fail in that case.
     */
    VITRUST_STATUS_UNTRUSTED = 310,
    /**
     * A host name has no address.
     */
    VITRUST_STATUS_RESOLVE = 600,
    /**
     * No connection to a server, or it was lost.
     */
    VITRUST_STATUS_CONNECT = 601,
    /**
     * A TLS handshake failed.
     */
    VITRUST_STATUS_HANDSHAKE = 602,
    /**
     * The certificate of a server that was to be asked is not trusted.
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
     * A server's answer has another shape than the protocol.
     */
    VITRUST_STATUS_RESPONSE = 606,
    /**
     * A server's answer is beyond its bound.
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
     * What was asked for is not on the server.
     */
    VITRUST_STATUS_REMOTE_NOT_FOUND = 702,
    /**
     * A server answered with a fault.
     */
    VITRUST_STATUS_FAULT = 703,
    /**
     * A server's version does not have what was asked.
     */
    VITRUST_STATUS_UNSUPPORTED = 704,
    /**
     * A service of the server is not available now.
     */
    VITRUST_STATUS_UNAVAILABLE = 705,
    /**
     * The inventory file is wrong.
     */
    VITRUST_STATUS_INVENTORY = 710,
    /**
     * A user or password is missing where the inventory says it is.
     */
    VITRUST_STATUS_CREDENTIALS = 711,
    /**
     * A file could not be read.
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
 * Why a call failed. Whoever received it frees it with vitrust_error_free.
 */
typedef struct vitrust_error vitrust_error;

/**
 * A set of trust anchors. It never changes after it was made, so any number of threads may use one at the same time.
 * Whoever received it frees it with vitrust_store_free, when no thread uses it any more.
 */
typedef struct vitrust_store vitrust_store;

/**
 * Text made by the library: UTF-8, with a NUL behind its last byte and none inside. Whoever received it frees it
 * with vitrust_string_free.
 */
typedef struct vitrust_string vitrust_string;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The number of the binary interface this library has. Compare it with the one you were written for before any
 * other call, and go no further when they differ. Never fails.
 */
uint32_t vitrust_abi_version(void);

/**
 * The version of the library, for people: "0.1.0". The text is static: do not free it. Never fails.
 */
const char *vitrust_version(void);

/**
 * The status that the failed call returned. NULL gives VITRUST_STATUS_OK.
 */
vitrust_status vitrust_error_code(const vitrust_error *error);

/**
 * What went wrong and where, for people: one line of UTF-8, ended by a NUL. It lives until the error is freed. NULL
 * gives an empty text.
 */
const char *vitrust_error_message(const vitrust_error *error);

/**
 * The same for programs: a JSON object with `code`, `name`, `message`, `argument` (the parameter or option at fault,
 * or null) and `line` (in that argument, or null), ended by a NUL. It lives until the error is freed. NULL gives an
 * empty text.
 */
const char *vitrust_error_detail(const vitrust_error *error);

/**
 * Frees an error. NULL is fine. Free it once, and use neither it nor its texts afterwards.
 */
void vitrust_error_free(vitrust_error *error);

/**
 * Makes a trust store from what an administrator has: PEM text such as a castore.pem, DER, PKCS#7, or an export of
 * TRUSTED_ROOTS. The shape is told by the content. Text around PEM blocks is passed over. A block that cannot be read
 * does not hide the others: see vitrust_store_unreadable.
 *
 * data, data_len: the input; borrowed for this call. NULL with length 0 is an empty input.
 * Of a listing of several VECS stores only one has the anchors: see vitrust_store_set_aside.
 *
 * options, options_len: a JSON object or nothing (NULL with length 0). Its keys:
 *   "source"  what the input is called in messages, for example "castore.pem"
 *   "store"   the VECS store of a listing that has the anchors: "TRUSTED_ROOTS" (the default) or another
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
 * What of the input could not be read, as a JSON array: each with `place` (source and line) and `reason`. An empty
 * array says that nothing was lost.
 *
 * report_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_store_unreadable(const vitrust_store *store,
                                        vitrust_string **report_out,
                                        vitrust_error **error_out);

/**
 * The certificates of other VECS stores than the one that was asked for, as a JSON array: each with `place`, `subject`
 * and `sha256`. They were read and are no anchors.
 *
 * report_out: receives the text, to be freed with vitrust_string_free. NULL unless the call returns OK.
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread.
 */
vitrust_status vitrust_store_set_aside(const vitrust_store *store,
                                       vitrust_string **report_out,
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
 * report_out: receives a JSON object, to be freed with vitrust_string_free. NULL unless the call returns OK. Its
 * keys: "trusted", "profile", "purpose", "at", "path" (end-entity first), "rejections" (nearest miss first), and
 * "change" (the one change that would make the chain trusted, or null).
 * error_out: as in vitrust_store_from_bytes.
 *
 * May be called from any thread, also at the same time on one store.
 */
vitrust_status vitrust_store_verify(const vitrust_store *store,
                                    const uint8_t *chain,
                                    size_t chain_len,
                                    const char *options,
                                    size_t options_len,
                                    vitrust_string **report_out,
                                    vitrust_error **error_out);

/**
 * Frees a store. NULL is fine. Free it once, when no thread uses it any more.
 */
void vitrust_store_free(vitrust_store *store);

/**
 * The text, ended by a NUL. It lives until the string is freed. NULL gives NULL.
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
