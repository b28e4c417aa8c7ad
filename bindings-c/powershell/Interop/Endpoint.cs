// What servers present, unverified.

using System;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
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
}
