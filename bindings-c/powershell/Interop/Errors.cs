// What the library could not do, as an exception, and what PowerShell calls it.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
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
}
