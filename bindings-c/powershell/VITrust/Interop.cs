// The library as .NET sees it: native calls, handles, report rows and jobs. One file of C# 5, because the compiler of
// Windows PowerShell takes no newer one. The token in Native.Library is replaced by the path of the library.
// Nothing here judges certificates: every answer comes from the library. PowerShell reads a property whose getter throws
// as $null. So no public property calls the library or can throw: it reads what its object holds, and a method does the rest.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace VITrust
{
    // ---------------------------------------------------------------------------------------------- native calls

    /// <summary>The native library: which file it is, and its functions.</summary>
    public static class Native
    {
        private const string Library = @"@@LIBRARY@@";
        private const uint WrittenFor = 1;
        private static int live;
        private static bool known;

        /// <summary>The path of the library that was compiled in.</summary>
        public static string LibraryPath { get { return Library; } }

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
                    "{0} has binary interface {1}, and this module was written for {2}", Library, found, WrittenFor);
                throw new VITrustException(2, "argument", message, null, null);
            }
            known = true;
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

    /// <summary>Called by the library while it works; anything but 0 stops the work.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    internal delegate int Progress(ulong done, ulong total, IntPtr what, IntPtr user);

    /// <summary>A native object: freed once, at the latest by the finaliser, and not while a call uses it.</summary>
    internal abstract class Handle : SafeHandle
    {
        private int counted;

        protected Handle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }

        /// <summary>Counts the object as alive, now that the call that made it has succeeded.</summary>
        internal void Opened()
        {
            if (!IsInvalid && Interlocked.Exchange(ref counted, 1) == 0) Native.Count(1);
        }

        protected abstract void Free(IntPtr native);

        protected override bool ReleaseHandle()
        {
            Free(handle);
            if (Interlocked.Exchange(ref counted, 0) == 1) Native.Count(-1);
            return true;
        }
    }

    internal sealed class ErrorHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_error_free(native); }

        internal VITrustException ToException(int status)
        {
            if (IsInvalid) return new VITrustException(status, "unknown", "the call failed without a word", null, null);
            ErrorDetail detail = Json.Read<ErrorDetail>(Text.BytesFromNative(Native.vitrust_error_detail(this)));
            return new VITrustException(detail.Code, detail.Name, detail.Message, detail.Argument, detail.Line);
        }
    }

    internal sealed class StringHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_string_free(native); }

        /// <summary>Copies the text and frees it.</summary>
        internal string Take()
        {
            using (this)
            {
                byte[] copy = Text.Copy(Native.vitrust_string_data(this), Native.vitrust_string_len(this));
                return Text.FromUtf8(copy);
            }
        }
    }

    internal sealed class ReportHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_report_free(native); }
    }

    internal sealed class StoreHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_store_free(native); }
    }

    internal sealed class EstateHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_estate_free(native); }
    }

    internal sealed class InventoryHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_inventory_free(native); }
    }

    internal sealed class ClientHandle : Handle
    {
        protected override void Free(IntPtr native) { Native.vitrust_client_free(native); }
    }

    // ---------------------------------------------------------------------------------------------- text and JSON

    /// <summary>Text between .NET and the library, which speaks UTF-8.</summary>
    internal static class Text
    {
        private static readonly UTF8Encoding Encoding = new UTF8Encoding(false, true);

        internal static byte[] ToUtf8(string text) { return text == null ? null : Encoding.GetBytes(text); }

        internal static string FromUtf8(byte[] bytes) { return Encoding.GetString(bytes); }

        internal static byte[] Copy(IntPtr data, UIntPtr length)
        {
            byte[] copy = new byte[checked((int)length.ToUInt64())];
            if (copy.Length > 0) Marshal.Copy(data, copy, 0, copy.Length);
            return copy;
        }

        /// <summary>The bytes of a text that ends in a NUL.</summary>
        internal static byte[] BytesFromNative(IntPtr text)
        {
            int length = 0;
            while (text != IntPtr.Zero && Marshal.ReadByte(text, length) != 0) length++;
            return Copy(text, new UIntPtr((uint)length));
        }

        internal static string FromNative(IntPtr text) { return FromUtf8(BytesFromNative(text)); }
    }

    /// <summary>JSON by the serialiser of .NET.</summary>
    internal static class Json
    {
        private static DataContractJsonSerializer Serializer(Type type)
        {
            return new DataContractJsonSerializer(type, new DataContractJsonSerializerSettings
            {
                UseSimpleDictionaryFormat = true
            });
        }

        /// <summary>The serialiser of one type, which any number of threads may use and which is slow to make.</summary>
        private static class Kept<T>
        {
            internal static readonly DataContractJsonSerializer Serializer = Json.Serializer(typeof(T));
        }

        internal static T Read<T>(byte[] json)
        {
            using (MemoryStream stream = new MemoryStream(json, false))
            {
                T value = (T)Kept<T>.Serializer.ReadObject(stream);
                Row row = value as Row;
                if (row != null) row.Source(json);
                return value;
            }
        }

        internal static byte[] Write(object value)
        {
            if (value == null) return null;
            using (MemoryStream stream = new MemoryStream())
            {
                Serializer(value.GetType()).WriteObject(stream, value);
                return stream.ToArray();
            }
        }
    }

    /// <summary>A point in time as the library writes it (RFC 3339, UTC, whole seconds) and as .NET has it. It is read once,
    /// when it comes in: a text that is no time fails there.</summary>
    internal struct Moment
    {
        private static readonly string[] Forms = { "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" };

        /// <summary>The text, or null.</summary>
        internal readonly string Text;
        /// <summary>The time of the text, or null.</summary>
        internal readonly DateTime? Time;

        internal Moment(string text)
        {
            Text = text;
            Time = text == null ? (DateTime?)null : Read(text);
        }

        internal Moment(DateTime? time) : this(WriteOptional(time)) { }

        /// <summary>Reads a time. Years that DateTime does not have become the nearest it has.</summary>
        internal static DateTime Read(string text)
        {
            DateTime time;
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, Utc, out time)) return time;
            bool early = text.StartsWith("-", StringComparison.Ordinal) || text.StartsWith("0000-", StringComparison.Ordinal);
            bool late = text.StartsWith("+", StringComparison.Ordinal);
            if (!early && !late) throw new FormatException("`" + text + "` is no time");
            return DateTime.SpecifyKind(early ? DateTime.MinValue : DateTime.MaxValue, DateTimeKind.Utc);
        }

        /// <summary>Writes a time. One without a zone is taken for UTC.</summary>
        internal static string Write(DateTime time)
        {
            DateTime utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
            return utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        internal static string WriteOptional(DateTime? time)
        {
            return time.HasValue ? Write(time.Value) : null;
        }
    }

    /// <summary>Secrets on their way into the library.</summary>
    internal static class Secret
    {
        /// <summary>Lends the UTF-8 bytes of a secret for one call and wipes them afterwards.</summary>
        internal static T Lend<T>(SecureString secret, Func<byte[], T> call)
        {
            if (secret == null) return call(null);
            char[] characters = new char[secret.Length];
            GCHandle pinned = GCHandle.Alloc(characters, GCHandleType.Pinned);
            try
            {
                IntPtr plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
                try
                {
                    Marshal.Copy(plain, characters, 0, characters.Length);
                }
                finally
                {
                    Marshal.ZeroFreeGlobalAllocUnicode(plain);
                }
                return Lend(characters, call);
            }
            finally
            {
                Array.Clear(characters, 0, characters.Length);
                pinned.Free();
            }
        }

        /// <summary>The same for characters, which are wiped too.</summary>
        internal static T Lend<T>(char[] characters, Func<byte[], T> call)
        {
            UTF8Encoding utf8 = new UTF8Encoding(false, true);
            byte[] bytes = new byte[utf8.GetByteCount(characters)];
            // Pinned, so that the collector makes no copy that nobody wipes.
            GCHandle pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            try
            {
                utf8.GetBytes(characters, 0, characters.Length, bytes, 0);
                return call(bytes);
            }
            finally
            {
                Array.Clear(bytes, 0, bytes.Length);
                Array.Clear(characters, 0, characters.Length);
                pinned.Free();
            }
        }
    }

    // ---------------------------------------------------------------------------------------------- errors

    [DataContract]
    internal sealed class ErrorDetail
    {
        [DataMember(Name = "code")] public int Code { get; set; }
        [DataMember(Name = "name")] public string Name { get; set; }
        [DataMember(Name = "message")] public string Message { get; set; }
        [DataMember(Name = "argument")] public string Argument { get; set; }
        [DataMember(Name = "line")] public int? Line { get; set; }
    }

    /// <summary>The library could not do what was asked. An untrusted chain is no error: it is a verdict.</summary>
    public sealed class VITrustException : Exception
    {
        /// <summary>The stable number: see docs/errors.md.</summary>
        public int Code { get; private set; }

        /// <summary>The stable name of that number.</summary>
        public string Name { get; private set; }

        /// <summary>The parameter or option at fault, or null.</summary>
        public string Argument { get; private set; }

        /// <summary>The line in it, from 1, or null.</summary>
        public int? Line { get; private set; }

        /// <summary>The id of an error record: "VITrust." and the name.</summary>
        public string Id { get { return Errors.Id(Name); } }

        /// <summary>The name of PowerShell's ErrorCategory that fits.</summary>
        public string Category { get { return Errors.Category(Code); } }

        /// <summary>Makes an error as the library reports it.</summary>
        public VITrustException(int code, string name, string message, string argument, int? line)
            : base(message)
        {
            Code = code;
            Name = name;
            Argument = argument;
            Line = line;
        }
    }

    /// <summary>What PowerShell calls the library's errors.</summary>
    public static class Errors
    {
        private static readonly Dictionary<int, string> Categories = new Dictionary<int, string>
        {
            { 1, "NotSpecified" }, { 2, "InvalidArgument" }, { 3, "InvalidArgument" }, { 4, "InvalidArgument" },
            { 5, "InvalidArgument" }, { 6, "InvalidArgument" }, { 7, "InvalidArgument" }, { 8, "InvalidOperation" },
            { 10, "InvalidArgument" }, { 11, "InvalidArgument" }, { 12, "InvalidArgument" }, { 100, "InvalidData" }, { 101, "InvalidData" },
            { 110, "InvalidData" }, { 200, "InvalidData" }, { 220, "InvalidData" }, { 300, "InvalidData" },
            { 301, "InvalidArgument" }, { 310, "SecurityError" }, { 600, "ConnectionError" }, { 601, "ConnectionError" },
            { 602, "ConnectionError" }, { 603, "SecurityError" }, { 604, "OperationTimeout" }, { 605, "OperationStopped" },
            { 606, "ProtocolError" }, { 607, "LimitsExceeded" }, { 608, "InvalidResult" }, { 700, "AuthenticationError" },
            { 701, "PermissionDenied" }, { 702, "ObjectNotFound" }, { 703, "InvalidOperation" },
            { 704, "NotImplemented" }, { 705, "ResourceUnavailable" }, { 710, "InvalidData" },
            { 711, "AuthenticationError" }, { 800, "ReadError" }
        };

        /// <summary>The name of the ErrorCategory of an error's number.</summary>
        public static string Category(int code)
        {
            string category;
            return Categories.TryGetValue(code, out category) ? category : "NotSpecified";
        }

        /// <summary>Whether the number has a category of its own.</summary>
        public static bool IsKnown(int code) { return Categories.ContainsKey(code); }

        /// <summary>The id of an error record of an error's name.</summary>
        public static string Id(string name) { return "VITrust." + name; }
    }

    // ---------------------------------------------------------------------------------------------- options

    /// <summary>How a chain is to be judged.</summary>
    [DataContract]
    public sealed class VerifyOptions
    {
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }

        /// <summary>The verification time; one without a zone is UTC. Needed.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }

        /// <summary>strict (the default), openssl, java, go or webpki.</summary>
        [DataMember(Name = "profile", EmitDefaultValue = false)] public string Profile { get; set; }

        /// <summary>server (the default), client, ca or any.</summary>
        [DataMember(Name = "purpose", EmitDefaultValue = false)] public string Purpose { get; set; }

        /// <summary>The DNS name or address the certificate must carry; null asks for none, an empty one is an error.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }

        /// <summary>PEM texts with CRLs.</summary>
        [DataMember(Name = "crls", EmitDefaultValue = false)] public string[] Crls { get; set; }

        /// <summary>if-present (the default) or required.</summary>
        [DataMember(Name = "revocation", EmitDefaultValue = false)] public string Revocation { get; set; }

        /// <summary>The most certificates between end-entity and anchor.</summary>
        [DataMember(Name = "max_depth", EmitDefaultValue = false)] public int? MaxDepth { get; set; }

        /// <summary>Acceptable certificate policies; none means any.</summary>
        [DataMember(Name = "policies", EmitDefaultValue = false)] public string[] Policies { get; set; }

        /// <summary>A policy must be acceptable (RFC 5280 section 6.1.1).</summary>
        [DataMember(Name = "explicit_policy", EmitDefaultValue = false)] public bool ExplicitPolicy { get; set; }

        /// <summary>Policy mappings are not followed.</summary>
        [DataMember(Name = "inhibit_policy_mapping", EmitDefaultValue = false)] public bool InhibitPolicyMapping { get; set; }

        /// <summary>anyPolicy does not count.</summary>
        [DataMember(Name = "inhibit_any_policy", EmitDefaultValue = false)] public bool InhibitAnyPolicy { get; set; }
    }

    /// <summary>How an estate is to be judged.</summary>
    [DataContract]
    public sealed class AssessOptions
    {
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }

        /// <summary>The time to judge at; one without a zone is UTC. Needed.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }

        /// <summary>strict (the default), openssl, java, go or webpki.</summary>
        [DataMember(Name = "profile", EmitDefaultValue = false)] public string Profile { get; set; }

        /// <summary>vsphere (the default), another named set, or days such as 60/30.</summary>
        [DataMember(Name = "thresholds", EmitDefaultValue = false)] public string Thresholds { get; set; }

        /// <summary>Limits the expiry table to so many days.</summary>
        [DataMember(Name = "within", EmitDefaultValue = false)] public int? Within { get; set; }
    }

    /// <summary>How servers are to be asked.</summary>
    [DataContract]
    public sealed class ProbeOptions
    {
        /// <summary>The longest a server may take, in seconds.</summary>
        [DataMember(Name = "timeout_seconds", EmitDefaultValue = false)] public double? TimeoutSeconds { get; set; }

        /// <summary>The name to send instead of the endpoint's.</summary>
        [DataMember(Name = "server_name", EmitDefaultValue = false)] public string ServerName { get; set; }

        /// <summary>Where to connect instead: "*.lab.example:9080" to "127.0.0.1:40001".</summary>
        [DataMember(Name = "connect_to", EmitDefaultValue = false)] public Dictionary<string, string> ConnectTo { get; set; }

        /// <summary>How many servers are asked at a time.</summary>
        [DataMember(Name = "in_flight", EmitDefaultValue = false)] public int? InFlight { get; set; }
    }

    /// <summary>What holds for a whole inventory.</summary>
    [DataContract]
    public sealed class InventoryOptions
    {
        /// <summary>How many vCenters are asked at a time.</summary>
        [DataMember(Name = "vcenters_in_flight", EmitDefaultValue = false)] public int? VCentersInFlight { get; set; }

        /// <summary>How many hosts of each vCenter are asked at a time.</summary>
        [DataMember(Name = "hosts_in_flight", EmitDefaultValue = false)] public int? HostsInFlight { get; set; }

        /// <summary>Where to connect instead: "vc01.lab.example:443" to "127.0.0.1:40001".</summary>
        [DataMember(Name = "connect", EmitDefaultValue = false)] public Dictionary<string, string> Connect { get; set; }
    }

    /// <summary>One vCenter of an inventory: the keys of a [[vcenter]] of the file.</summary>
    [DataContract]
    public sealed class ServerSettings
    {
        /// <summary>Where it listens: a name, name:port or an https URL.</summary>
        [DataMember(Name = "url", EmitDefaultValue = false)] public string Url { get; set; }

        /// <summary>What the estate calls it; without one the host of the URL.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }

        /// <summary>Files of certificates to trust.</summary>
        [DataMember(Name = "ca_file", EmitDefaultValue = false)] public string[] CAFile { get; set; }

        /// <summary>Whether the roots of the operating system are trusted.</summary>
        [DataMember(Name = "system_roots", EmitDefaultValue = false)] public bool? SystemRoots { get; set; }

        /// <summary>SHA-256 of acceptable server certificates, instead of a chain.</summary>
        [DataMember(Name = "pins", EmitDefaultValue = false)] public string[] Pins { get; set; }

        /// <summary>Ask whoever answers.</summary>
        [DataMember(Name = "insecure", EmitDefaultValue = false)] public bool? Insecure { get; set; }

        /// <summary>The longest one exchange may take, 1 to 3600.</summary>
        [DataMember(Name = "timeout_seconds", EmitDefaultValue = false)] public int? TimeoutSeconds { get; set; }

        /// <summary>The SSO domain, which no API tells.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get; set; }

        /// <summary>An export of the VECS store SMS, which no API gives.</summary>
        [DataMember(Name = "sms_file", EmitDefaultValue = false)] public string SmsFile { get; set; }

        /// <summary>Whether hosts are asked for.</summary>
        [DataMember(Name = "hosts", EmitDefaultValue = false)] public bool? Hosts { get; set; }

        /// <summary>Whether storage providers are asked for.</summary>
        [DataMember(Name = "providers", EmitDefaultValue = false)] public bool? Providers { get; set; }

        /// <summary>Whether the ports of hosts are asked.</summary>
        [DataMember(Name = "probe_hosts", EmitDefaultValue = false)] public bool? ProbeHosts { get; set; }
    }

    [DataContract]
    internal sealed class ReadOptions
    {
        [DataMember(Name = "source", EmitDefaultValue = false)] public string Source { get; set; }
        [DataMember(Name = "store", EmitDefaultValue = false)] public string Store { get; set; }
    }

    [DataContract]
    internal sealed class DescribeOptions
    {
        [DataMember(Name = "at", EmitDefaultValue = false)] public string At { get; set; }
    }

    // ---------------------------------------------------------------------------------------------- rows

    /// <summary>One item of a report.</summary>
    [DataContract]
    public abstract class Row
    {
        private byte[] source;

        internal void Source(byte[] json) { source = json; }

        /// <summary>The item's own JSON as the library wrote it, which refers to the tables of its report; what came inside of
        /// another row is written anew.</summary>
        public string ToJson() { return Text.FromUtf8(source ?? Json.Write(this)); }
    }

    /// <summary>Where something was read.</summary>
    [DataContract]
    public sealed class Place
    {
        /// <summary>The file, archive member or server.</summary>
        [DataMember(Name = "source", EmitDefaultValue = false)] public string Source { get; set; }
        /// <summary>The line, from 1.</summary>
        [DataMember(Name = "line", EmitDefaultValue = false)] public long? Line { get; set; }
        /// <summary>The VECS store.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public string Store { get; set; }
        /// <summary>The alias in VECS, or the id of a trusted root chain.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get; set; }

        /// <summary>For people: "castore.pem line 412".</summary>
        public override string ToString()
        {
            string line = Line.HasValue ? " line " + Line.Value.ToString(CultureInfo.InvariantCulture) : "";
            string alias = Alias == null ? "" : " (alias " + Alias + ")";
            return Words.Clean((Source ?? "input") + line + alias);
        }
    }

    /// <summary>A certificate with its fields, where it stood, and its text. What a server presented has fewer fields.</summary>
    [DataContract]
    public sealed class Certificate : Row
    {
        /// <summary>Where it was read; null for one that a server presented.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get; set; }
        /// <summary>1, 2 or 3.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public int? Version { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before")] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>SHA-1 of the DER: the alias in TRUSTED_ROOTS.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Key identifier of the issuer.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>How many intermediates may follow below it.</summary>
        [DataMember(Name = "path_length", EmitDefaultValue = false)] public long? PathLength { get; set; }
        /// <summary>Key usage by the names of RFC 5280; null without the extension.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public string[] KeyUsage { get; set; }
        /// <summary>Extended key usages as dotted identifiers; null without the extension.</summary>
        [DataMember(Name = "extended_key_usage", EmitDefaultValue = false)] public string[] ExtendedKeyUsage { get; set; }
        /// <summary>Alternative names: "DNS:vc01.example".</summary>
        [DataMember(Name = "subject_alternative_names", EmitDefaultValue = false)] public string[] SubjectAlternativeNames { get; set; }
        /// <summary>The kind of key.</summary>
        [DataMember(Name = "key_algorithm", EmitDefaultValue = false)] public string KeyAlgorithm { get; set; }
        /// <summary>The size of the key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get; set; }
        /// <summary>The signature algorithm as OpenSSL names it.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get; set; }
        /// <summary>Critical extensions as dotted identifiers.</summary>
        [DataMember(Name = "critical_extensions", EmitDefaultValue = false)] public string[] CriticalExtensions { get; set; }
        /// <summary>The certificate as PEM text.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }
        /// <summary>SHA-1 in upper case, as X509Certificate2 and PowerCLI have it.</summary>
        public string Thumbprint { get { return Sha1 == null ? null : Sha1.ToUpperInvariant(); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>What a report says about one certificate, or about an entry of which only a printed dump exists.</summary>
    [DataContract]
    public sealed class CertificateRecord
    {
        /// <summary>What it is called in its report.</summary>
        [DataMember(Name = "id", EmitDefaultValue = false)] public string Id { get; set; }
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number")] public string SerialNumber { get; set; }
        /// <summary>SHA-256 of the DER; null when only a dump exists.</summary>
        [DataMember(Name = "sha256", EmitDefaultValue = false)] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER: the alias in TRUSTED_ROOTS.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>Enough of a certificate of a path to find it again.</summary>
    [DataContract]
    public sealed class CertificateFacts
    {
        /// <summary>The subject.</summary>
        [DataMember(Name = "subject")] public string Subject { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        /// <summary>SHA-1 of the DER.</summary>
        [DataMember(Name = "sha1")] public string Sha1 { get; set; }
        private Moment notAfter;
        [DataMember(Name = "not_after")] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime NotAfter { get { return notAfter.Time.GetValueOrDefault(); } set { notAfter = new Moment(value); } }
        /// <summary>Where it came from.</summary>
        [DataMember(Name = "origin")] public Origin Origin { get; set; }
        /// <summary>The telling part of the subject.</summary>
        public string ShortName { get { return Words.CommonName(Subject); } }

        /// <summary>The subject.</summary>
        public override string ToString() { return Words.Clean(Subject); }
    }

    /// <summary>Where a certificate of a path came from: one of the two.</summary>
    [DataContract]
    public sealed class Origin
    {
        /// <summary>The position in the presented chain, 0 for the end-entity certificate.</summary>
        [DataMember(Name = "presented", EmitDefaultValue = false)] public long? Presented { get; set; }
        /// <summary>Where in the store it was read.</summary>
        [DataMember(Name = "store", EmitDefaultValue = false)] public Place Store { get; set; }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return Store != null ? Store.ToString() : string.Format(CultureInfo.InvariantCulture, "presented {0}", Presented);
        }
    }

    /// <summary>A CRL that was read with a store.</summary>
    [DataContract]
    public sealed class Crl : Row
    {
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>The issuer.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>SHA-256 of the DER.</summary>
        [DataMember(Name = "sha256")] public string Sha256 { get; set; }
        private Moment thisUpdate;
        [DataMember(Name = "this_update")] private string ThisUpdateText { get { return thisUpdate.Text; } set { thisUpdate = new Moment(value); } }
        private Moment nextUpdate;
        [DataMember(Name = "next_update")] private string NextUpdateText { get { return nextUpdate.Text; } set { nextUpdate = new Moment(value); } }
        /// <summary>When it was issued, UTC.</summary>
        public DateTime ThisUpdate { get { return thisUpdate.Time.GetValueOrDefault(); } set { thisUpdate = new Moment(value); } }
        /// <summary>When the next one is due, UTC.</summary>
        public DateTime? NextUpdate { get { return nextUpdate.Time; } set { nextUpdate = new Moment(value); } }
        /// <summary>How many certificates it lists.</summary>
        [DataMember(Name = "entries")] public long Entries { get; set; }
    }

    /// <summary>An entry of which only a printed dump exists. What was not printed is null.</summary>
    [DataContract]
    public sealed class DumpedEntry : Row
    {
        /// <summary>Where it was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>SHA-1 of the certificate.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        /// <summary>The subject as printed.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get; set; }
        /// <summary>The issuer as printed.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get; set; }
        /// <summary>The serial number, lowercase hex.</summary>
        [DataMember(Name = "serial_number", EmitDefaultValue = false)] public string SerialNumber { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>Subject key identifier.</summary>
        [DataMember(Name = "subject_key_id", EmitDefaultValue = false)] public string SubjectKeyId { get; set; }
        /// <summary>Key identifier of the issuer.</summary>
        [DataMember(Name = "authority_key_id", EmitDefaultValue = false)] public string AuthorityKeyId { get; set; }
        /// <summary>Whether it is a CA.</summary>
        [DataMember(Name = "is_ca", EmitDefaultValue = false)] public bool? IsCA { get; set; }
        /// <summary>Key usage as printed.</summary>
        [DataMember(Name = "key_usage", EmitDefaultValue = false)] public string[] KeyUsage { get; set; }
        /// <summary>The signature algorithm as printed.</summary>
        [DataMember(Name = "signature_algorithm", EmitDefaultValue = false)] public string SignatureAlgorithm { get; set; }
        /// <summary>The size of the key in bits.</summary>
        [DataMember(Name = "key_bits", EmitDefaultValue = false)] public long? KeyBits { get; set; }
    }

    /// <summary>One block or file that could not be read.</summary>
    [DataContract]
    public sealed class Unreadable : Row
    {
        /// <summary>Where it stands.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>Why it could not be read.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }

        /// <summary>For people.</summary>
        public override string ToString() { return Place + ": " + Words.Clean(Reason); }
    }

    /// <summary>One thing that is wrong with a store by itself. Only the evidence of its kind is filled in.</summary>
    [DataContract]
    public sealed class LintIssue : Row
    {
        /// <summary>expired, not-ca, alias-mismatch, ...</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>notice, warning or error.</summary>
        [DataMember(Name = "severity")] public string Severity { get; set; }
        /// <summary>Where the entry was read.</summary>
        [DataMember(Name = "place")] public Place Place { get; set; }
        /// <summary>The entry's subject.</summary>
        [DataMember(Name = "subject", EmitDefaultValue = false)] public string Subject { get; set; }
        /// <summary>The entry's SHA-1.</summary>
        [DataMember(Name = "sha1", EmitDefaultValue = false)] public string Sha1 { get; set; }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>What basic constraints say.</summary>
        [DataMember(Name = "ca", EmitDefaultValue = false)] public bool? CA { get; set; }
        /// <summary>What key usage says.</summary>
        [DataMember(Name = "certificate_sign", EmitDefaultValue = false)] public bool? CertificateSign { get; set; }
        /// <summary>The signature algorithm.</summary>
        [DataMember(Name = "algorithm", EmitDefaultValue = false)] public string Algorithm { get; set; }
        /// <summary>The size of the key.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get; set; }
        /// <summary>The alias.</summary>
        [DataMember(Name = "alias", EmitDefaultValue = false)] public string Alias { get; set; }
        /// <summary>Where the further copy is.</summary>
        [DataMember(Name = "copy", EmitDefaultValue = false)] public Place Copy { get; set; }
        /// <summary>The other entries' SHA-1.</summary>
        [DataMember(Name = "others", EmitDefaultValue = false)] public string[] Others { get; set; }
        /// <summary>How many there are.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>Which extensions.</summary>
        [DataMember(Name = "extensions", EmitDefaultValue = false)] public string[] Extensions { get; set; }
        /// <summary>Why it does not read.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get; set; }

        /// <summary>For people.</summary>
        public override string ToString() { return Severity + " " + Kind + " at " + Place; }
    }

    /// <summary>What one consumer would decide about one presented chain against one store.</summary>
    [DataContract]
    public sealed class Verdict : Row
    {
        /// <summary>Whether a path was found.</summary>
        [DataMember(Name = "trusted")] public bool Trusted { get; set; }
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>The purpose asked for.</summary>
        [DataMember(Name = "purpose")] public string Purpose { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>The accepted path, end-entity first; empty when untrusted.</summary>
        [DataMember(Name = "path")] public CertificateFacts[] Path { get; set; }
        /// <summary>Every broken rule, nearest miss first; empty when trusted.</summary>
        [DataMember(Name = "rejections")] public Rejection[] Rejections { get; set; }
        /// <summary>The one change that would make it trusted, when one is enough.</summary>
        [DataMember(Name = "change")] public string Change { get; set; }
        /// <summary>The certificate the path ends in, or null.</summary>
        public CertificateFacts Anchor { get { return Words.All(Path).LastOrDefault(); } }
        /// <summary>The nearest miss in one sentence, or where the path ends.</summary>
        public string Reason
        {
            get
            {
                Rejection nearest = Words.All(Rejections).FirstOrDefault();
                if (nearest != null) return Words.Readable(nearest.Message);
                return Anchor == null ? "" : "trusted by " + Anchor.ShortName;
            }
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Path = new CertificateFacts[0];
            Rejections = new Rejection[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return (Trusted ? "trusted: " : "untrusted: ") + Reason; }
    }

    /// <summary>One broken rule: which, at which certificate and candidate.</summary>
    [DataContract]
    public sealed class Rejection : Row
    {
        /// <summary>The stable name of the rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        /// <summary>What is wrong with which certificate.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>The certificate that was being checked.</summary>
        [DataMember(Name = "certificate")] public CertificateFacts Certificate { get; set; }
        /// <summary>The certificate that was tried as its issuer.</summary>
        [DataMember(Name = "candidate")] public CertificateFacts Candidate { get; set; }
        /// <summary>The values that broke the rule.</summary>
        [DataMember(Name = "details")] public RejectionDetails Details { get; set; }

        /// <summary>What is wrong.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }

    /// <summary>The values that broke a rule. Only those of the rule are filled in.</summary>
    [DataContract]
    public sealed class RejectionDetails
    {
        /// <summary>The stable name of the rule.</summary>
        [DataMember(Name = "code")] public string Code { get; set; }
        private Moment at;
        [DataMember(Name = "at", EmitDefaultValue = false)] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        private Moment notBefore;
        [DataMember(Name = "not_before", EmitDefaultValue = false)] private string NotBeforeText { get { return notBefore.Text; } set { notBefore = new Moment(value); } }
        private Moment notAfter;
        [DataMember(Name = "not_after", EmitDefaultValue = false)] private string NotAfterText { get { return notAfter.Text; } set { notAfter = new Moment(value); } }
        private Moment revokedAt;
        [DataMember(Name = "revoked_at", EmitDefaultValue = false)] private string RevokedAtText { get { return revokedAt.Text; } set { revokedAt = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime? At { get { return at.Time; } set { at = new Moment(value); } }
        /// <summary>First second of validity, UTC.</summary>
        public DateTime? NotBefore { get { return notBefore.Time; } set { notBefore = new Moment(value); } }
        /// <summary>Last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return notAfter.Time; } set { notAfter = new Moment(value); } }
        /// <summary>When it was revoked, UTC.</summary>
        public DateTime? RevokedAt { get { return revokedAt.Time; } set { revokedAt = new Moment(value); } }
        /// <summary>What was asked for.</summary>
        [DataMember(Name = "wanted", EmitDefaultValue = false)] public string Wanted { get; set; }
        /// <summary>What the certificate has.</summary>
        [DataMember(Name = "present", EmitDefaultValue = false)] public string[] Present { get; set; }
        /// <summary>The bit that is missing.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string Missing { get; set; }
        /// <summary>A certificate of the chain that is no CA.</summary>
        [DataMember(Name = "end_entity", EmitDefaultValue = false)] public string EndEntity { get; set; }
        /// <summary>The RFC's name of the reason.</summary>
        [DataMember(Name = "reason", EmitDefaultValue = false)] public string Reason { get; set; }
        /// <summary>Who signed the CRL.</summary>
        [DataMember(Name = "crl_issuer", EmitDefaultValue = false)] public string CrlIssuer { get; set; }
        /// <summary>What is wrong.</summary>
        [DataMember(Name = "why", EmitDefaultValue = false)] public string Why { get; set; }
        /// <summary>The issuer's name.</summary>
        [DataMember(Name = "issuer", EmitDefaultValue = false)] public string Issuer { get; set; }
        /// <summary>The issuer's key identifier.</summary>
        [DataMember(Name = "key_id", EmitDefaultValue = false)] public string KeyId { get; set; }
        /// <summary>The key identifier of the candidate.</summary>
        [DataMember(Name = "found", EmitDefaultValue = false)] public string Found { get; set; }
        /// <summary>The most that is allowed.</summary>
        [DataMember(Name = "limit", EmitDefaultValue = false)] public long? Limit { get; set; }
        /// <summary>How many there are.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>The name.</summary>
        [DataMember(Name = "name", EmitDefaultValue = false)] public string Name { get; set; }
        /// <summary>The subtree that excludes it.</summary>
        [DataMember(Name = "excluded_by", EmitDefaultValue = false)] public string ExcludedBy { get; set; }
        /// <summary>The extension or algorithm.</summary>
        [DataMember(Name = "oid", EmitDefaultValue = false)] public string Oid { get; set; }
        /// <summary>The version.</summary>
        [DataMember(Name = "version", EmitDefaultValue = false)] public long? Version { get; set; }
        /// <summary>The length in octets.</summary>
        [DataMember(Name = "length", EmitDefaultValue = false)] public long? Length { get; set; }
        /// <summary>issuer or subject.</summary>
        [DataMember(Name = "field", EmitDefaultValue = false)] public string Field { get; set; }
        /// <summary>The algorithm inside the signed part.</summary>
        [DataMember(Name = "inner", EmitDefaultValue = false)] public string Inner { get; set; }
        /// <summary>The algorithm beside the signature.</summary>
        [DataMember(Name = "outer", EmitDefaultValue = false)] public string Outer { get; set; }
        /// <summary>What it was met as, or what ran out.</summary>
        [DataMember(Name = "what", EmitDefaultValue = false)] public string What { get; set; }
        /// <summary>The digest.</summary>
        [DataMember(Name = "digest", EmitDefaultValue = false)] public string Digest { get; set; }
        /// <summary>The size in bits.</summary>
        [DataMember(Name = "bits", EmitDefaultValue = false)] public long? Bits { get; set; }
        /// <summary>The least acceptable.</summary>
        [DataMember(Name = "minimum", EmitDefaultValue = false)] public long? Minimum { get; set; }
        /// <summary>The most that is accepted.</summary>
        [DataMember(Name = "maximum", EmitDefaultValue = false)] public long? Maximum { get; set; }
    }

    /// <summary>How bad a finding is.</summary>
    public static class Severity
    {
        private static readonly string[] Order = { "critical", "high", "medium", "low", "info" };

        /// <summary>The names, the worst first.</summary>
        public static string[] Names() { return (string[])Order.Clone(); }

        /// <summary>The position of a name, 0 for the worst; of an unknown name after all others.</summary>
        public static int Rank(string severity)
        {
            int rank = Array.IndexOf(Order, severity == null ? null : severity.ToLowerInvariant());
            return rank < 0 ? Order.Length : rank;
        }

        /// <summary>Whether a severity is as bad as another, or worse.</summary>
        public static bool IsAtLeast(string severity, string least) { return Rank(severity) <= Rank(least); }
    }

    /// <summary>A judged fact about an estate.</summary>
    [DataContract]
    public sealed class Finding : Row, ITabled
    {
        /// <summary>The stable id, for example VT201.</summary>
        [DataMember(Name = "id")] public string Id { get; set; }
        /// <summary>The stable name, for example anchor-expired.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>critical, high, medium, low or info.</summary>
        [DataMember(Name = "severity")] public string Severity { get; set; }
        /// <summary>All it concerns.</summary>
        [DataMember(Name = "subjects")] public Subject[] Subjects { get; set; }
        /// <summary>What is the case, in one sentence that holds for every subject.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The facts it rests on.</summary>
        [DataMember(Name = "evidence")] public Evidence Evidence { get; set; }
        /// <summary>What to do.</summary>
        [DataMember(Name = "remedy", EmitDefaultValue = false)] public string Remedy { get; set; }
        /// <summary>The severity as a number, 0 for the worst.</summary>
        public int Rank { get { return VITrust.Severity.Rank(Severity); } }
        /// <summary>Where it is: each vCenter and part once, with the hosts it holds for.</summary>
        public string Where { get { return Words.Where(Subjects); } }
        /// <summary>The message with names shortened to their telling part.</summary>
        public string Summary { get { return Words.Readable(Message, Names()); } }
        /// <summary>The remedy in the same short form; empty where there is none.</summary>
        public string Advice { get { return Words.Readable(Remedy, Names()); } }

        void ITabled.Fill(Tables tables)
        {
            if (Evidence != null) Evidence.Fill(tables);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Subjects = new Subject[0];
            Evidence = Evidence.None();
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Id + " " + Severity + " " + Where + ": " + Summary; }

        /// <summary>The full subjects that its sentences may hold.</summary>
        private IEnumerable<string> Names()
        {
            CertificateRecord[] known = Evidence == null ? null : Evidence.Certificates;
            return Words.All(known).SelectMany(record => new[] { record.Subject, record.Issuer });
        }
    }

    /// <summary>One object of an estate.</summary>
    [DataContract]
    public sealed class Subject
    {
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter", EmitDefaultValue = false)] public string VCenter { get; set; }
        /// <summary>The host.</summary>
        [DataMember(Name = "host", EmitDefaultValue = false)] public string Host { get; set; }
        /// <summary>The storage provider.</summary>
        [DataMember(Name = "provider", EmitDefaultValue = false)] public string Provider { get; set; }
        /// <summary>The part of it: trusted-roots, castore, https, ...</summary>
        [DataMember(Name = "part", EmitDefaultValue = false)] public string Part { get; set; }
        /// <summary>Where that was read.</summary>
        [DataMember(Name = "place", EmitDefaultValue = false)] public Place Place { get; set; }

        /// <summary>For people: "vc01.lab.example / trusted-roots".</summary>
        public override string ToString()
        {
            string names = string.Join(" / ", new[] { VCenter, Host, Provider, Part }.Where(name => !string.IsNullOrEmpty(name)));
            if (names.Length > 0) return Words.Clean(names);
            return Place == null ? "estate" : Place.ToString();
        }
    }

    /// <summary>The facts a finding rests on.</summary>
    [DataContract]
    public sealed class Evidence
    {
        /// <summary>The certificates.</summary>
        public CertificateRecord[] Certificates { get; internal set; }
        /// <summary>What they are called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_ids", EmitDefaultValue = false)] public string[] CertificateIds { get; set; }
        private Moment date;
        [DataMember(Name = "date", EmitDefaultValue = false)] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>The date that decides, UTC.</summary>
        public DateTime? Date { get { return date.Time; } set { date = new Moment(value); } }
        /// <summary>Whole days until that date; negative when it is past.</summary>
        [DataMember(Name = "days_left", EmitDefaultValue = false)] public long? DaysLeft { get; set; }
        /// <summary>A number that decides.</summary>
        [DataMember(Name = "count", EmitDefaultValue = false)] public long? Count { get; set; }
        /// <summary>What was seen.</summary>
        [DataMember(Name = "seen", EmitDefaultValue = false)] public string Seen { get; set; }
        /// <summary>Why no path was found, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public long[] RejectionIds { get; set; }

        internal static Evidence None()
        {
            Evidence none = new Evidence();
            none.Begin(new StreamingContext());
            return none;
        }

        internal void Fill(Tables tables)
        {
            Certificates = tables.Certificates(CertificateIds);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Certificates = new CertificateRecord[0];
            Rejections = new Rejection[0];
        }
    }

    /// <summary>One certificate and its end.</summary>
    [DataContract]
    public sealed class ExpiryRow : Row, ITabled
    {
        /// <summary>The certificate.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>Whole days until its end, rounded down; negative when it has passed.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get; set; }
        /// <summary>expired, not-yet-valid, hard, soft or good.</summary>
        [DataMember(Name = "state")] public string State { get; set; }
        /// <summary>The limits that state was judged by.</summary>
        [DataMember(Name = "limits")] public Limits Limits { get; set; }
        /// <summary>Where it is used.</summary>
        [DataMember(Name = "uses")] public ExpiryUse[] Uses { get; set; }
        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }
        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }
        /// <summary>Where it is used, in one line.</summary>
        public string Where { get { return Words.Listing(Words.All(Uses).Select(use => use.ToString()), 3, ", "); } }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Uses = new ExpiryUse[0]; }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} {1} days {2}", State, DaysLeft, Words.CommonName(Subject));
        }
    }

    /// <summary>Two limits in days before the end of validity.</summary>
    [DataContract]
    public sealed class Limits
    {
        /// <summary>The first to be reached.</summary>
        [DataMember(Name = "soft")] public long Soft { get; set; }
        /// <summary>The last to be reached.</summary>
        [DataMember(Name = "hard")] public long Hard { get; set; }

        /// <summary>As thresholds are written: "60/30".</summary>
        public override string ToString() { return string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Soft, Hard); }
    }

    /// <summary>The uses of one certificate in one part of a vCenter's estate.</summary>
    [DataContract]
    public sealed class ExpiryUse
    {
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The part.</summary>
        [DataMember(Name = "part")] public string Part { get; set; }
        /// <summary>How many.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first names.</summary>
        [DataMember(Name = "names", EmitDefaultValue = false)] public string[] Names { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Names = new string[0]; }

        /// <summary>For people: "vc01 castore (3)".</summary>
        public override string ToString()
        {
            string count = Count == 1 ? "" : string.Format(CultureInfo.InvariantCulture, " ({0})", Count);
            return Words.Clean(Words.Host(VCenter) + " " + Part + count);
        }
    }

    /// <summary>One of the four trust edges of a host.</summary>
    [DataContract]
    public sealed class Edge : Row, ITabled
    {
        /// <summary>vcenter-to-host, vcenter-to-provider, host-to-vcenter or host-to-sps.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The vCenter.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>The host.</summary>
        [DataMember(Name = "host")] public string Host { get; set; }
        /// <summary>trusted, untrusted or unknown: the answer of the side that decides.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
        /// <summary>Whose rules that side follows.</summary>
        [DataMember(Name = "consumer")] public string Consumer { get; set; }
        /// <summary>The answer by the profile that was asked for.</summary>
        [DataMember(Name = "profile_verdict")] public string ProfileVerdict { get; set; }
        /// <summary>Whether a pinned certificate decided, not a path.</summary>
        [DataMember(Name = "pinned", EmitDefaultValue = false)] public bool Pinned { get; set; }
        /// <summary>What would have to be known for an answer.</summary>
        [DataMember(Name = "missing", EmitDefaultValue = false)] public string[] Missing { get; set; }
        /// <summary>The certificate that is presented, where known.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id", EmitDefaultValue = false)] public string CertificateId { get; set; }
        /// <summary>What is found wrong, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids", EmitDefaultValue = false)] public long[] RejectionIds { get; set; }
        /// <summary>The one change that mends it, when one is enough.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>The name it is reached by and does not carry.</summary>
        [DataMember(Name = "other_name", EmitDefaultValue = false)] public string OtherName { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Missing = new string[0];
            Rejections = new Rejection[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + " / " + Host + " " + Kind + ": " + Verdict); }
    }

    /// <summary>One row and column of the matrix: a vCenter, or those of one SSO domain.</summary>
    [DataContract]
    public sealed class Party : Row
    {
        /// <summary>The name of its first vCenter.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>Its vCenters.</summary>
        [DataMember(Name = "vcenters")] public string[] VCenters { get; set; }
        /// <summary>Whether its TRUSTED_ROOTS is known.</summary>
        [DataMember(Name = "has_store")] public bool HasStore { get; set; }
        /// <summary>The SSO domain.</summary>
        [DataMember(Name = "sso_domain", EmitDefaultValue = false)] public string SsoDomain { get; set; }
        /// <summary>The vCenters whose presented chain is not known.</summary>
        [DataMember(Name = "without_chain", EmitDefaultValue = false)] public string[] WithoutChain { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            VCenters = new string[0];
            WithoutChain = new string[0];
        }

        /// <summary>The name.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    /// <summary>One reason why cells of the matrix are not trusted.</summary>
    [DataContract]
    public sealed class Cause : Row, ITabled
    {
        /// <summary>The vCenter that presents the certificate.</summary>
        [DataMember(Name = "presenter")] public string Presenter { get; set; }
        /// <summary>The certificate that is presented.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>What a store would have to know.</summary>
        [DataMember(Name = "issuer")] public string Issuer { get; set; }
        /// <summary>What was found wrong, nearest miss first.</summary>
        public Rejection[] Rejections { get; internal set; }
        /// <summary>Their positions in the table of rejections of the report, from 0.</summary>
        [DataMember(Name = "rejection_ids")] public long[] RejectionIds { get; set; }
        /// <summary>The one change that would make the cells trusted.</summary>
        [DataMember(Name = "change", EmitDefaultValue = false)] public string Change { get; set; }
        /// <summary>How many cells this concerns.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first of them.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
            Rejections = tables.Rejections(RejectionIds);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rejections = new Rejection[0];
            Cells = new CellName[0];
        }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            Rejection nearest = Words.All(Rejections).FirstOrDefault();
            string name = Certificate == null ? "" : Certificate.ShortName;
            return name + ": " + (nearest == null ? "" : Words.Readable(nearest.Message));
        }
    }

    /// <summary>A cell of the matrix by the names of its parties.</summary>
    [DataContract]
    public sealed class CellName
    {
        /// <summary>Who should trust.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }

        /// <summary>For people: "vc01 -> vc02".</summary>
        public override string ToString() { return Words.Clean(From + " -> " + To); }
    }

    /// <summary>What to add where so that everyone trusts everyone.</summary>
    [DataContract]
    public sealed class Additions : Row, ITabled
    {
        /// <summary>The additions, the one with most targets first.</summary>
        [DataMember(Name = "rows")] public Addition[] Rows { get; set; }
        /// <summary>What no known certificate can mend.</summary>
        [DataMember(Name = "unfixable")] public Unfixable[] Unfixable { get; set; }
        /// <summary>Whether it is proved that no smaller set does the same.</summary>
        [DataMember(Name = "is_minimal")] public bool IsMinimal { get; set; }

        internal static Additions None()
        {
            Additions none = new Additions();
            none.Begin(new StreamingContext());
            return none;
        }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Rows);
            tables.Fill(Unfixable);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Rows = new Addition[0];
            Unfixable = new Unfixable[0];
        }
    }

    /// <summary>One certificate and the stores it is to be added to.</summary>
    [DataContract]
    public sealed class Addition : Row, ITabled
    {
        /// <summary>The certificate to add.</summary>
        public CertificateRecord Add { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "add_id")] public string AddId { get; set; }
        /// <summary>The certificate itself, as PEM.</summary>
        [DataMember(Name = "pem")] public string Pem { get; set; }
        /// <summary>Where it was found.</summary>
        [DataMember(Name = "sources")] public string[] Sources { get; set; }
        /// <summary>The parties whose TRUSTED_ROOTS gets it.</summary>
        [DataMember(Name = "to")] public string[] To { get; set; }
        /// <summary>The parties that are trusted thereby.</summary>
        [DataMember(Name = "because")] public string[] Because { get; set; }
        /// <summary>The subject of the certificate.</summary>
        public string Subject { get { return Add == null ? null : Add.Subject; } }

        void ITabled.Fill(Tables tables)
        {
            Add = tables.Certificate(AddId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Sources = new string[0];
            To = new string[0];
            Because = new string[0];
        }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.CommonName(Subject) + " to " + Words.Listing(Words.All(To), 12, ", "); }
    }

    /// <summary>A presented certificate that no addition makes trusted.</summary>
    [DataContract]
    public sealed class Unfixable : Row, ITabled
    {
        /// <summary>The certificate.</summary>
        public CertificateRecord Certificate { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "certificate_id")] public string CertificateId { get; set; }
        /// <summary>What is wrong even when every known certificate is trusted.</summary>
        [DataMember(Name = "reason")] public string Reason { get; set; }
        /// <summary>What to do about it.</summary>
        [DataMember(Name = "hint")] public string Hint { get; set; }
        /// <summary>How many cells stay untrusted.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>The first of them.</summary>
        [DataMember(Name = "cells")] public CellName[] Cells { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Certificate = tables.Certificate(CertificateId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Cells = new CellName[0]; }
    }

    /// <summary>What breaks until when.</summary>
    [DataContract]
    public sealed class Forecast : Row, ITabled
    {
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        private Moment until;
        [DataMember(Name = "until")] private string UntilText { get { return until.Text; } set { until = new Moment(value); } }
        /// <summary>From when, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>Until when, UTC.</summary>
        public DateTime Until { get { return until.Time.GetValueOrDefault(); } set { until = new Moment(value); } }
        /// <summary>The profile that was asked for.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        /// <summary>What ends, the first first.</summary>
        [DataMember(Name = "events")] public Event[] Events { get; set; }

        void ITabled.Fill(Tables tables)
        {
            tables.Fill(Events);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Events = new Event[0]; }
    }

    /// <summary>One certificate ends, and this breaks.</summary>
    [DataContract]
    public sealed class Event : Row, ITabled
    {
        private Moment date;
        [DataMember(Name = "date")] private string DateText { get { return date.Text; } set { date = new Moment(value); } }
        /// <summary>When, UTC.</summary>
        public DateTime Date { get { return date.Time.GetValueOrDefault(); } set { date = new Moment(value); } }
        /// <summary>Whole days until then.</summary>
        [DataMember(Name = "days_left")] public long DaysLeft { get; set; }
        /// <summary>anchor, intermediate or end-entity.</summary>
        [DataMember(Name = "kind")] public string Kind { get; set; }
        /// <summary>The certificate that ends.</summary>
        public CertificateRecord Cause { get; internal set; }
        /// <summary>What it is called in the table of certificates of the report.</summary>
        [DataMember(Name = "cause_id")] public string CauseId { get; set; }
        /// <summary>Where it is.</summary>
        [DataMember(Name = "places")] public string[] Places { get; set; }
        /// <summary>How many links break.</summary>
        [DataMember(Name = "count")] public long Count { get; set; }
        /// <summary>How many go on, but not by the profile that was asked for.</summary>
        [DataMember(Name = "disputed")] public long Disputed { get; set; }
        /// <summary>The first of both.</summary>
        [DataMember(Name = "links")] public Link[] Links { get; set; }

        void ITabled.Fill(Tables tables)
        {
            Cause = tables.Certificate(CauseId);
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Places = new string[0];
            Links = new Link[0];
        }
    }

    /// <summary>One link that breaks, or by the profile asked for would.</summary>
    [DataContract]
    public sealed class Link : Row
    {
        /// <summary>Who trusts.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
        /// <summary>Who presents.</summary>
        [DataMember(Name = "to")] public string To { get; set; }
        /// <summary>Which edge of a host; null for a cell of the matrix.</summary>
        [DataMember(Name = "edge", EmitDefaultValue = false)] public string Edge { get; set; }
        /// <summary>Whether it goes on for the side that decides.</summary>
        [DataMember(Name = "disputed")] public bool Disputed { get; set; }
        /// <summary>By whose rules it ends.</summary>
        [DataMember(Name = "by")] public Break[] By { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context) { By = new Break[0]; }
    }

    /// <summary>A link that was trusted by the rules of one profile and is not any more.</summary>
    [DataContract]
    public sealed class Break : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment since;
        [DataMember(Name = "since")] private string SinceText { get { return since.Text; } set { since = new Moment(value); } }
        /// <summary>The first second at which it is not trusted, UTC.</summary>
        public DateTime Since { get { return since.Time.GetValueOrDefault(); } set { since = new Moment(value); } }
        /// <summary>The verdict from then on.</summary>
        [DataMember(Name = "verdict")] public string Verdict { get; set; }
    }

    /// <summary>What one server presents. Nothing of it is judged.</summary>
    [DataContract]
    public sealed class Endpoint : Row
    {
        /// <summary>What was asked, host:port.</summary>
        [DataMember(Name = "endpoint")] public string Name { get; set; }
        /// <summary>The address that took the connection.</summary>
        [DataMember(Name = "address")] public string Address { get; set; }
        /// <summary>The name that was sent (SNI).</summary>
        [DataMember(Name = "server_name")] public string ServerName { get; set; }
        /// <summary>TLSv1.2 or TLSv1.3.</summary>
        [DataMember(Name = "protocol")] public string Protocol { get; set; }
        /// <summary>The cipher suite.</summary>
        [DataMember(Name = "cipher_suite")] public string CipherSuite { get; set; }
        /// <summary>The chain as sent, the end-entity certificate first.</summary>
        [DataMember(Name = "chain")] public Certificate[] Chain { get; set; }
        /// <summary>Certificates of the chain that cannot be read, and why.</summary>
        [DataMember(Name = "unreadable")] public string[] Unreadable { get; set; }
        /// <summary>Whether the server proved that it has the private key; null when that was not to be found out.</summary>
        [DataMember(Name = "possession")] public bool? Possession { get; set; }
        /// <summary>The server's request for a client certificate, or null.</summary>
        [DataMember(Name = "client_certificate")] public ClientCertificateRequest ClientCertificate { get; set; }
        /// <summary>The alert that ended the connection, or null.</summary>
        [DataMember(Name = "alert")] public Alert Alert { get; set; }
        /// <summary>Why the probe did not come to a good end, or null.</summary>
        [DataMember(Name = "failure")] public ProbeFailure Failure { get; set; }
        /// <summary>Milliseconds to look up the name.</summary>
        [DataMember(Name = "resolve_ms")] public double? ResolveMs { get; set; }
        /// <summary>Milliseconds to connect.</summary>
        [DataMember(Name = "connect_ms")] public double? ConnectMs { get; set; }
        /// <summary>Milliseconds of the handshake.</summary>
        [DataMember(Name = "handshake_ms")] public double? HandshakeMs { get; set; }
        /// <summary>The end-entity certificate, or null.</summary>
        public Certificate Certificate { get { return Words.All(Chain).FirstOrDefault(); } }
        /// <summary>The whole chain as PEM text.</summary>
        public string Pem { get { return string.Concat(Words.All(Chain).Select(certificate => certificate.Pem)); } }
        /// <summary>The subject of the end-entity certificate.</summary>
        public string Subject { get { return Certificate == null ? null : Certificate.Subject; } }
        /// <summary>Its last second of validity, UTC.</summary>
        public DateTime? NotAfter { get { return Certificate == null ? null : Certificate.NotAfter; } }
        /// <summary>What went wrong in one sentence; empty when nothing did.</summary>
        public string Problem { get { return Failure == null ? "" : Words.Clean(Failure.Message); } }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Chain = new Certificate[0];
            Unreadable = new string[0];
        }

        /// <summary>What was asked.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    /// <summary>A server that wants to know who asks.</summary>
    [DataContract]
    public sealed class ClientCertificateRequest
    {
        /// <summary>The CAs whose certificates it accepts.</summary>
        [DataMember(Name = "issuers")] public string[] Issuers { get; set; }
    }

    /// <summary>A TLS alert: RFC 8446 section 6.</summary>
    [DataContract]
    public sealed class Alert
    {
        /// <summary>The number on the wire.</summary>
        [DataMember(Name = "number")] public int Number { get; set; }
        /// <summary>Its name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>peer or us.</summary>
        [DataMember(Name = "from")] public string From { get; set; }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            string who = From == "peer" ? "the server" : "this side";
            return string.Format(CultureInfo.InvariantCulture, "{0} sent alert {1} ({2})", who, Number, Name);
        }
    }

    /// <summary>Why a probe did not come to a good end.</summary>
    [DataContract]
    public sealed class ProbeFailure
    {
        /// <summary>The stable number of the error.</summary>
        [DataMember(Name = "code")] public int Code { get; set; }
        /// <summary>Its stable name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>What happened.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The id of an error record.</summary>
        public string Id { get { return Errors.Id(Name); } }
        /// <summary>The name of PowerShell's ErrorCategory that fits.</summary>
        public string Category { get { return Errors.Category(Code); } }

        /// <summary>What happened.</summary>
        public override string ToString() { return Words.Clean(Message); }
    }

    /// <summary>One fact that could not be had while collecting.</summary>
    [DataContract]
    public sealed class CollectFailure : Row
    {
        /// <summary>The vCenter, as the inventory names it.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>What was asked for.</summary>
        [DataMember(Name = "object")] public string Object { get; set; }
        /// <summary>The stable number of the error.</summary>
        [DataMember(Name = "code")] public int Code { get; set; }
        /// <summary>Its stable name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>What happened.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The privilege that is missing, where that is why.</summary>
        [DataMember(Name = "privilege")] public string Privilege { get; set; }
        /// <summary>The id of an error record.</summary>
        public string Id { get { return Errors.Id(Name); } }
        /// <summary>The name of PowerShell's ErrorCategory that fits.</summary>
        public string Category { get { return Errors.Category(Code); } }

        /// <summary>The same as an exception, for an error record.</summary>
        public VITrustException ToException() { return new VITrustException(Code, Name, ToString(), null, null); }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(VCenter + ": " + Object + ": " + Message); }
    }

    /// <summary>One vCenter of an estate and the names of its hosts.</summary>
    [DataContract]
    public sealed class VCenterSummary : Row
    {
        /// <summary>The name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>Its hosts.</summary>
        [DataMember(Name = "hosts")] public string[] Hosts { get; set; }
        /// <summary>Whether its certificate was not checked when it was asked.</summary>
        [DataMember(Name = "insecure")] public bool Insecure { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context) { Hosts = new string[0]; }

        /// <summary>The name.</summary>
        public override string ToString() { return Words.Clean(Name); }
    }

    /// <summary>A row that refers to the tables of its report.</summary>
    internal interface ITabled
    {
        void Fill(Tables tables);
    }

    /// <summary>What a report writes once and its rows refer to.</summary>
    internal sealed class Tables
    {
        private readonly Dictionary<string, CertificateRecord> certificates;
        private readonly Rejection[] rejections;

        internal Tables(Report report)
        {
            certificates = report.Items<CertificateRecord>("certificates").ToDictionary(record => record.Id);
            rejections = report.Items<Rejection>("rejections");
        }

        internal CertificateRecord Certificate(string id)
        {
            CertificateRecord record;
            return id != null && certificates.TryGetValue(id, out record) ? record : null;
        }

        internal CertificateRecord[] Certificates(string[] ids)
        {
            return Words.All(ids).Select(Certificate).Where(record => record != null).ToArray();
        }

        internal Rejection[] Rejections(long[] positions)
        {
            return (positions ?? new long[0]).Where(at => at >= 0 && at < rejections.Length).Select(at => rejections[at]).ToArray();
        }

        internal void Fill<T>(T[] rows) where T : class, ITabled
        {
            foreach (T row in Words.All(rows)) row.Fill(this);
        }
    }

    // ---------------------------------------------------------------------------------------------- objects with life

    /// <summary>A report of the library: its whole JSON, or one item at a time by section. All of it is read by methods, since
    /// one part may have tens of thousands of rows.</summary>
    public sealed class Report : IDisposable
    {
        private readonly ReportHandle handle;
        private readonly Lazy<Tables> tables;

        internal Report(ReportHandle handle)
        {
            this.handle = handle;
            handle.Opened();
            tables = new Lazy<Tables>(() => new Tables(this), LazyThreadSafetyMode.PublicationOnly);
        }

        /// <summary>The whole report, byte for byte as every other language gets it.</summary>
        public string ToJson()
        {
            return Borrow(delegate
            {
                return Text.FromUtf8(Text.Copy(Native.vitrust_report_data(handle), Native.vitrust_report_len(handle)));
            });
        }

        /// <summary>The time an assessment was made for, UTC; null in a report without one.</summary>
        public DateTime? At() { return new Moment(Single<string>("at")).Time; }

        /// <summary>The profile that was asked for; null in a report without one.</summary>
        public string Profile() { return Single<string>("profile"); }

        /// <summary>The thresholds of an assessment; null in a report without them.</summary>
        public string Thresholds() { return Single<string>("thresholds"); }

        /// <summary>What was found, the worst first.</summary>
        public Finding[] Findings() { return Items<Finding>("findings"); }

        /// <summary>When certificates end, the first to end first.</summary>
        public ExpiryRow[] Expiry() { return Items<ExpiryRow>("expiry"); }

        /// <summary>The four trust edges of every host.</summary>
        public Edge[] Edges() { return Items<Edge>("edges"); }

        /// <summary>What servers presented, in a report of probes.</summary>
        public Endpoint[] Endpoints() { return Items<Endpoint>(""); }

        /// <summary>Who trusts whom, with causes and additions; null in a report without one.</summary>
        public Matrix Matrix()
        {
            Matrix matrix = Single<Matrix>("matrix");
            if (matrix != null)
            {
                matrix.Causes = Items<Cause>("causes");
                matrix.Additions = Single<Additions>("additions") ?? Additions.None();
            }
            return matrix;
        }

        /// <summary>What breaks next; null in a report without one.</summary>
        public Forecast Forecast() { return Single<Forecast>("forecast"); }

        /// <summary>How many items a section has, for example "findings" or "matrix.parties".</summary>
        public int Count(string section)
        {
            byte[] name = Text.ToUtf8(section);
            UIntPtr count;
            ErrorHandle error;
            Native.Check(Native.vitrust_report_count(handle, name, Native.Size(name), out count, out error), error);
            return checked((int)count.ToUInt64());
        }

        /// <summary>The JSON of one item of a section.</summary>
        public string Item(string section, int index)
        {
            return Text.FromUtf8(Bytes(Text.ToUtf8(section), index));
        }

        /// <summary>The JSON of every item of a section, one at a time.</summary>
        public IEnumerable<string> ItemTexts(string section)
        {
            int count = Count(section);
            byte[] name = Text.ToUtf8(section);
            for (int index = 0; index < count; index++) yield return Text.FromUtf8(Bytes(name, index));
        }

        /// <summary>Every item of a section as an object.</summary>
        public T[] Items<T>(string section)
        {
            T[] items = new T[Count(section)];
            byte[] name = Text.ToUtf8(section);
            for (int index = 0; index < items.Length; index++) items[index] = Read<T>(Bytes(name, index));
            return items;
        }

        /// <summary>The only item of a section; null where it has none.</summary>
        internal T Single<T>(string section) where T : class
        {
            return Count(section) == 0 ? null : Read<T>(Bytes(Text.ToUtf8(section), 0));
        }

        private T Read<T>(byte[] json)
        {
            T item = Json.Read<T>(json);
            ITabled row = item as ITabled;
            if (row != null) row.Fill(tables.Value);
            return item;
        }

        /// <summary>Frees the report.</summary>
        public void Dispose() { handle.Dispose(); }

        private byte[] Bytes(byte[] section, int index)
        {
            if (index < 0) throw new ArgumentOutOfRangeException("index");
            return Borrow(delegate
            {
                IntPtr item;
                UIntPtr length;
                ErrorHandle error;
                int status = Native.vitrust_report_item(
                    handle, section, Native.Size(section), new UIntPtr((uint)index), out item, out length, out error);
                Native.Check(status, error);
                return Text.Copy(item, length);
            });
        }

        /// <summary>Reads what belongs to the report, which is not freed meanwhile.</summary>
        private T Borrow<T>(Func<T> read)
        {
            bool held = false;
            try
            {
                handle.DangerousAddRef(ref held);
                return read();
            }
            finally
            {
                if (held) handle.DangerousRelease();
            }
        }
    }

    /// <summary>A set of trust anchors; it never changes, and any number of threads may use it. Its properties stay after Dispose.</summary>
    public sealed class TrustStore : IDisposable
    {
        private readonly StoreHandle handle;

        private TrustStore(StoreHandle handle, string source)
        {
            this.handle = handle;
            handle.Opened();
            Source = source;
            Count = checked((int)Native.vitrust_store_len(handle).ToUInt64());
            using (Report report = Describe(null))
            {
                Certificates = report.Items<Certificate>("certificates");
                SetAside = report.Items<Certificate>("set_aside");
                Crls = report.Items<Crl>("crls");
                Dumped = report.Items<DumpedEntry>("dumped");
                Unreadable = report.Items<Unreadable>("unreadable");
            }
        }

        /// <summary>The path of the file, or what the input is called, or null.</summary>
        public string Source { get; private set; }

        /// <summary>How many distinct anchors it has.</summary>
        public int Count { get; private set; }

        /// <summary>The anchors, in the order they were read.</summary>
        public Certificate[] Certificates { get; private set; }

        /// <summary>Certificates of other VECS stores than the one asked for. They are no anchors.</summary>
        public Certificate[] SetAside { get; private set; }

        /// <summary>CRLs that were read with the anchors.</summary>
        public Crl[] Crls { get; private set; }

        /// <summary>Entries of which only a printed dump exists.</summary>
        public DumpedEntry[] Dumped { get; private set; }

        /// <summary>What could not be read.</summary>
        public Unreadable[] Unreadable { get; private set; }

        /// <summary>Reads a store of any shape. Of several VECS stores the one called <paramref name="store"/> has the anchors; null for TRUSTED_ROOTS.</summary>
        public static TrustStore Read(byte[] data, string source, string store)
        {
            if (data == null) throw new ArgumentNullException("data");
            Native.Require();
            byte[] options = Json.Write(new ReadOptions { Source = Words.Given(source), Store = Words.Given(store) });
            StoreHandle handle;
            ErrorHandle error;
            int status = Native.vitrust_store_from_bytes(
                data, Native.Size(data), options, Native.Size(options), out handle, out error);
            Native.Check(status, error);
            return new TrustStore(handle, Words.Given(source));
        }

        /// <summary>Reads a store from a file of any shape. Places and messages have the file's name.</summary>
        public static TrustStore ReadFile(string path, string store)
        {
            TrustStore read = Read(Files.Read(path), Path.GetFileName(path), store);
            read.Source = path;
            return read;
        }

        /// <summary>All that the store holds as a report, with a time also what is wrong with it then.</summary>
        public Report Describe(DateTime? at)
        {
            byte[] options = Json.Write(new DescribeOptions { At = Moment.WriteOptional(at) });
            ReportHandle report;
            ErrorHandle error;
            Native.Check(
                Native.vitrust_store_describe(handle, options, Native.Size(options), out report, out error), error);
            return new Report(report);
        }

        /// <summary>What is wrong with the store by itself at a time.</summary>
        public LintIssue[] Lint(DateTime at)
        {
            using (Report report = Describe(at)) return report.Items<LintIssue>("lint");
        }

        /// <summary>Judges a chain: PEM text, DER or PKCS#7. An untrusted chain is a verdict, not an exception.</summary>
        public Verdict Verify(byte[] chain, VerifyOptions options)
        {
            if (chain == null) throw new ArgumentNullException("chain");
            if (options == null) throw new ArgumentNullException("options");
            byte[] json = Json.Write(options);
            ReportHandle handle;
            ErrorHandle error;
            int status = Native.vitrust_store_verify(
                this.handle, chain, Native.Size(chain), json, Native.Size(json), out handle, out error);
            Native.Check(status, error);
            using (Report report = new Report(handle))
            {
                Verdict verdict = report.Single<Verdict>("");
                verdict.Rejections = report.Items<Rejection>("rejections");
                return verdict;
            }
        }

        /// <summary>Judges a chain of PEM text.</summary>
        public Verdict Verify(string chain, VerifyOptions options)
        {
            return Verify(Text.ToUtf8(chain), options);
        }

        /// <summary>Frees the store.</summary>
        public void Dispose() { handle.Dispose(); }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Clean(Source ?? "store"); }
    }

    /// <summary>Certificates of one input of any shape, in its order, copies included.</summary>
    public static class Certificates
    {
        /// <summary>Reads certificates. What cannot be read of the input is an exception.</summary>
        public static Certificate[] Read(byte[] data, string source)
        {
            using (Report report = Describe(data, source))
            {
                Unreadable[] lost = report.Items<Unreadable>("unreadable");
                if (lost.Length == 0) return report.Items<Certificate>("certificates");
                long? line = lost[0].Place == null ? null : lost[0].Place.Line;
                throw new VITrustException(110, "certificate", lost[0].ToString(), "data", (int?)line);
            }
        }

        /// <summary>Reads certificates from a file.</summary>
        public static Certificate[] ReadFile(string path) { return Read(Files.Read(path), Path.GetFileName(path)); }

        /// <summary>All that an input holds, what is unreadable included.</summary>
        public static Report Describe(byte[] data, string source)
        {
            if (data == null) throw new ArgumentNullException("data");
            Native.Require();
            byte[] options = Json.Write(new ReadOptions { Source = Words.Given(source) });
            ReportHandle report;
            ErrorHandle error;
            int status = Native.vitrust_certificates_read(
                data, Native.Size(data), options, Native.Size(options), out report, out error);
            Native.Check(status, error);
            return new Report(report);
        }
    }

    /// <summary>What is known of vCenters and hosts; it never changes, and any number of threads may use it. Its properties stay
    /// after Dispose.</summary>
    public sealed class Estate : IDisposable
    {
        private readonly EstateHandle handle;

        internal Estate(EstateHandle handle, CollectFailure[] failures, string[] insecure)
        {
            this.handle = handle;
            handle.Opened();
            Failures = failures ?? new CollectFailure[0];
            Insecure = insecure ?? new string[0];
            ReportHandle described;
            ErrorHandle error;
            Native.Check(Native.vitrust_estate_describe(handle, out described, out error), error);
            using (Report report = new Report(described))
            {
                VCenters = report.Items<VCenterSummary>("vcenters");
                Unreadable = report.Items<Unreadable>("unreadable");
            }
            HostCount = VCenters.Sum(vcenter => vcenter.Hosts.Length);
        }

        /// <summary>What could not be had while it was collected.</summary>
        public CollectFailure[] Failures { get; private set; }

        /// <summary>The vCenters whose certificate was not checked while it was collected.</summary>
        public string[] Insecure { get; private set; }

        /// <summary>Its vCenters.</summary>
        public VCenterSummary[] VCenters { get; private set; }

        /// <summary>How many hosts they have together.</summary>
        public int HostCount { get; private set; }

        /// <summary>What could not be read of its sources.</summary>
        public Unreadable[] Unreadable { get; private set; }

        /// <summary>Reads an estate's own JSON.</summary>
        public static Estate FromJson(byte[] data)
        {
            if (data == null) throw new ArgumentNullException("data");
            Native.Require();
            EstateHandle handle;
            ErrorHandle error;
            Native.Check(Native.vitrust_estate_from_json(data, Native.Size(data), out handle, out error), error);
            return new Estate(handle, null, null);
        }

        /// <summary>Reads an estate's own JSON.</summary>
        public static Estate FromJson(string json) { return FromJson(Text.ToUtf8(json)); }

        /// <summary>Reads folders of exports, lone files and estate JSON into one estate.</summary>
        public static Estate Load(string[] paths)
        {
            if (paths == null) throw new ArgumentNullException("paths");
            Native.Require();
            byte[] json = Json.Write(paths);
            EstateHandle handle;
            ErrorHandle error;
            Native.Check(Native.vitrust_estate_load(json, Native.Size(json), out handle, out error), error);
            return new Estate(handle, null, null);
        }

        /// <summary>The estate as JSON, which FromJson reads again.</summary>
        public string ToJson()
        {
            StringHandle json;
            ErrorHandle error;
            Native.Check(Native.vitrust_estate_json(handle, out json, out error), error);
            return json.Take();
        }

        /// <summary>Judges the estate.</summary>
        public Report Assess(AssessOptions options)
        {
            if (options == null) throw new ArgumentNullException("options");
            byte[] json = Json.Write(options);
            ReportHandle report;
            ErrorHandle error;
            Native.Check(
                Native.vitrust_estate_assess(handle, json, Native.Size(json), out report, out error), error);
            return new Report(report);
        }

        /// <summary>Frees the estate.</summary>
        public void Dispose() { handle.Dispose(); }

        /// <summary>For people.</summary>
        public override string ToString() { return Words.Listing(VCenters.Select(one => one.ToString()), 5, ", "); }
    }

    /// <summary>The vCenters to be asked, and who asks; any number of threads may use it.</summary>
    public sealed class Inventory : IDisposable
    {
        private readonly InventoryHandle handle;
        private readonly object adding = new object();
        private volatile int count;

        private Inventory(InventoryHandle handle)
        {
            this.handle = handle;
            handle.Opened();
            Counted();
        }

        internal InventoryHandle Handle { get { return handle; } }

        /// <summary>An inventory without vCenters; options may be null.</summary>
        public Inventory(InventoryOptions options) : this(Make(options)) { }

        /// <summary>How many vCenters it has.</summary>
        public int Count { get { return count; } }

        /// <summary>Reads an inventory file. The password serves entries that say password_prompt; null when nobody can be asked.</summary>
        public static Inventory Load(string path, SecureString password)
        {
            if (path == null) throw new ArgumentNullException("path");
            Native.Require();
            byte[] file = Text.ToUtf8(path);
            return Secret.Lend(password, delegate(byte[] secret)
            {
                InventoryHandle made;
                ErrorHandle error;
                int status = Native.vitrust_inventory_load(
                    file, Native.Size(file), secret, Native.Size(secret), out made, out error);
                Native.Check(status, error);
                return new Inventory(made);
            });
        }

        /// <summary>Takes one vCenter from GOVC_URL or VMWARE_HOST in the environment.</summary>
        public static Inventory FromEnvironment()
        {
            Native.Require();
            InventoryHandle made;
            ErrorHandle error;
            Native.Check(Native.vitrust_inventory_from_environment(out made, out error), error);
            return new Inventory(made);
        }

        /// <summary>Adds a vCenter, to be asked with a login.</summary>
        public void Add(ServerSettings settings, string user, SecureString password)
        {
            if (settings == null) throw new ArgumentNullException("settings");
            byte[] json = Json.Write(settings);
            byte[] name = Text.ToUtf8(user);
            Secret.Lend(password, delegate(byte[] secret)
            {
                lock (adding)
                {
                    ErrorHandle error;
                    int status = Native.vitrust_inventory_add(
                        handle, json, Native.Size(json), name, Native.Size(name), secret, Native.Size(secret), out error);
                    Native.Check(status, error);
                    Counted();
                }
                return true;
            });
        }

        /// <summary>Adds a vCenter, to be asked within a session that somebody else has: PowerCLI's SessionSecret.</summary>
        public void AddSession(ServerSettings settings, string session)
        {
            if (settings == null) throw new ArgumentNullException("settings");
            byte[] json = Json.Write(settings);
            Secret.Lend((session ?? "").ToCharArray(), delegate(byte[] secret)
            {
                lock (adding)
                {
                    ErrorHandle error;
                    int status = Native.vitrust_inventory_add_session(
                        handle, json, Native.Size(json), secret, Native.Size(secret), out error);
                    Native.Check(status, error);
                    Counted();
                }
                return true;
            });
        }

        /// <summary>Frees the inventory and wipes its passwords.</summary>
        public void Dispose() { handle.Dispose(); }

        /// <summary>Keeps the number of vCenters, which is asked for while nobody else adds one.</summary>
        private void Counted() { count = checked((int)Native.vitrust_inventory_len(handle).ToUInt64()); }

        private static InventoryHandle Make(InventoryOptions options)
        {
            Native.Require();
            byte[] json = Json.Write(options);
            InventoryHandle made;
            ErrorHandle error;
            Native.Check(Native.vitrust_inventory_new(json, Native.Size(json), out made, out error), error);
            return made;
        }
    }

    /// <summary>A session with one vCenter; any number of threads may use it.</summary>
    public sealed class Client : IDisposable
    {
        private readonly ClientHandle handle;

        internal Client(ClientHandle handle)
        {
            this.handle = handle;
            handle.Opened();
        }

        /// <summary>Logs in to a vCenter of an inventory; null or empty for its only one.</summary>
        public static Client Open(Inventory inventory, string vcenter) { return Open(inventory, vcenter, null); }

        internal static Client Open(Inventory inventory, string vcenter, Progress progress)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            byte[] name = Text.ToUtf8(vcenter);
            ClientHandle handle;
            ErrorHandle error;
            int status = Native.vitrust_client_open(
                inventory.Handle, name, Native.Size(name), progress, IntPtr.Zero, out handle, out error);
            Native.Check(status, error);
            return new Client(handle);
        }

        /// <summary>Makes a reading call by its name; arguments are a JSON object or null.</summary>
        public Report Read(string call, string arguments) { return Read(call, arguments, null); }

        /// <summary>Makes a changing call by its name; arguments are a JSON object or null, the secret may be null.</summary>
        public Report Change(string call, string arguments, SecureString secret)
        {
            return Change(call, arguments, secret, null);
        }

        internal Report Read(string call, string arguments, Progress progress)
        {
            byte[] name = Text.ToUtf8(call), json = Text.ToUtf8(arguments);
            ReportHandle report;
            ErrorHandle error;
            int status = Native.vitrust_client_read(
                handle, name, Native.Size(name), json, Native.Size(json), progress, IntPtr.Zero, out report, out error);
            Native.Check(status, error);
            return new Report(report);
        }

        internal Report Change(string call, string arguments, SecureString secret, Progress progress)
        {
            byte[] name = Text.ToUtf8(call), json = Text.ToUtf8(arguments);
            return Secret.Lend(secret, delegate(byte[] bytes)
            {
                ReportHandle report;
                ErrorHandle error;
                int status = Native.vitrust_client_change(
                    handle, name, Native.Size(name), json, Native.Size(json), bytes, Native.Size(bytes),
                    progress, IntPtr.Zero, out report, out error);
                Native.Check(status, error);
                return new Report(report);
            });
        }

        /// <summary>Closes the session; waits for the server, at most the timeout of its settings.</summary>
        public void Dispose() { handle.Dispose(); }
    }

    internal static class Files
    {
        /// <summary>Reads a file; what fails is the library's error 800.</summary>
        internal static byte[] Read(string path)
        {
            if (path == null) throw new ArgumentNullException("path");
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (Exception error)
            {
                bool ours = error is IOException || error is UnauthorizedAccessException || error is ArgumentException
                    || error is NotSupportedException || error is SecurityException;
                if (!ours) throw;
                throw new VITrustException(800, "file", path + ": " + error.Message, "path", null);
            }
        }
    }

    // ---------------------------------------------------------------------------------------------- jobs

    /// <summary>Long work on a thread of its own: poll Wait on yours, show Done and Total, and dispose.</summary>
    public sealed class Job<T> : IDisposable
    {
        private readonly Task<T> task;
        // A field, so that the collector leaves it while the library has it.
        private readonly Progress progress;
        private readonly object ending = new object();
        private long done;
        private long total;
        private volatile string what = "";
        private volatile bool stopped;
        private bool taken;
        private bool disposed;

        internal Job(Func<Progress, T> work)
        {
            progress = Report;
            task = Task.Factory.StartNew<T>(
                delegate { return work(progress); },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        /// <summary>How much is done.</summary>
        public long Done { get { return Interlocked.Read(ref done); } }

        /// <summary>How much there is, as far as known; 0 before that.</summary>
        public long Total { get { return Interlocked.Read(ref total); } }

        /// <summary>What was finished last.</summary>
        public string What { get { return what; } }

        /// <summary>Done of Total in percent, 0 to 100; -1 while nothing is known.</summary>
        public int Percent
        {
            get
            {
                long all = Total;
                return all <= 0 ? -1 : (int)Math.Min(100, Math.Max(0, 100.0 * Done / all));
            }
        }

        /// <summary>Whether the work has come to its end.</summary>
        public bool IsCompleted { get { return task.IsCompleted; } }

        /// <summary>The result, which is the caller's to dispose from then on; waits for it. What failed is thrown as it is.</summary>
        public T GetResult()
        {
            lock (ending)
            {
                if (disposed) throw new ObjectDisposedException("Job");
            }
            T result = task.GetAwaiter().GetResult();
            lock (ending)
            {
                if (disposed && !taken) throw new ObjectDisposedException("Job");
                taken = true;
            }
            return result;
        }

        /// <summary>Waits so many milliseconds, and says whether the work has come to its end.</summary>
        public bool Wait(int milliseconds)
        {
            return ((IAsyncResult)task).AsyncWaitHandle.WaitOne(milliseconds);
        }

        /// <summary>Asks the work to end; returns at once.</summary>
        public void Stop() { stopped = true; }

        /// <summary>Ends the work, waits for its end, and frees a result that nobody took.</summary>
        public void Dispose()
        {
            Stop();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            lock (ending)
            {
                if (disposed) return;
                disposed = true;
                // Looking at the exception keeps the runtime from reporting it as unobserved.
                bool failed = task.Exception != null;
                IDisposable result = failed || taken ? null : task.Result as IDisposable;
                if (result != null) result.Dispose();
            }
        }

        private int Report(ulong nowDone, ulong nowTotal, IntPtr name, IntPtr user)
        {
            try
            {
                Interlocked.Exchange(ref done, (long)Math.Min(nowDone, long.MaxValue));
                Interlocked.Exchange(ref total, (long)Math.Min(nowTotal, long.MaxValue));
                string text = Text.FromNative(name);
                if (text.Length > 0) what = text;
                return stopped ? 1 : 0;
            }
            catch (Exception)
            {
                // No exception may cross the library; the work ends instead.
                return 1;
            }
        }
    }

    /// <summary>Starts long work.</summary>
    public static class Job
    {
        /// <summary>Asks servers what they present; the report's only section "" has one Endpoint each. Options may be null.</summary>
        public static Job<Report> Probe(string[] endpoints, ProbeOptions options)
        {
            if (endpoints == null) throw new ArgumentNullException("endpoints");
            Native.Require();
            byte[] names = Json.Write(endpoints), json = Json.Write(options);
            return new Job<Report>(delegate(Progress progress)
            {
                ReportHandle report;
                ErrorHandle error;
                int status = Native.vitrust_probe(
                    names, Native.Size(names), json, Native.Size(json), progress, IntPtr.Zero, out report, out error);
                Native.Check(status, error);
                return new Report(report);
            });
        }

        /// <summary>Collects the estate of an inventory. What could not be had is in its Failures.</summary>
        public static Job<Estate> Collect(Inventory inventory)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            return new Job<Estate>(delegate(Progress progress)
            {
                EstateHandle estate;
                ReportHandle handle;
                ErrorHandle error;
                int status = Native.vitrust_collect(
                    inventory.Handle, progress, IntPtr.Zero, out estate, out handle, out error);
                Native.Check(status, error);
                using (Report report = new Report(handle))
                {
                    CollectFailure[] failures = report.Items<CollectFailure>("failures");
                    return new Estate(estate, failures, report.Items<string>("insecure"));
                }
            });
        }

        /// <summary>Judges an estate. It cannot be stopped, only waited for.</summary>
        public static Job<Report> Assess(Estate estate, AssessOptions options)
        {
            if (estate == null) throw new ArgumentNullException("estate");
            if (options == null) throw new ArgumentNullException("options");
            return new Job<Report>(delegate { return estate.Assess(options); });
        }

        /// <summary>Logs in to a vCenter of an inventory.</summary>
        public static Job<Client> Open(Inventory inventory, string vcenter)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            return new Job<Client>(delegate(Progress progress) { return Client.Open(inventory, vcenter, progress); });
        }

        /// <summary>Makes a reading call.</summary>
        public static Job<Report> Read(Client client, string call, string arguments)
        {
            if (client == null) throw new ArgumentNullException("client");
            return new Job<Report>(delegate(Progress progress) { return client.Read(call, arguments, progress); });
        }

        /// <summary>Makes a changing call. Stopping it does not take back what the server has done.</summary>
        public static Job<Report> Change(Client client, string call, string arguments, SecureString secret)
        {
            if (client == null) throw new ArgumentNullException("client");
            // The caller may dispose of its own before the work begins.
            SecureString own = secret == null ? null : secret.Copy();
            return new Job<Report>(delegate(Progress progress)
            {
                using (own) return client.Change(call, arguments, own, progress);
            });
        }
    }

    // ---------------------------------------------------------------------------------------------- for people

    /// <summary>Which vCenter trusts which. Rows trust, columns present.</summary>
    [DataContract]
    public sealed class Matrix : Row
    {
        /// <summary>Whose rules.</summary>
        [DataMember(Name = "profile")] public string Profile { get; set; }
        private Moment at;
        [DataMember(Name = "at")] private string AtText { get { return at.Text; } set { at = new Moment(value); } }
        /// <summary>The verification time, UTC.</summary>
        public DateTime At { get { return at.Time.GetValueOrDefault(); } set { at = new Moment(value); } }
        /// <summary>The parties, in the order of rows and columns.</summary>
        [DataMember(Name = "parties")] public Party[] Parties { get; set; }
        /// <summary>Whether every party trusts every party. What is unknown is not trusted.</summary>
        [DataMember(Name = "is_mutual")] public bool IsMutual { get; set; }
        /// <summary>How many cells are untrusted.</summary>
        [DataMember(Name = "untrusted")] public long Untrusted { get; set; }
        /// <summary>How many cells are unknown.</summary>
        [DataMember(Name = "unknown")] public long Unknown { get; set; }
        /// <summary>One text per party, one character per target: + trusted, - untrusted, ? unknown.</summary>
        [DataMember(Name = "rows")] public string[] Rows { get; set; }
        /// <summary>The same of the hosts of each target; a dot where it has none.</summary>
        [DataMember(Name = "host_rows")] public string[] HostRows { get; set; }
        /// <summary>Why cells are not trusted, the cause of most cells first.</summary>
        public Cause[] Causes { get; internal set; }
        /// <summary>What to add to complete the matrix.</summary>
        public Additions Additions { get; internal set; }

        /// <summary>trusted, untrusted or unknown: the answer of a row about a column, both from 0.</summary>
        public string Cell(int row, int column) { return Answers(Rows[row][column]); }

        /// <summary>The same by the names of two vCenters.</summary>
        public string Answer(string from, string to) { return Cell(Number(from), Number(to)); }

        /// <summary>Whether one vCenter trusts what another presents. What is unknown is not trusted.</summary>
        public bool Trusts(string from, string to) { return Answer(from, to) == "trusted"; }

        /// <summary>The answer of one vCenter about the hosts of another; null when it has none.</summary>
        public string TrustsHosts(string from, string to) { return Answers(HostRows[Number(from)][Number(to)]); }

        /// <summary>Draws the grid, in Unicode where the console takes it.</summary>
        public string Draw(bool ansi) { return Draw(ansi, Painter.ConsoleIsUnicode(), Painter.Width); }

        /// <summary>Draws the grid with lines up to a width, in Unicode where the console takes it.</summary>
        public string Draw(bool ansi, int width) { return Draw(ansi, Painter.ConsoleIsUnicode(), width); }

        /// <summary>Draws the grid: colours by ANSI codes or none, signs of Unicode or ASCII, lines up to a width.</summary>
        public string Draw(bool ansi, bool unicode, int width)
        {
            return new MatrixPainter(this, new Painter(ansi, unicode, width)).Picture();
        }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi) { return Explain(ansi, Painter.ConsoleIsUnicode(), Painter.Width); }

        /// <summary>Says why cells are not trusted and what to add where.</summary>
        public string Explain(bool ansi, bool unicode, int width)
        {
            return new MatrixPainter(this, new Painter(ansi, unicode, width)).Reasons();
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Parties = new Party[0];
            Rows = new string[0];
            HostRows = new string[0];
            Causes = new Cause[0];
            Additions = VITrust.Additions.None();
        }

        /// <summary>For people.</summary>
        public override string ToString()
        {
            int size = Words.All(Parties).Count();
            if (IsMutual) return string.Format(CultureInfo.InvariantCulture, "{0} parties, mutual", size);
            return string.Format(CultureInfo.InvariantCulture, "{0} parties, {1} untrusted, {2} unknown", size, Untrusted, Unknown);
        }

        private int Number(string vcenter)
        {
            for (int number = 0; number < Parties.Length; number++)
            {
                if (Parties[number].VCenters.Contains(vcenter, StringComparer.OrdinalIgnoreCase)) return number;
            }
            throw new KeyNotFoundException("no vCenter of the matrix is called " + vcenter);
        }

        private static string Answers(char sign)
        {
            switch (sign)
            {
                case '+': return "trusted";
                case '-': return "untrusted";
                case '?': return "unknown";
                default: return null;
            }
        }
    }

    /// <summary>Short and safe words.</summary>
    internal static class Words
    {
        /// <summary>Null for an empty text: PowerShell has no null for text.</summary>
        internal static string Given(string text) { return string.IsNullOrEmpty(text) ? null : text; }

        /// <summary>Shows control characters by their number: those of a certificate never reach a terminal.</summary>
        internal static string Clean(string text)
        {
            if (text == null) return "";
            StringBuilder clean = new StringBuilder(text.Length);
            for (int index = 0; index < text.Length; index++)
            {
                bool pair = char.IsSurrogatePair(text, index);
                if (IsPrintable(text, index))
                {
                    clean.Append(text[index]);
                    if (pair) clean.Append(text[index + 1]);
                }
                else
                {
                    clean.Append(Escaped(pair ? char.ConvertToUtf32(text, index) : text[index]));
                }
                if (pair) index++;
            }
            return clean.ToString();
        }

        private static bool IsPrintable(string text, int index)
        {
            if (text[index] == ' ') return true;
            switch (CharUnicodeInfo.GetUnicodeCategory(text, index))
            {
                case UnicodeCategory.Control:
                case UnicodeCategory.Format:
                case UnicodeCategory.Surrogate:
                case UnicodeCategory.PrivateUse:
                case UnicodeCategory.OtherNotAssigned:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                case UnicodeCategory.SpaceSeparator:
                    return false;
                default:
                    return true;
            }
        }

        internal static string Escaped(int character)
        {
            switch (character)
            {
                case '\t': return "\\t";
                case '\n': return "\\n";
                case '\r': return "\\r";
            }
            string form = character < 0x100 ? "\\x{0:x2}" : character < 0x10000 ? "\\u{0:x4}" : "\\U{0:x8}";
            return string.Format(CultureInfo.InvariantCulture, form, character);
        }

        /// <summary>The telling part of a subject: its common name, or its organisation where that is only CA.</summary>
        internal static string CommonName(string subject)
        {
            if (subject == null) return "";
            string name = null, organisation = null;
            foreach (string part in subject.Split(new[] { ", " }, StringSplitOptions.None))
            {
                if (name == null && part.StartsWith("CN=", StringComparison.Ordinal)) name = part.Substring(3);
                if (organisation == null && part.StartsWith("O=", StringComparison.Ordinal)) organisation = part.Substring(2);
            }
            name = name ?? subject;
            // Every VMCA root is called CA; the vCenter's name is its organisation.
            if (name != "CA" || organisation == null) return Clean(name);
            return Clean((subject.Contains("DC=vsphere") ? "VMCA of " : "CA of ") + organisation);
        }

        /// <summary>The same, with further full subjects to look for.</summary>
        internal static string Readable(string message, IEnumerable<string> subjects)
        {
            string readable = Readable(message);
            foreach (string subject in subjects.Where(name => !string.IsNullOrEmpty(name)).OrderByDescending(name => name.Length))
            {
                readable = readable.Replace(Clean(subject), CommonName(subject));
            }
            return readable;
        }

        /// <summary>Shortens full subjects in backticks to their telling part, and midnights to their date.</summary>
        internal static string Readable(string message)
        {
            if (message == null) return "";
            string[] parts = message.Split('`');
            StringBuilder text = new StringBuilder(parts[0]);
            for (int index = 1; index < parts.Length; index++)
            {
                bool quoted = index % 2 == 1 && index + 1 < parts.Length;
                if (quoted && parts[index].Contains("=")) text.Append(CommonName(parts[index]));
                else if (quoted) text.Append('`').Append(parts[index]).Append('`');
                else text.Append(index % 2 == 1 ? "`" : "").Append(parts[index]);
            }
            return Clean(text.Replace("T00:00:00Z", "").ToString());
        }

        /// <summary>The items that are there: none where there is no array.</summary>
        internal static IEnumerable<T> All<T>(T[] items) where T : class
        {
            return (items ?? new T[0]).Where(item => item != null);
        }

        /// <summary>Joins the first of many items.</summary>
        internal static string Listing(IEnumerable<string> items, int most, string between)
        {
            List<string> all = items.ToList();
            string first = string.Join(between, all.Take(most));
            if (all.Count <= most) return first;
            return first + " and " + (all.Count - most).ToString("N0", CultureInfo.InvariantCulture) + " more";
        }

        /// <summary>A number with its noun.</summary>
        internal static string Count(long number, string one, string many)
        {
            return number.ToString("N0", CultureInfo.InvariantCulture) + " " + (number == 1 ? one : many);
        }

        /// <summary>A host name without its domain; an address stays whole.</summary>
        internal static string Host(string name)
        {
            if (string.IsNullOrEmpty(name)) return "";
            string first = name.Split('.')[0];
            return IsNumber(first) || first.Contains(" ") ? name : first;
        }

        private static bool IsNumber(string text) { return text.Length > 0 && text.All(char.IsDigit); }

        /// <summary>Names without their domain, where that tells them apart.</summary>
        internal static Dictionary<string, string> ShortNames(IEnumerable<string> names)
        {
            List<string> all = names.Distinct().ToList();
            Dictionary<string, string> first = all.ToDictionary(name => name, name => name.Split('.')[0]);
            bool apart = first.Values.Distinct().Count() == all.Count && !first.Values.Any(IsNumber);
            return apart ? first : all.ToDictionary(name => name, name => name);
        }

        /// <summary>Where something is: each vCenter and part once, with the hosts it holds for.</summary>
        internal static string Where(Subject[] subjects)
        {
            List<string> places = new List<string>();
            Dictionary<string, List<string>> owners = new Dictionary<string, List<string>>();
            foreach (Subject subject in All(subjects))
            {
                string place = (Host(subject.VCenter) + " " + subject.Part).Trim();
                string owner = Given(subject.Provider) ?? Given(subject.Host);
                if (!owners.ContainsKey(place))
                {
                    places.Add(place);
                    owners[place] = new List<string>();
                }
                if (owner != null && !owners[place].Contains(Host(owner))) owners[place].Add(Host(owner));
                if (place.Length == 0 && owner == null && subject.Place != null) owners[place].Add(subject.Place.ToString());
            }
            IEnumerable<string> texts = places.Select(delegate(string place)
            {
                string listed = Listing(owners[place], 6, ", ");
                return place.Length > 0 && listed.Length > 0 ? place + ": " + listed : place.Length > 0 ? place : listed;
            });
            string where = Listing(texts.Where(text => text.Length > 0), 6, "; ");
            return where.Length > 0 ? Clean(where) : "the estate";
        }
    }

    /// <summary>A text and its style.</summary>
    internal struct Span
    {
        internal readonly string Text;
        internal readonly string Style;

        internal Span(string text, string style)
        {
            Text = text;
            Style = style;
        }

        public static implicit operator Span(string text) { return new Span(text, ""); }
    }

    /// <summary>Lines of text with or without colour, wrapped at words.</summary>
    internal sealed class Painter
    {
        internal const int Width = 120;
        internal const string Bold = "1", Dim = "2", Green = "32", Red = "1;31", Yellow = "33", Cyan = "36";
        private const string Fancy = "\u2192\u00b7\u2026\u2500\u00d7\u2264\u2022";
        private static readonly string[] Plain = { "->", "-", "...", "-", "x", "<=", "*" };
        private readonly bool ansi;
        private readonly bool unicode;
        private readonly int width;
        private readonly StringBuilder lines = new StringBuilder();

        internal Painter(bool ansi, bool unicode, int width)
        {
            this.ansi = ansi;
            this.unicode = unicode;
            this.width = Math.Max(width, 20);
        }

        internal int Columns { get { return width; } }

        internal static bool ConsoleIsUnicode()
        {
            try
            {
                return Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);
            }
            catch (IOException)
            {
                return false;
            }
        }

        /// <summary>The lines so far, without the ends of lines that are only blanks.</summary>
        internal string Take() { return lines.ToString().TrimEnd('\n').TrimStart('\n'); }

        internal void Heading(string title, string note)
        {
            lines.Append('\n');
            Line(0, new Span(title, Bold), new Span("  " + note, Dim));
        }

        internal Span Trust(string answer)
        {
            switch (answer)
            {
                case "trusted": return new Span(unicode ? "\u2713" : "+", Green);
                case "untrusted": return new Span(unicode ? "\u2717" : "x", Red);
                case "unknown": return new Span("?", Yellow);
                default: return new Span(unicode ? "\u00b7" : ".", Dim);
            }
        }

        internal string Clean(string text)
        {
            string clean = Words.Clean(text);
            if (unicode) return clean;
            StringBuilder ascii = new StringBuilder(clean.Length);
            for (int index = 0; index < clean.Length; index++)
            {
                int known = Fancy.IndexOf(clean[index]);
                bool pair = char.IsSurrogatePair(clean, index);
                if (known >= 0) ascii.Append(Plain[known]);
                else if (clean[index] < 128) ascii.Append(clean[index]);
                else ascii.Append(Words.Escaped(pair ? char.ConvertToUtf32(clean, index) : clean[index]));
                if (pair) index++;
            }
            return ascii.ToString();
        }

        /// <summary>Adds one paragraph, wrapped at its indent.</summary>
        internal void Line(int indent, params Span[] spans)
        {
            List<char> characters = new List<char>();
            List<string> styles = new List<string>();
            foreach (Span span in spans)
            {
                foreach (char character in Clean(span.Text))
                {
                    characters.Add(character);
                    styles.Add(span.Style);
                }
            }
            string text = new string(characters.ToArray());
            foreach (KeyValuePair<int, int> row in Rows(text, Math.Max(width - indent, 20)))
            {
                lines.Append(' ', indent);
                Styled(text, styles, row.Key, row.Value);
                lines.Append('\n');
            }
        }

        /// <summary>Adds a line of cells as they are.</summary>
        internal void Cells(IEnumerable<Span> cells)
        {
            StringBuilder plain = new StringBuilder();
            List<string> styles = new List<string>();
            foreach (Span cell in cells)
            {
                plain.Append(cell.Text);
                styles.AddRange(Enumerable.Repeat(cell.Style, cell.Text.Length));
            }
            string text = plain.ToString();
            Styled(text, styles, 0, text.Length);
            lines.Append('\n');
        }

        private void Styled(string text, List<string> styles, int start, int end)
        {
            while (end > start && text[end - 1] == ' ') end--;
            string current = "";
            for (int index = start; index < end; index++)
            {
                if (ansi && styles[index] != current)
                {
                    if (current.Length > 0) lines.Append("\u001b[0m");
                    current = styles[index];
                    if (current.Length > 0) lines.Append("\u001b[").Append(current).Append('m');
                }
                lines.Append(text[index]);
            }
            if (current.Length > 0) lines.Append("\u001b[0m");
        }

        /// <summary>Where each row begins and ends: as many words as fit, and a longer word cut.</summary>
        private static IEnumerable<KeyValuePair<int, int>> Rows(string text, int width)
        {
            int start = 0, position = 0;
            while (position < text.Length)
            {
                int word = position;
                while (word < text.Length && text[word] == ' ') word++;
                while (word < text.Length && text[word] != ' ') word++;
                if (word - start > width && position > start)
                {
                    yield return new KeyValuePair<int, int>(start, position);
                    while (position < text.Length && text[position] == ' ') position++;
                    start = position;
                    continue;
                }
                while (word - start > width)
                {
                    yield return new KeyValuePair<int, int>(start, start + width);
                    start += width;
                }
                position = word;
            }
            yield return new KeyValuePair<int, int>(start, text.Length);
        }
    }

    /// <summary>The picture of a matrix: the same that the command `vitrust matrix` prints.</summary>
    internal sealed class MatrixPainter
    {
        /// <summary>Above this the grid shows only parties that miss something.</summary>
        private const int Whole = 60;
        private const int Missing = 12;
        private const int Causes = 20;
        private readonly Matrix matrix;
        private readonly Painter paint;

        internal MatrixPainter(Matrix matrix, Painter paint)
        {
            this.matrix = matrix;
            this.paint = paint;
        }

        internal string Picture()
        {
            paint.Heading("TRUST BETWEEN VCENTERS", "rows trust, columns present");
            if (matrix.Parties.Length == 0)
            {
                paint.Line(2, "no vCenter is known");
                return paint.Take();
            }
            Verdict();
            foreach (Party party in matrix.Parties.Where(one => one.VCenters.Length > 1))
            {
                string together = Words.Listing(party.VCenters, 8, ", ");
                paint.Line(2, party.Name + " stands for " + together + ": one SSO domain shares its trust");
            }
            List<int> shown = Enumerable.Range(0, matrix.Parties.Length).ToList();
            if (shown.Count > Whole)
            {
                shown = shown.Where(Lacks).ToList();
                paint.Line(2, "only the " + Words.Count(shown.Count, "vCenter", "vCenters") + " with gaps are drawn");
            }
            if (shown.Count > 0) Grid(shown);
            Unknown();
            return paint.Take();
        }

        private bool Lacks(int party)
        {
            return Enumerable.Range(0, matrix.Parties.Length).Any(other =>
                matrix.Cell(party, other) != "trusted" || matrix.Cell(other, party) != "trusted");
        }

        private void Verdict()
        {
            long size = matrix.Parties.Length;
            if (matrix.IsMutual)
            {
                string parties = Words.Count(size, "party", "parties");
                paint.Line(2, paint.Trust("trusted"), " all of " + parties + " trust each other");
                return;
            }
            string links = Words.Count(size * size, "link", "links");
            string unknown = matrix.Unknown.ToString("N0", CultureInfo.InvariantCulture);
            string untrusted = matrix.Untrusted.ToString("N0", CultureInfo.InvariantCulture);
            if (matrix.Untrusted > 0)
            {
                string more = matrix.Unknown > 0 ? ", " + unknown + " not known" : "";
                paint.Line(2, paint.Trust("untrusted"), " " + untrusted + " of " + links + " untrusted" + more);
            }
            else
            {
                paint.Line(2, paint.Trust("unknown"), " " + unknown + " of " + links + " not known");
            }
        }

        private void Grid(List<int> shown)
        {
            List<string> names = shown.Select(position => matrix.Parties[position].Name).ToList();
            Dictionary<string, string> shortened = Words.ShortNames(names);
            List<string> labels = names.Select(name => paint.Clean(shortened[name])).ToList();
            int widest = names.Max(name => shortened[name].Length);
            // Names stand over the columns while they fit; beyond that, columns have numbers.
            bool fits = widest + names.Count * (widest + 2) + 6 <= paint.Columns;
            int digits = names.Count.ToString(CultureInfo.InvariantCulture).Length;
            List<string> heads = labels.Select((label, index) => fits ? label : Number(index, 0)).ToList();
            List<string> sides = labels.Select((label, index) => "  " + (fits ? label : Number(index, digits) + " " + label)).ToList();
            int side = sides.Max(text => text.Length);
            paint.Cells(new[] { (Span)new string(' ', side) }.Concat(heads.Select(head => new Span("  " + head, Painter.Bold))));
            for (int row = 0; row < shown.Count; row++)
            {
                List<Span> cells = new List<Span> { new Span(sides[row].PadRight(side), Painter.Bold) };
                for (int column = 0; column < shown.Count; column++)
                {
                    Span sign = paint.Trust(matrix.Cell(shown[row], shown[column]));
                    int before = (heads[column].Length - 1) / 2;
                    cells.Add(new string(' ', 2 + before));
                    cells.Add(sign);
                    cells.Add(new string(' ', heads[column].Length - 1 - before));
                }
                paint.Cells(cells);
            }
            Legend();
        }

        private static string Number(int index, int width)
        {
            return (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
        }

        private void Legend()
        {
            paint.Cells(new Span[]
            {
                "  ",
                paint.Trust("trusted"), new Span(" trusts   ", Painter.Dim),
                paint.Trust("untrusted"), new Span(" does not trust   ", Painter.Dim),
                paint.Trust("unknown"), new Span(" not known   ", Painter.Dim)
            });
        }

        /// <summary>Says what would have to be known for an answer where there is none.</summary>
        private void Unknown()
        {
            List<string> order = new List<string>();
            Dictionary<string, long> lacking = new Dictionary<string, long>();
            for (int row = 0; row < matrix.Parties.Length; row++)
            {
                for (int column = 0; column < matrix.Parties.Length; column++)
                {
                    if (matrix.Cell(row, column) != "unknown") continue;
                    foreach (string what in Lacking(matrix.Parties[row], matrix.Parties[column]))
                    {
                        if (!lacking.ContainsKey(what)) order.Add(what);
                        lacking[what] = (lacking.ContainsKey(what) ? lacking[what] : 0) + 1;
                    }
                }
            }
            foreach (string what in order.OrderByDescending(one => lacking[one]).Take(Missing))
            {
                paint.Line(2, paint.Trust("unknown"), " " + Words.Count(lacking[what], "link", "links") + " for lack of " + what);
            }
            string more = (order.Count - Missing).ToString("N0", CultureInfo.InvariantCulture);
            if (order.Count > Missing) paint.Line(2, new Span("and " + more + " more; --json has all", Painter.Dim));
        }

        private static IEnumerable<string> Lacking(Party from, Party to)
        {
            List<string> what = to.WithoutChain.Select(name => "the chain that " + name + " presents").ToList();
            if (!from.HasStore) what.Insert(0, "TRUSTED_ROOTS of " + from.Name);
            // With store and chain known, only entries without bytes leave a question open.
            if (what.Count == 0)
            {
                what.Add("the bytes of entries of TRUSTED_ROOTS of " + from.Name + ", of which only a dump exists");
            }
            return what;
        }

        internal string Reasons()
        {
            if (matrix.Parties.Length > 0 && matrix.Causes.Length > 0) WhyNot();
            Additions additions = matrix.Additions;
            if (additions.Rows.Length > 0 || additions.Unfixable.Length > 0) Add(additions);
            return paint.Take();
        }

        private void WhyNot()
        {
            paint.Heading("WHY NOT", "each cause once, that of most links first");
            foreach (Cause cause in matrix.Causes.Take(Causes))
            {
                string links = Words.Listing(cause.Cells.Select(cell => cell.From + " \u2192 " + cell.To), 6, ", ");
                string count = ", " + Words.Count(cause.Count, "link", "links") + ": ";
                paint.Line(2, new Span(cause.Certificate.ShortName, Painter.Bold), count, links);
                Rejection first = cause.Rejections.FirstOrDefault();
                if (first != null) paint.Line(4, Words.Readable(first.Message));
                string advice = Words.Given(cause.Change) ?? (first == null ? "" : first.Hint);
                if (advice.Length > 0) Advise(Words.Readable(advice));
            }
            string more = (matrix.Causes.Length - Causes).ToString("N0", CultureInfo.InvariantCulture);
            if (matrix.Causes.Length > Causes) paint.Line(2, new Span("and " + more + " more causes; --json has all", Painter.Dim));
        }

        private void Add(Additions additions)
        {
            string note = additions.IsMinimal ? "the smallest set" : "a small set";
            paint.Heading("ADD TO TRUSTED_ROOTS", note + " that completes the matrix");
            foreach (Addition row in additions.Rows)
            {
                string until = row.Add.NotAfter.HasValue
                    ? row.Add.NotAfter.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "-";
                string known = " until " + until + ", sha1 " + row.Add.Sha1;
                paint.Line(2, new Span(row.Add.ShortName, Painter.Bold), new Span(known, Painter.Dim));
                Advise("to " + Words.Listing(row.To, 12, ", "));
                string because = Words.Listing(row.Because, 8, ", ");
                string sources = Words.Listing(row.Sources, 2, ", ");
                paint.Line(4, new Span("so that they trust " + because + "; found in " + sources, Painter.Dim));
            }
            foreach (Unfixable gap in additions.Unfixable)
            {
                Span name = new Span(" " + gap.Certificate.ShortName, Painter.Bold);
                paint.Line(2, paint.Trust("untrusted"), name, ": " + gap.Reason);
                Advise(gap.Hint);
            }
        }

        private void Advise(string advice)
        {
            paint.Line(4, new Span("\u2192 ", Painter.Cyan), new Span(advice, Painter.Cyan));
        }
    }
}
