// Trust stores, and certificates by themselves: read from what an administrator has, and asked.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;

namespace VITrust
{
    /// <summary>A set of trust anchors; it never changes, and any number of threads may use it. Its properties stay after Dispose.</summary>
    public sealed class TrustStore : IDisposable
    {
        private readonly StoreHandle handle;

        internal StoreHandle Handle { get { return handle; } }

        private TrustStore(StoreHandle handle, string source)
        {
            this.handle = handle;
            handle.Opened();
            Source = source;
            Count = checked((int)Native.vitrust_store_len(handle).ToUInt64());
            using (Report report = Describe(null))
            {
                Certificates = new Many<Certificate>(report.Items<Certificate>("certificates"));
                SetAside = new Many<Certificate>(report.Items<Certificate>("set_aside"));
                Crls = new Many<Crl>(report.Items<Crl>("crls"));
                Dumped = new Many<DumpedEntry>(report.Items<DumpedEntry>("dumped"));
                WithoutCertificate = new Many<BareEntry>(report.Items<BareEntry>("without_certificate"));
                Unreadable = new Many<Unreadable>(report.Items<Unreadable>("unreadable"));
            }
        }

        /// <summary>The path of the file, or what the input is called, or null.</summary>
        public string Source { get; private set; }

        /// <summary>How many distinct anchors it has.</summary>
        public int Count { get; private set; }

        /// <summary>The anchors, in the order they were read.</summary>
        public Many<Certificate> Certificates { get; private set; }

        /// <summary>Certificates of VECS stores other than the requested one. They are not anchors.</summary>
        public Many<Certificate> SetAside { get; private set; }

        /// <summary>CRLs that were read with the anchors.</summary>
        public Many<Crl> Crls { get; private set; }

        /// <summary>Entries known only from a printed dump.</summary>
        public Many<DumpedEntry> Dumped { get; private set; }

        /// <summary>Entries of VECS without a certificate: secret keys and pending requests. What they hold is never kept.</summary>
        public Many<BareEntry> WithoutCertificate { get; private set; }

        /// <summary>What could not be read.</summary>
        public Many<Unreadable> Unreadable { get; private set; }

        /// <summary>The stores that a listing names, each once.</summary>
        public Many<string> StoreNames
        {
            get
            {
                IEnumerable<Place> places = Certificates.Select(one => one.Place).Concat(SetAside.Select(one => one.Place));
                places = places.Concat(Dumped.Select(one => one.Place)).Concat(WithoutCertificate.Select(one => one.Place));
                places = places.Concat(Unreadable.Select(one => one.Place));
                IEnumerable<string> names = places.Where(place => place != null && place.Store != null).Select(place => place.Store);
                return new Many<string>(names.Distinct(StringComparer.OrdinalIgnoreCase));
            }
        }

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
            byte[] options = Json.Write(new DescribeOptions { At = at });
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
                verdict.Rejections = new Many<Rejection>(report.Items<Rejection>("rejections"));
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
                throw new VITrustException(Status.Certificate, "certificate", lost[0].ToString(), "data", (int?)line);
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

    internal static class Files
    {
        /// <summary>Reads a file; what fails is the library's error 800.</summary>
        internal static byte[] Read(string path)
        {
            if (path == null) throw new ArgumentNullException("path");
            // .NET says of a folder that access to it is denied.
            if (Directory.Exists(path)) throw new VITrustException(Status.File, "file", path + " is a folder: give a file in it", "path", null);
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (Exception error)
            {
                bool ours = error is IOException || error is UnauthorizedAccessException || error is ArgumentException
                    || error is NotSupportedException || error is SecurityException;
                if (!ours) throw;
                throw new VITrustException(Status.File, "file", path + ": " + error.Message, "path", null);
            }
        }
    }
}
