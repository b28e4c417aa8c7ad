// What makes two certificates, or two CRLs, the same: the SHA-256 of their DER, and nothing else.

using System;
using System.Globalization;

namespace VITrust
{
    /// <summary>What has bytes of its own, and is found again by their digest.</summary>
    internal interface IIdentified
    {
        /// <summary>SHA-256 in hexadecimal; null where only a dump is known.</summary>
        string Digest { get; }
        /// <summary>Whether it is a CRL.</summary>
        bool IsList { get; }
        /// <summary>What it is sorted by.</summary>
        string Order { get; }
    }

    /// <summary>Equality and order by identity.</summary>
    internal static class Identity
    {
        internal static bool Same(IIdentified one, object other)
        {
            if (ReferenceEquals(one, other)) return true;
            IIdentified second = other as IIdentified;
            return second != null && one.Digest != null && one.IsList == second.IsList
                && string.Equals(one.Digest, second.Digest, StringComparison.OrdinalIgnoreCase);
        }

        internal static int Hash(IIdentified one)
        {
            return one.Digest == null ? one.Order.GetHashCode() : StringComparer.OrdinalIgnoreCase.GetHashCode(one.Digest);
        }

        /// <summary>By subject, then by date, then by digest: 0 only for the same.</summary>
        internal static int Compare(IIdentified one, object other)
        {
            if (other == null) return 1;
            IIdentified second = other as IIdentified;
            if (second == null) throw new ArgumentException("a " + one.GetType().Name + " is not compared with a " + other.GetType().Name);
            if (Same(one, second)) return 0;
            int order = string.CompareOrdinal(one.Order, second.Order);
            if (order != 0) return order;
            order = one.IsList.CompareTo(second.IsList);
            if (order != 0) return order;
            order = string.Compare(one.Digest ?? "", second.Digest ?? "", StringComparison.OrdinalIgnoreCase);
            // Of what is only printed nobody can say that it is the same.
            return order != 0 ? order : one.GetHashCode() < second.GetHashCode() ? -1 : 1;
        }

        internal static string Order(string name, DateTime? end)
        {
            string date = end.HasValue ? end.Value.ToString("o", CultureInfo.InvariantCulture) : "";
            return (name ?? "") + "\n" + date;
        }
    }

    public sealed partial class Certificate : IIdentified, IComparable
    {
        string IIdentified.Digest { get { return Sha256; } }
        bool IIdentified.IsList { get { return false; } }
        string IIdentified.Order { get { return Identity.Order(Subject, NotAfter); } }

        /// <summary>Whether it is the same certificate: the SHA-256 of the DER decides.</summary>
        public override bool Equals(object other) { return Identity.Same(this, other); }

        /// <summary>The same for the same certificate.</summary>
        public override int GetHashCode() { return Identity.Hash(this); }

        /// <summary>By name, date and SHA-256; 0 only for the same certificate.</summary>
        public int CompareTo(object other) { return Identity.Compare(this, other); }
    }

    public sealed partial class CertificateRecord : IIdentified, IComparable
    {
        string IIdentified.Digest { get { return Sha256; } }
        bool IIdentified.IsList { get { return false; } }
        string IIdentified.Order { get { return Identity.Order(Subject, NotAfter); } }

        /// <summary>Whether it is the same certificate: the SHA-256 of the DER decides.</summary>
        public override bool Equals(object other) { return Identity.Same(this, other); }

        /// <summary>The same for the same certificate.</summary>
        public override int GetHashCode() { return Identity.Hash(this); }

        /// <summary>By name, date and SHA-256; 0 only for the same certificate.</summary>
        public int CompareTo(object other) { return Identity.Compare(this, other); }
    }

    public sealed partial class CertificateFacts : IIdentified, IComparable
    {
        string IIdentified.Digest { get { return Sha256; } }
        bool IIdentified.IsList { get { return false; } }
        string IIdentified.Order { get { return Identity.Order(Subject, NotAfter); } }

        /// <summary>Whether it is the same certificate: the SHA-256 of the DER decides.</summary>
        public override bool Equals(object other) { return Identity.Same(this, other); }

        /// <summary>The same for the same certificate.</summary>
        public override int GetHashCode() { return Identity.Hash(this); }

        /// <summary>By name, date and SHA-256; 0 only for the same certificate.</summary>
        public int CompareTo(object other) { return Identity.Compare(this, other); }
    }

    public sealed partial class Crl : IIdentified, IComparable
    {
        string IIdentified.Digest { get { return Sha256; } }
        bool IIdentified.IsList { get { return true; } }
        string IIdentified.Order { get { return Identity.Order(Issuer, ThisUpdate); } }

        /// <summary>Whether it is the same CRL: the SHA-256 of the DER decides.</summary>
        public override bool Equals(object other) { return Identity.Same(this, other); }

        /// <summary>The same for the same CRL.</summary>
        public override int GetHashCode() { return Identity.Hash(this); }

        /// <summary>By name, date and SHA-256; 0 only for the same CRL.</summary>
        public int CompareTo(object other) { return Identity.Compare(this, other); }
    }
}
