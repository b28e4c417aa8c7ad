// What all items of reports have in common, and how they find what the tables of their report hold.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>One item of a report. What it holds is read from its own JSON when a property is first looked at: of tens of
    /// thousands of rows most are counted, filtered out or handed on.</summary>
    [DataContract]
    public abstract class Row
    {
        private readonly object reading = new object();
        private byte[] source;
        private volatile byte[] pending;
        private Tables tables;

        internal void Written(byte[] json) { source = json; }

        /// <summary>To be read when it is first looked at, with what it refers to.</summary>
        internal void Pending(byte[] json, Tables known)
        {
            source = json;
            tables = known;
            pending = json;
        }

        /// <summary>The item's own JSON as the library wrote it, which refers to the tables of its report; what came inside of
        /// another row is written anew.</summary>
        public string ToJson() { return Text.FromUtf8(source ?? Json.Write(this)); }

        /// <summary>Another row of this class, read from JSON.</summary>
        internal abstract Row Parsed(byte[] json);

        /// <summary>Takes all that another row of this class holds.</summary>
        internal abstract void Take(Row parsed);

        /// <summary>Reads the row, once.</summary>
        protected void Parse()
        {
            if (pending == null) return;
            lock (reading)
            {
                if (pending == null) return;
                Row parsed = Parsed(pending);
                ITabled tabled = parsed as ITabled;
                if (tabled != null) tabled.Fill(tables);
                Take(parsed);
                tables = null;
                pending = null;
            }
        }
    }

    /// <summary>A row that refers to the tables of its report.</summary>
    internal interface ITabled
    {
        void Fill(Tables tables);
    }

    /// <summary>What a report writes once and its rows refer to: its JSON, each item read when a row asks for it.</summary>
    internal sealed class Tables
    {
        private static readonly byte[] Begin = Text.ToUtf8("{\"id\":\"");
        private readonly byte[][] rejections;
        private readonly Lazy<Dictionary<string, Lazy<CertificateRecord>>> certificates;

        internal Tables(Report report)
        {
            byte[][] records = report.Json("certificates");
            rejections = report.Json("rejections");
            certificates = new Lazy<Dictionary<string, Lazy<CertificateRecord>>>(delegate
            {
                var known = new Dictionary<string, Lazy<CertificateRecord>>(records.Length);
                foreach (byte[] record in records)
                {
                    byte[] json = record;
                    known[Id(json)] = new Lazy<CertificateRecord>(() => Json.Read<CertificateRecord>(json));
                }
                return known;
            });
        }

        /// <summary>The id of a certificate, which the library writes first.</summary>
        private static string Id(byte[] json)
        {
            bool isFirst = json.Length > Begin.Length && json.Take(Begin.Length).SequenceEqual(Begin);
            int end = isFirst ? Array.IndexOf(json, (byte)'"', Begin.Length) : -1;
            return end < 0 ? Json.Read<CertificateRecord>(json).Id : System.Text.Encoding.UTF8.GetString(json, Begin.Length, end - Begin.Length);
        }

        internal CertificateRecord Certificate(string id)
        {
            Lazy<CertificateRecord> record;
            return id != null && certificates.Value.TryGetValue(id, out record) ? record.Value : null;
        }

        internal Many<CertificateRecord> Certificates(IEnumerable<string> ids)
        {
            return new Many<CertificateRecord>((ids ?? new string[0]).Select(Certificate).Where(record => record != null));
        }

        internal Many<Rejection> Rejections(IEnumerable<long> positions)
        {
            IEnumerable<long> known = (positions ?? new long[0]).Where(at => at >= 0 && at < rejections.Length);
            return new Many<Rejection>(known.Select(at => Json.Read<Rejection>(rejections[at])));
        }

        internal void Fill<T>(IEnumerable<T> rows) where T : class, ITabled
        {
            foreach (T row in Words.All(rows)) row.Fill(this);
        }

        internal void Fill(ITabled part)
        {
            if (part != null) part.Fill(this);
        }
    }
}
