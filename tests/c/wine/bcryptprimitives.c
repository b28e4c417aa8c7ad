/* Stands in for a library of Windows that older releases of Wine lack; the tests put it beside their programs. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID data, ULONG len);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T len) {
    return SystemFunction036(data, (ULONG)len);
}
