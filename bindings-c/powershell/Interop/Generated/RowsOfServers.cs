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
        private string ownName;
        /// <summary>What was asked.</summary>
        [DataMember(Name = "endpoint")] public string Name { get { Parse(); return ownName; } set { Parse(); ownName = value; } }
        private string ownAddress;
        /// <summary>The address that took the connection.</summary>
        [DataMember(Name = "address")] public string Address { get { Parse(); return ownAddress; } set { Parse(); ownAddress = value; } }
        private string ownServerName;
        /// <summary>The name that was sent (SNI); none for an address.</summary>
        [DataMember(Name = "server_name")] public string ServerName { get { Parse(); return ownServerName; } set { Parse(); ownServerName = value; } }
        private string ownProtocol;
        /// <summary>TLSv1.2 or TLSv1.3, once agreed.</summary>
        [DataMember(Name = "protocol")] public string Protocol { get { Parse(); return ownProtocol; } set { Parse(); ownProtocol = value; } }
        private string ownCipherSuite;
        /// <summary>The cipher suite, once agreed.</summary>
        [DataMember(Name = "cipher_suite")] public string CipherSuite { get { Parse(); return ownCipherSuite; } set { Parse(); ownCipherSuite = value; } }
        private Many<Certificate> ownChain;
        /// <summary>The chain in the order it was sent, the end-entity certificate first; unverified.</summary>
        [DataMember(Name = "chain")] public Many<Certificate> Chain { get { Parse(); return ownChain; } set { Parse(); ownChain = value; } }
        private Many<string> ownUnreadable;
        /// <summary>Certificates of the chain that cannot be read: the position from 0 and why.</summary>
        [DataMember(Name = "unreadable")] public Many<string> Unreadable { get { Parse(); return ownUnreadable; } set { Parse(); ownUnreadable = value; } }
        private bool? ownPossession;
        /// <summary>Whether the server proved that it has the private key.</summary>
        [DataMember(Name = "possession")] public bool? Possession { get { Parse(); return ownPossession; } set { Parse(); ownPossession = value; } }
        private ClientCertificateRequest ownClientCertificate;
        /// <summary>The server's request for a client certificate, if it made one.</summary>
        [DataMember(Name = "client_certificate")] public ClientCertificateRequest ClientCertificate { get { Parse(); return ownClientCertificate; } set { Parse(); ownClientCertificate = value; } }
        private Alert ownAlert;
        /// <summary>The alert that ended the connection.</summary>
        [DataMember(Name = "alert")] public Alert Alert { get { Parse(); return ownAlert; } set { Parse(); ownAlert = value; } }
        private ProbeFailure ownFailure;
        /// <summary>Why the probe did not finish.</summary>
        [DataMember(Name = "failure")] public ProbeFailure Failure { get { Parse(); return ownFailure; } set { Parse(); ownFailure = value; } }
        private double? ownResolveMs;
        /// <summary>Milliseconds to look up the name.</summary>
        [DataMember(Name = "resolve_ms")] public double? ResolveMs { get { Parse(); return ownResolveMs; } set { Parse(); ownResolveMs = value; } }
        private double? ownConnectMs;
        /// <summary>Milliseconds to connect.</summary>
        [DataMember(Name = "connect_ms")] public double? ConnectMs { get { Parse(); return ownConnectMs; } set { Parse(); ownConnectMs = value; } }
        private double? ownHandshakeMs;
        /// <summary>Milliseconds of the handshake.</summary>
        [DataMember(Name = "handshake_ms")] public double? HandshakeMs { get { Parse(); return ownHandshakeMs; } set { Parse(); ownHandshakeMs = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<Endpoint>(json); }

        internal override void Take(Row parsed)
        {
            Endpoint from = (Endpoint)parsed;
            ownName = from.ownName;
            ownAddress = from.ownAddress;
            ownServerName = from.ownServerName;
            ownProtocol = from.ownProtocol;
            ownCipherSuite = from.ownCipherSuite;
            ownChain = from.ownChain;
            ownUnreadable = from.ownUnreadable;
            ownPossession = from.ownPossession;
            ownClientCertificate = from.ownClientCertificate;
            ownAlert = from.ownAlert;
            ownFailure = from.ownFailure;
            ownResolveMs = from.ownResolveMs;
            ownConnectMs = from.ownConnectMs;
            ownHandshakeMs = from.ownHandshakeMs;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Chain = new Many<Certificate>();
            Unreadable = new Many<string>();
        }
    }

    /// <summary>A server's request for a client certificate.</summary>
    [DataContract]
    public sealed partial class ClientCertificateRequest
    {
        /// <summary>The CAs whose certificates it accepts; if empty, it says nothing about them.</summary>
        [DataMember(Name = "issuers")] public Many<string> Issuers { get; set; }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Issuers = new Many<string>();
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
        private string ownVCenter;
        /// <summary>The vCenter, as the inventory names it.</summary>
        [DataMember(Name = "vcenter")] public string VCenter { get { Parse(); return ownVCenter; } set { Parse(); ownVCenter = value; } }
        private string ownObject;
        /// <summary>What was requested: session, trusted roots, host esx01.lab.example: castore.</summary>
        [DataMember(Name = "object")] public string Object { get { Parse(); return ownObject; } set { Parse(); ownObject = value; } }
        private int ownCode;
        /// <summary>The stable number of the error.</summary>
        [DataMember(Name = "code")] public int Code { get { Parse(); return ownCode; } set { Parse(); ownCode = value; } }
        private string ownName;
        /// <summary>Its stable name.</summary>
        [DataMember(Name = "name")] public string Name { get { Parse(); return ownName; } set { Parse(); ownName = value; } }
        private string ownMessage;
        /// <summary>What happened.</summary>
        [DataMember(Name = "message")] public string Message { get { Parse(); return ownMessage; } set { Parse(); ownMessage = value; } }
        private string ownPrivilege;
        /// <summary>The missing privilege, if that is why.</summary>
        [DataMember(Name = "privilege")] public string Privilege { get { Parse(); return ownPrivilege; } set { Parse(); ownPrivilege = value; } }
        private bool ownIsWhole;
        /// <summary>Whether nothing could be collected from this vCenter: nobody answered, the login was refused, or the work ended.</summary>
        [DataMember(Name = "is_whole", EmitDefaultValue = false)] public bool IsWhole { get { Parse(); return ownIsWhole; } set { Parse(); ownIsWhole = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<CollectFailure>(json); }

        internal override void Take(Row parsed)
        {
            CollectFailure from = (CollectFailure)parsed;
            ownVCenter = from.ownVCenter;
            ownObject = from.ownObject;
            ownCode = from.ownCode;
            ownName = from.ownName;
            ownMessage = from.ownMessage;
            ownPrivilege = from.ownPrivilege;
            ownIsWhole = from.ownIsWhole;
        }
    }

    /// <summary>One vCenter of an estate and the names of its hosts.</summary>
    [DataContract]
    public sealed partial class VCenterSummary : Row
    {
        private string ownName;
        /// <summary>The name.</summary>
        [DataMember(Name = "name")] public string Name { get { Parse(); return ownName; } set { Parse(); ownName = value; } }
        private Many<string> ownHosts;
        /// <summary>Its hosts.</summary>
        [DataMember(Name = "hosts")] public Many<string> Hosts { get { Parse(); return ownHosts; } set { Parse(); ownHosts = value; } }
        private bool ownInsecure;
        /// <summary>Whether its certificate was not checked when it was asked.</summary>
        [DataMember(Name = "insecure")] public bool Insecure { get { Parse(); return ownInsecure; } set { Parse(); ownInsecure = value; } }

        internal override Row Parsed(byte[] json) { return Json.Read<VCenterSummary>(json); }

        internal override void Take(Row parsed)
        {
            VCenterSummary from = (VCenterSummary)parsed;
            ownName = from.ownName;
            ownHosts = from.ownHosts;
            ownInsecure = from.ownInsecure;
        }

        [OnDeserializing]
        private void Begin(StreamingContext context)
        {
            Hosts = new Many<string>();
        }
    }
}
