// What a collection brought and could not bring, in short.

using System.Runtime.Serialization;

namespace VITrust
{
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
}
