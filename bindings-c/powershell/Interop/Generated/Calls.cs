// The C ABI as .NET calls it: functions, the callback, a handle for each native object, and the numbers of errors.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Runtime.InteropServices;

namespace VITrust
{
    public static partial class Native
    {
        private const uint WrittenFor = 1;

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_error_detail(ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_error_message(ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_report_data(ReportHandle report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_string_data(StringHandle @string);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_version();

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_inventory_len(InventoryHandle inventory);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_report_len(ReportHandle report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_store_len(StoreHandle store);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_string_len(StringHandle @string);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern uint vitrust_abi_version();

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_certificates_read(byte[] data, UIntPtr dataLen, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_change(ClientHandle client, byte[] call, UIntPtr callLen, byte[] arguments, UIntPtr argumentsLen, byte[] secret, UIntPtr secretLen, Progress progress, IntPtr user, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_open(InventoryHandle inventory, byte[] vcenter, UIntPtr vcenterLen, Progress progress, IntPtr user, out ClientHandle client, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_read(ClientHandle client, byte[] call, UIntPtr callLen, byte[] arguments, UIntPtr argumentsLen, Progress progress, IntPtr user, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_collect(InventoryHandle inventory, Progress progress, IntPtr user, out EstateHandle estate, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_error_code(ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_assess(EstateHandle estate, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_describe(EstateHandle estate, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_from_json(byte[] data, UIntPtr dataLen, out EstateHandle estate, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_from_store(StoreHandle store, byte[] name, UIntPtr nameLen, out EstateHandle estate, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_json(EstateHandle estate, out StringHandle json, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_load(byte[] paths, UIntPtr pathsLen, out EstateHandle estate, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_add(InventoryHandle inventory, byte[] settings, UIntPtr settingsLen, byte[] user, UIntPtr userLen, byte[] password, UIntPtr passwordLen, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_add_session(InventoryHandle inventory, byte[] settings, UIntPtr settingsLen, byte[] session, UIntPtr sessionLen, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_from_environment(byte[] environment, UIntPtr environmentLen, out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_load(byte[] path, UIntPtr pathLen, byte[] password, UIntPtr passwordLen, byte[] environment, UIntPtr environmentLen, out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_new(byte[] options, UIntPtr optionsLen, out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_probe(byte[] endpoints, UIntPtr endpointsLen, byte[] options, UIntPtr optionsLen, Progress progress, IntPtr user, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_count(ReportHandle report, byte[] section, UIntPtr sectionLen, out UIntPtr count, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_fails(ReportHandle report, byte[] options, UIntPtr optionsLen, out int fails, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_from_json(byte[] data, UIntPtr dataLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_item(ReportHandle report, byte[] section, UIntPtr sectionLen, UIntPtr index, out IntPtr item, out UIntPtr itemLen, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_render(ReportHandle report, byte[] format, UIntPtr formatLen, byte[] options, UIntPtr optionsLen, out StringHandle text, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_schema(byte[] name, UIntPtr nameLen, out StringHandle json, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_describe(StoreHandle store, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_from_bytes(byte[] data, UIntPtr dataLen, byte[] options, UIntPtr optionsLen, out StoreHandle store, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_verify(StoreHandle store, byte[] chain, UIntPtr chainLen, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_client_free(IntPtr client);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_error_free(IntPtr error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_estate_free(IntPtr estate);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_inventory_free(IntPtr inventory);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_report_free(IntPtr report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_store_free(IntPtr store);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_string_free(IntPtr @string);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int Progress(ulong done, ulong total, IntPtr what, IntPtr user);

    internal sealed partial class ClientHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_client_free(native); }
    }

    internal sealed partial class ErrorHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_error_free(native); }
    }

    internal sealed partial class EstateHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_estate_free(native); }
    }

    internal sealed partial class InventoryHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_inventory_free(native); }
    }

    internal sealed partial class ReportHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_report_free(native); }
    }

    internal sealed partial class StoreHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_store_free(native); }
    }

    internal sealed partial class StringHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_string_free(native); }
    }

    internal static class Status
    {
        internal const int Ok = 0;
        internal const int Panic = 1;
        internal const int Argument = 2;
        internal const int NullPointer = 3;
        internal const int Utf8 = 4;
        internal const int Json = 5;
        internal const int Option = 6;
        internal const int Length = 7;
        internal const int Forked = 8;
        internal const int Time = 10;
        internal const int Profile = 11;
        internal const int Thresholds = 12;
        internal const int Pem = 100;
        internal const int NoBlock = 101;
        internal const int Certificate = 110;
        internal const int Store = 200;
        internal const int Estate = 220;
        internal const int Chain = 300;
        internal const int ServerName = 301;
        internal const int Untrusted = 310;
        internal const int Resolve = 600;
        internal const int Connect = 601;
        internal const int Handshake = 602;
        internal const int ServerUntrusted = 603;
        internal const int Timeout = 604;
        internal const int Cancelled = 605;
        internal const int Response = 606;
        internal const int TooLarge = 607;
        internal const int OutcomeUnknown = 608;
        internal const int Unauthenticated = 700;
        internal const int Forbidden = 701;
        internal const int RemoteNotFound = 702;
        internal const int Fault = 703;
        internal const int Unsupported = 704;
        internal const int Unavailable = 705;
        internal const int Inventory = 710;
        internal const int Credentials = 711;
        internal const int File = 800;
    }
}
