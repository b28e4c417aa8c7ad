// What all items of reports have in common, and how they find what the tables of their report hold.

using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>One item of a report.</summary>
    [DataContract]
    public abstract class Row
    {
        private byte[] source;

        internal void Written(byte[] json) { source = json; }

        /// <summary>The item's own JSON as the library wrote it, which refers to the tables of its report; what came inside of
        /// another row is written anew.</summary>
        public string ToJson() { return Text.FromUtf8(source ?? Json.Write(this)); }
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

        internal void Fill(ITabled part)
        {
            if (part != null) part.Fill(this);
        }
    }
}
