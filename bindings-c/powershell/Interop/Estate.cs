// Estates: read, collected and judged.

using System;
using System.Linq;

namespace VITrust
{
    /// <summary>What is known of vCenters and hosts; it never changes, and any number of threads may use it. Its properties stay
    /// after Dispose.</summary>
    public sealed class Estate : IDisposable
    {
        private readonly EstateHandle handle;

        internal Estate(EstateHandle handle, CollectFailure[] failures, string[] insecure)
        {
            this.handle = handle;
            handle.Opened();
            Failures = new Many<CollectFailure>(failures);
            Insecure = new Many<string>(insecure);
            ReportHandle described;
            ErrorHandle error;
            Native.Check(Native.vitrust_estate_describe(handle, out described, out error), error);
            using (Report report = new Report(described))
            {
                VCenters = new Many<VCenterSummary>(report.Items<VCenterSummary>("vcenters"));
                Unreadable = new Many<Unreadable>(report.Items<Unreadable>("unreadable"));
            }
            HostCount = VCenters.Sum(vcenter => vcenter.Hosts.Length);
        }

        /// <summary>What could not be collected while it was collected.</summary>
        public Many<CollectFailure> Failures { get; private set; }

        /// <summary>The vCenters whose certificate was not checked while it was collected.</summary>
        public Many<string> Insecure { get; private set; }

        /// <summary>Its vCenters.</summary>
        public Many<VCenterSummary> VCenters { get; private set; }

        /// <summary>How many hosts they have together.</summary>
        public int HostCount { get; private set; }

        /// <summary>What could not be read of its sources.</summary>
        public Many<Unreadable> Unreadable { get; private set; }

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

        /// <summary>Reads folders of exports, single files and estate JSON into one estate.</summary>
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

        /// <summary>An estate of one vCenter of which only this trust store is known, as its TRUSTED_ROOTS.</summary>
        public static Estate FromStore(TrustStore store)
        {
            if (store == null) throw new ArgumentNullException("store");
            byte[] name = Text.ToUtf8(store.ToString());
            EstateHandle handle;
            ErrorHandle error;
            int status = Native.vitrust_estate_from_store(store.Handle, name, Native.Size(name), out handle, out error);
            Native.Check(status, error);
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
        public override string ToString() { return string.Join(", ", VCenters.Select(one => one.ToString())); }
    }
}
