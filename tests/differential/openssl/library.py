"""Asks the library behind ``openssl verify`` about each case of a file, in this process, and prints JSON lines.

Usage: library.py CASES.jsonl

``verify.py`` beside it starts the command for each case, which is what the written answers come from. This one calls
libcrypto in the order of ``apps/verify.c`` and is some twenty times as fast, for runs of many thousand cases. A test
compares the two. As for the command, the target and every certificate of the store must be readable; of the other
certificates and of the lists some must be.
"""

import base64
import ctypes
import ctypes.util
import ipaddress
import json
import sys

PURPOSES = {"server": 2, "client": 1, "any": 7}
CRL_CHECK, CRL_CHECK_ALL = 0x4, 0x8

POINTER, INT, LONG, TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_char_p

FUNCTIONS = {
    "OpenSSL_version": (TEXT, [INT]),
    "ERR_clear_error": (None, []),
    "d2i_X509": (POINTER, [POINTER, POINTER, LONG]),
    "d2i_X509_CRL": (POINTER, [POINTER, POINTER, LONG]),
    "X509_free": (None, [POINTER]),
    "X509_CRL_free": (None, [POINTER]),
    "X509_STORE_new": (POINTER, []),
    "X509_STORE_free": (None, [POINTER]),
    "X509_STORE_add_cert": (INT, [POINTER, POINTER]),
    "X509_STORE_set1_param": (INT, [POINTER, POINTER]),
    "X509_STORE_CTX_new": (POINTER, []),
    "X509_STORE_CTX_free": (None, [POINTER]),
    "X509_STORE_CTX_init": (INT, [POINTER, POINTER, POINTER, POINTER]),
    "X509_STORE_CTX_set0_crls": (None, [POINTER, POINTER]),
    "X509_STORE_CTX_get_error": (INT, [POINTER]),
    "X509_STORE_CTX_get_error_depth": (INT, [POINTER]),
    "X509_verify_cert": (INT, [POINTER]),
    "X509_verify_cert_error_string": (TEXT, [LONG]),
    "X509_VERIFY_PARAM_new": (POINTER, []),
    "X509_VERIFY_PARAM_free": (None, [POINTER]),
    "X509_VERIFY_PARAM_set_time": (None, [POINTER, LONG]),
    "X509_VERIFY_PARAM_set_purpose": (INT, [POINTER, INT]),
    "X509_VERIFY_PARAM_set_flags": (INT, [POINTER, ctypes.c_ulong]),
    "X509_VERIFY_PARAM_set1_host": (INT, [POINTER, TEXT, ctypes.c_size_t]),
    "X509_VERIFY_PARAM_set1_ip_asc": (INT, [POINTER, TEXT]),
    "OPENSSL_sk_new_null": (POINTER, []),
    "OPENSSL_sk_push": (INT, [POINTER, POINTER]),
    "OPENSSL_sk_free": (None, [POINTER]),
}


class Unreadable(Exception):
    """A certificate or list that OpenSSL does not read."""


class Library:
    """libcrypto with the types of the functions used here."""

    def __init__(self):
        path = ctypes.util.find_library("crypto")
        if path is None:
            sys.exit("there is no libcrypto on this machine")
        library = ctypes.CDLL(path)
        for name, (result, arguments) in FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)


class Question:
    """One case: what it allocates is freed at the end of its ``with``."""

    def __init__(self, library, case):
        self.library, self.case, self.cleanup = library, case, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for free, pointer in reversed(self.cleanup):
            free(pointer)

    def kept(self, pointer, free):
        """``pointer``, freed later."""
        self.cleanup.append((free, pointer))
        return pointer

    def read(self, text, read, free, what):
        """The object that ``read`` makes of base64 DER."""
        der = base64.b64decode(text)
        buffer = ctypes.create_string_buffer(der, len(der))
        place = ctypes.c_void_p(ctypes.addressof(buffer))
        pointer = read(None, ctypes.addressof(place), len(der))
        if not pointer:
            raise Unreadable(f"{what} cannot be read")
        return self.kept(pointer, free)

    def certificate(self, text, what):
        """A certificate."""
        return self.read(text, self.library.d2i_X509, self.library.X509_free, what)

    def some(self, texts, read):
        """What ``read`` makes of those texts that it can read; an error when there are texts and it can read none."""
        pointers = []
        last = Unreadable("there is nothing to read")
        for text in texts:
            try:
                pointers.append(read(text))
            except Unreadable as unreadable:
                last = unreadable
        if texts and not pointers:
            raise last
        return pointers

    def stack(self, pointers):
        """A stack of ``pointers``, which it does not own."""
        stack = self.kept(self.library.OPENSSL_sk_new_null(), self.library.OPENSSL_sk_free)
        for pointer in pointers:
            self.library.OPENSSL_sk_push(stack, pointer)
        return stack

    def parameters(self):
        """What the command's options set."""
        library, case = self.library, self.case
        parameters = self.kept(library.X509_VERIFY_PARAM_new(), library.X509_VERIFY_PARAM_free)
        library.X509_VERIFY_PARAM_set_time(parameters, case["at"])
        library.X509_VERIFY_PARAM_set_purpose(parameters, PURPOSES[case["purpose"]])
        if case["crls"]:
            library.X509_VERIFY_PARAM_set_flags(parameters, CRL_CHECK | CRL_CHECK_ALL)
        name = case["name"]
        if name is not None:
            set_name = library.X509_VERIFY_PARAM_set1_ip_asc
            try:
                ipaddress.ip_address(name)
            except ValueError:
                library.X509_VERIFY_PARAM_set1_host(parameters, name.encode(), 0)
            else:
                set_name(parameters, name.encode())
        return parameters

    def message(self):
        """Why the case is refused; empty when it is accepted."""
        library, case = self.library, self.case
        store = self.kept(library.X509_STORE_new(), library.X509_STORE_free)
        library.X509_STORE_set1_param(store, self.parameters())
        for text in case["anchors"]:
            library.X509_STORE_add_cert(store, self.certificate(text, "a certificate of the store"))
        target = self.certificate(case["chain"][0], "the certificate")
        others = self.some(case["chain"][1:], lambda text: self.certificate(text, "another certificate"))
        lists = self.some(
            case["crls"], lambda text: self.read(text, library.d2i_X509_CRL, library.X509_CRL_free, "a list")
        )
        context = self.kept(library.X509_STORE_CTX_new(), library.X509_STORE_CTX_free)
        if library.X509_STORE_CTX_init(context, store, target, self.stack(others)) != 1:
            raise Unreadable("no verification can be started")
        if lists:
            library.X509_STORE_CTX_set0_crls(context, self.stack(lists))
        done = library.X509_verify_cert(context)
        error = library.X509_STORE_CTX_get_error(context)
        if done > 0 and error == 0:
            return ""
        depth = library.X509_STORE_CTX_get_error_depth(context)
        return f"{library.X509_verify_cert_error_string(error).decode()}, depth {depth}"


def ask(library, case):
    """One answer for one case."""
    try:
        with Question(library, case) as question:
            message = question.message()
    except Unreadable as unreadable:
        message = str(unreadable)
    library.ERR_clear_error()
    return {"case": case["case"], "accepted": not message, "message": message}


def main():
    """Answers all cases of the file given, in their order, or says which library it is."""
    library = Library()
    if sys.argv[1] == "--version":
        print(library.OpenSSL_version(0).decode())
        return
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            print(json.dumps(ask(library, json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
