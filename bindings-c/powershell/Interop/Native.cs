// The native library: which file it is, what it is, and how its calls are made and checked.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

// The folder of this assembly comes first, and from .NET 10 on no other: one on a search path may hold a library of a stranger.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]

namespace VITrust
{
    /// <summary>The native library: which file it is, and its functions.</summary>
    public static partial class Native
    {
        // Looked for in the folder of this assembly, as vitrust.dll, libvitrust.so or libvitrust.dylib.
        private const string Library = "vitrust";
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
                throw new VITrustException(Status.Argument, "argument", message, null, null);
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
                if (status != Status.Ok) throw error.ToException(status);
            }
        }
    }
}
