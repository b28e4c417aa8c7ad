// What servers present, and what a collection brought.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>What one server presented.</summary>
    [DataContract]
    public sealed partial class Endpoint : Row
    {
        /// <summary>What was asked.</summary>
        [DataMember(Name = "endpoint")] public string Name { get; set; }
        /// <summary>The address that took the connection.</summary>
        [DataMember(Name = "address")] public string Address { get; set; }
        /// <summary>The name that was sent (SNI); none for an address.</summary>
        [DataMember(Name = "server_name")] public string ServerName { get; set; }
        /// <summary>TLSv1.2 or TLSv1.3, once agreed.</summary>
        [DataMember(Name = "protocol")] public string Protocol { get; set; }
        /// <summary>The cipher suite, once agreed.</summary>
        [DataMember(Name = "cipher_suite")] public string CipherSuite { get; set; }
        /// <summary>The chain in the order it was sent, the end-entity certificate first; unverified.</summary>
        [DataMember(Name = "chain")] public Certificate[] Chain { get; set; }
        /// <summary>Certificates of the chain that cannot be read: the position from 0 and why.</summary>
        [DataMember(Name = "unreadable")] public string[] Unreadable { get; set; }
        /// <summary>Whether the server proved that it has the private key.</summary>
        [DataMember(Name = "possession")] public bool? Possession { get; set; }
        /// <summary>The server's request for a client certificate, if it made one.</summary>
        [DataMember(Name = "client_certificate")] public ClientCertificateRequest ClientCertificate { get; set; }
        /// <summary>The alert that ended the connection.</summary>
        [DataMember(Name = "alert")] public Alert Alert { get; set; }
        /// <summary>Why the probe did not finish.</summary>
        [DataMember(Name = "failure")] public ProbeFailure Failure { get; set; }
        /// <summary>Milliseconds to look up the name.</summary>
        [DataMember(Name = "resolve_ms")] public double? ResolveMs { get; set; }
        /// <summary>Milliseconds to connect.</summary>
        [DataMember(Name = "connect_ms")] public double? ConnectMs { get; set; }
        /// <summary>Milliseconds of the handshake.</summary>
        [DataMember(Name = "handshake_ms")] public double? HandshakeMs { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Chain = new Certificate[0];
            Unreadable = new string[0];
        }
    }

    /// <summary>A server's request for a client certificate.</summary>
    [DataContract]
    public sealed partial class ClientCertificateRequest
    {
        /// <summary>The CAs whose certificates it accepts; if empty, it says nothing about them.</summary>
        [DataMember(Name = "issuers")] public string[] Issuers { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Issuers = new string[0];
        }
    }

    /// <summary>An alert and who raised it.</summary>
    [DataContract]
    public sealed partial class Alert
    {
        /// <summary>The number on the wire.</summary>
        [DataMember(Name = "number")] public int Number { get; set; }
        /// <summary>The name of the registry, certificate_unknown for instance; unknown for a number it does not have.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>Who raised it.</summary>
        [DataMember(Name = "from")] public string From { get; set; }
    }

    /// <summary>Why a probe did not finish.</summary>
    [DataContract]
    public sealed partial class ProbeFailure
    {
        /// <summary>The stable number of the error.</summary>
        [DataMember(Name = "code")] public int Code { get; set; }
        /// <summary>Its stable name: connect, timeout, handshake, ...</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>What happened.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
    }

    /// <summary>One fact that could not be collected.</summary>
    [DataContract]
    public sealed partial class CollectFailure : Row
    {
        /// <summary>The vCenter, as the inventory names it.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get; set; }
        /// <summary>What was requested: session, trusted roots, host esx01.lab.example: castore.</summary>
        [DataMember(Name = "object")] public string Object { get; set; }
        /// <summary>The stable number of the error.</summary>
        [DataMember(Name = "code")] public int Code { get; set; }
        /// <summary>Its stable name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>What happened.</summary>
        [DataMember(Name = "message")] public string Message { get; set; }
        /// <summary>The missing privilege, if that is why.</summary>
        [DataMember(Name = "privilege")] public string Privilege { get; set; }
        /// <summary>Whether nothing could be collected from this vCenter: nobody answered, the login was refused, or the work ended.</summary>
        [DataMember(Name = "is_whole", EmitDefaultValue = false)] public bool IsWhole { get; set; }
    }

    /// <summary>One vCenter of an estate and the names of its hosts.</summary>
    [DataContract]
    public sealed partial class VCenterSummary : Row
    {
        /// <summary>The name.</summary>
        [DataMember(Name = "name")] public string Name { get; set; }
        /// <summary>Its hosts.</summary>
        [DataMember(Name = "hosts")] public string[] Hosts { get; set; }
        /// <summary>Whether its certificate was not checked when it was asked.</summary>
        [DataMember(Name = "insecure")] public bool Insecure { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Hosts = new string[0];
        }
    }
}
