// What the library could not do, as an exception, and what PowerShell calls it.

using System;
using System.Collections.Generic;
using System.IO;

namespace VITrust
{
    /// <summary>The library could not do what was asked. An untrusted chain is not an error: it is a verdict.</summary>
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
            { Status.Panic, "NotSpecified" },
            { Status.Argument, "InvalidArgument" },
            { Status.NullPointer, "InvalidArgument" },
            { Status.Utf8, "InvalidArgument" },
            { Status.Json, "InvalidArgument" },
            { Status.Option, "InvalidArgument" },
            { Status.Length, "InvalidArgument" },
            { Status.Forked, "InvalidOperation" },
            { Status.Time, "InvalidArgument" },
            { Status.Profile, "InvalidArgument" },
            { Status.Thresholds, "InvalidArgument" },
            { Status.Pem, "InvalidData" },
            { Status.NoBlock, "InvalidData" },
            { Status.Certificate, "InvalidData" },
            { Status.Store, "InvalidData" },
            { Status.Estate, "InvalidData" },
            { Status.Chain, "InvalidData" },
            { Status.ServerName, "InvalidArgument" },
            { Status.Untrusted, "SecurityError" },
            { Status.Resolve, "ConnectionError" },
            { Status.Connect, "ConnectionError" },
            { Status.Handshake, "ConnectionError" },
            { Status.ServerUntrusted, "SecurityError" },
            { Status.Timeout, "OperationTimeout" },
            { Status.Cancelled, "OperationStopped" },
            { Status.Response, "ProtocolError" },
            { Status.TooLarge, "LimitsExceeded" },
            { Status.OutcomeUnknown, "InvalidResult" },
            { Status.Unauthenticated, "AuthenticationError" },
            { Status.Forbidden, "PermissionDenied" },
            { Status.RemoteNotFound, "ObjectNotFound" },
            { Status.Fault, "InvalidOperation" },
            { Status.Unsupported, "NotImplemented" },
            { Status.Unavailable, "ResourceUnavailable" },
            { Status.Inventory, "InvalidData" },
            { Status.Credentials, "AuthenticationError" },
            { Status.File, "ReadError" }
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
