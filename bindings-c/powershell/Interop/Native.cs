// The native library: which file it is, what it is, and how its calls are made and checked.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

// Never the folder somebody works in, nor another on a search path: those may hold a library of a stranger.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]

namespace VITrust
{
    /// <summary>The native library: which file it is, and its functions.</summary>
    public static class Native
    {
        // Looked for in the folder of this assembly, as vitrust.dll, libvitrust.so or libvitrust.dylib.
        private const string Library = "vitrust";
        private const uint WrittenFor = 1;
        private static readonly string Beside = LibraryBeside(typeof(Native).Assembly.Location);
        private static int live;
        private static bool known;

        /// <summary>The path of the library: a file in the folder of this assembly.</summary>
        public static string LibraryPath { get { return Beside; } }

        /// <summary>How many native objects are alive in this process.</summary>
        public static int LiveHandles() { return Volatile.Read(ref live); }

        /// <summary>The number of the library's binary interface.</summary>
        public static int AbiVersion() { return checked((int)vitrust_abi_version()); }

        /// <summary>The version of the library.</summary>
        public static string Version() { return Text.FromNative(vitrust_version()); }

        /// <summary>A JSON schema by name: estate, probe or report.</summary>
        public static string Schema(string name)
        {
            Require();
            byte[] text = Text.ToUtf8(name);
            StringHandle json;
            ErrorHandle error;
            Check(vitrust_schema(text, Size(text), out json, out error), error);
            return json.Take();
        }

        internal static void Count(int change) { Interlocked.Add(ref live, change); }

        /// <summary>Refuses a library with another binary interface than the one this was written for.</summary>
        internal static void Require()
        {
            if (known) return;
            uint found = vitrust_abi_version();
            if (found != WrittenFor)
            {
                string message = string.Format(CultureInfo.InvariantCulture,
                    "{0} has binary interface {1}, and this module was written for {2}", Beside, found, WrittenFor);
                throw new VITrustException(2, "argument", message, null, null);
            }
            known = true;
        }

        /// <summary>The library in the folder of an assembly; the name alone for an assembly that is no file.</summary>
        private static string LibraryBeside(string assembly)
        {
            if (string.IsNullOrEmpty(assembly)) return Library;
            string folder = Path.GetDirectoryName(assembly);
            string[] names = { "vitrust.dll", "libvitrust.so", "libvitrust.dylib" };
            IEnumerable<string> paths = names.Select(name => Path.Combine(folder, name));
            return paths.FirstOrDefault(path => File.Exists(path)) ?? Path.Combine(folder, Library);
        }

        internal static UIntPtr Size(byte[] bytes)
        {
            return bytes == null ? UIntPtr.Zero : new UIntPtr((ulong)bytes.LongLength);
        }

        /// <summary>Throws what a call reported, unless it reported nothing.</summary>
        internal static void Check(int status, ErrorHandle error)
        {
            using (error)
            {
                if (status != 0) throw error.ToException(status);
            }
        }

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        private static extern uint vitrust_abi_version();

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        private static extern IntPtr vitrust_version();

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        private static extern int vitrust_schema(byte[] name, UIntPtr nameLen, out StringHandle json, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_error_detail(ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_error_free(IntPtr error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_string_data(StringHandle text);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_string_len(StringHandle text);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_string_free(IntPtr text);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern IntPtr vitrust_report_data(ReportHandle report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_report_len(ReportHandle report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_count(
            ReportHandle report, byte[] section, UIntPtr sectionLen, out UIntPtr count, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_report_item(
            ReportHandle report, byte[] section, UIntPtr sectionLen, UIntPtr index,
            out IntPtr item, out UIntPtr itemLen, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_report_free(IntPtr report);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_certificates_read(
            byte[] data, UIntPtr dataLen, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_from_bytes(
            byte[] data, UIntPtr dataLen, byte[] options, UIntPtr optionsLen, out StoreHandle store, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_store_len(StoreHandle store);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_describe(
            StoreHandle store, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_store_verify(
            StoreHandle store, byte[] chain, UIntPtr chainLen, byte[] options, UIntPtr optionsLen,
            out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_store_free(IntPtr store);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_from_json(
            byte[] data, UIntPtr dataLen, out EstateHandle estate, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_load(
            byte[] paths, UIntPtr pathsLen, out EstateHandle estate, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_json(EstateHandle estate, out StringHandle json, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_describe(
            EstateHandle estate, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_estate_assess(
            EstateHandle estate, byte[] options, UIntPtr optionsLen, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_estate_free(IntPtr estate);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_new(
            byte[] options, UIntPtr optionsLen, out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_load(
            byte[] path, UIntPtr pathLen, byte[] password, UIntPtr passwordLen,
            out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_from_environment(out InventoryHandle inventory, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_add(
            InventoryHandle inventory, byte[] settings, UIntPtr settingsLen, byte[] user, UIntPtr userLen,
            byte[] password, UIntPtr passwordLen, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_inventory_add_session(
            InventoryHandle inventory, byte[] settings, UIntPtr settingsLen, byte[] session, UIntPtr sessionLen,
            out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern UIntPtr vitrust_inventory_len(InventoryHandle inventory);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_inventory_free(IntPtr inventory);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_probe(
            byte[] endpoints, UIntPtr endpointsLen, byte[] options, UIntPtr optionsLen, Progress progress, IntPtr user,
            out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_collect(
            InventoryHandle inventory, Progress progress, IntPtr user,
            out EstateHandle estate, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_open(
            InventoryHandle inventory, byte[] vcenter, UIntPtr vcenterLen, Progress progress, IntPtr user,
            out ClientHandle client, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_read(
            ClientHandle client, byte[] call, UIntPtr callLen, byte[] arguments, UIntPtr argumentsLen,
            Progress progress, IntPtr user, out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern int vitrust_client_change(
            ClientHandle client, byte[] call, UIntPtr callLen, byte[] arguments, UIntPtr argumentsLen,
            byte[] secret, UIntPtr secretLen, Progress progress, IntPtr user,
            out ReportHandle report, out ErrorHandle error);

        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        internal static extern void vitrust_client_free(IntPtr client);
    }
}
