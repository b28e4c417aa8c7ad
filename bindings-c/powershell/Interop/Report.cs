// A report of the library: its whole JSON, or one item at a time by section.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace VITrust
{
    /// <summary>A report of the library: its whole JSON, or one item at a time by section. All of it is read by methods, since
    /// one part may have tens of thousands of rows.</summary>
    public sealed class Report : IDisposable
    {
        private readonly ReportHandle handle;
        private readonly Lazy<Tables> tables;

        internal Report(ReportHandle handle)
        {
            this.handle = handle;
            handle.Opened();
            tables = new Lazy<Tables>(() => new Tables(this), LazyThreadSafetyMode.PublicationOnly);
        }

        /// <summary>Makes a report from the saved JSON of one.</summary>
        public static Report FromJson(string json)
        {
            if (json == null) throw new ArgumentNullException("json");
            Native.Require();
            byte[] data = Text.ToUtf8(json);
            ReportHandle report;
            ErrorHandle error;
            Native.Check(Native.vitrust_report_from_json(data, Native.Size(data), out report, out error), error);
            return new Report(report);
        }

        /// <summary>The whole report, byte for byte as every other language gets it.</summary>
        public string ToJson()
        {
            return Borrow(delegate
            {
                return Text.FromUtf8(Text.Copy(Native.vitrust_report_data(handle), Native.vitrust_report_len(handle)));
            });
        }

        /// <summary>The time an assessment was made for, UTC; null in a report without one.</summary>
        public DateTime? At() { return new Moment(Single<string>("at")).Time; }

        /// <summary>The requested profile; null in a report without one.</summary>
        public string Profile() { return Single<string>("profile"); }

        /// <summary>The thresholds of an assessment; null in a report without them.</summary>
        public string Thresholds() { return Single<string>("thresholds"); }

        /// <summary>The days that the expiry table was limited to; null where it has every certificate.</summary>
        public long? Within()
        {
            long[] days = Items<long>("within");
            return days.Length == 0 ? (long?)null : days[0];
        }

        /// <summary>The vCenters that the report is limited to; empty where it is about all.</summary>
        public string[] VCenters() { return Items<string>("vcenters"); }

        /// <summary>The lowest severity that is listed; null where every finding is.</summary>
        public Severity? Severity() { return Ranks.ReadSeverity(Single<string>("severity")); }

        /// <summary>How much there was to judge; null in a report without it.</summary>
        public Judged Judged() { return Single<Judged>("judged"); }

        /// <summary>What was found, worst first.</summary>
        public Finding[] Findings() { return Items<Finding>("findings"); }

        /// <summary>When certificates expire, earliest first.</summary>
        public ExpiryRow[] Expiry() { return Items<ExpiryRow>("expiry"); }

        /// <summary>The four trust edges of every host.</summary>
        public Edge[] Edges() { return Items<Edge>("edges"); }

        /// <summary>What servers presented, in a report of probes.</summary>
        public Endpoint[] Endpoints() { return Items<Endpoint>(""); }

        /// <summary>Who trusts whom, with causes and additions; null in a report without one.</summary>
        public Matrix Matrix()
        {
            Matrix matrix = Single<Matrix>("matrix");
            if (matrix != null)
            {
                matrix.Causes = new Many<Cause>(Items<Cause>("causes"));
                matrix.Additions = Single<Additions>("additions") ?? Additions.None();
            }
            return matrix;
        }

        /// <summary>What breaks next; null in a report without one.</summary>
        public Forecast Forecast() { return Single<Forecast>("forecast"); }

        /// <summary>The stores that no API gives, of vCenters that were collected; null where nothing is missing.</summary>
        public NotCollected NotCollected() { return Single<NotCollected>("not_collected"); }

        /// <summary>How many items a section has, for example "findings" or "matrix.parties".</summary>
        public int Count(string section)
        {
            byte[] name = Text.ToUtf8(section);
            UIntPtr count;
            ErrorHandle error;
            Native.Check(Native.vitrust_report_count(handle, name, Native.Size(name), out count, out error), error);
            return checked((int)count.ToUInt64());
        }

        /// <summary>The JSON of one item of a section.</summary>
        public string Item(string section, int index)
        {
            return Text.FromUtf8(Bytes(Text.ToUtf8(section), index));
        }

        /// <summary>The JSON of every item of a section, one at a time.</summary>
        public IEnumerable<string> ItemTexts(string section)
        {
            int count = Count(section);
            byte[] name = Text.ToUtf8(section);
            for (int index = 0; index < count; index++) yield return Text.FromUtf8(Bytes(name, index));
        }

        /// <summary>Every item of a section as an object.</summary>
        public T[] Items<T>(string section)
        {
            bool isRow = typeof(Row).IsAssignableFrom(typeof(T));
            return Json(section).Select(delegate(byte[] json)
            {
                if (!isRow) return VITrust.Json.Read<T>(json);
                T item = Activator.CreateInstance<T>();
                ((Row)(object)item).Pending(json, item is ITabled ? tables.Value : null);
                return item;
            }).ToArray();
        }

        /// <summary>Every item of a section as JSON.</summary>
        internal byte[][] Json(string section)
        {
            byte[][] items = new byte[Count(section)][];
            byte[] name = Text.ToUtf8(section);
            for (int index = 0; index < items.Length; index++) items[index] = Bytes(name, index);
            return items;
        }

        /// <summary>The only item of a section; null where it has none.</summary>
        internal T Single<T>(string section) where T : class
        {
            return Count(section) == 0 ? null : Read<T>(Bytes(Text.ToUtf8(section), 0));
        }

        private T Read<T>(byte[] json)
        {
            T item = VITrust.Json.Read<T>(json);
            ITabled row = item as ITabled;
            if (row != null) row.Fill(tables.Value);
            return item;
        }

        /// <summary>Whether what the report shows is a failure, as the exit code of the command says; options may be null.</summary>
        public bool Fails(FailsOptions options)
        {
            byte[] json = VITrust.Json.Write(options ?? new FailsOptions());
            int fails;
            ErrorHandle error;
            Native.Check(Native.vitrust_report_fails(handle, json, Native.Size(json), out fails, out error), error);
            return fails != 0;
        }

        /// <summary>Draws the report for people, as the command does; options may be null.</summary>
        public string Render(RenderOptions options) { return Page.Of(handle, options ?? new RenderOptions()); }

        /// <summary>Frees the report.</summary>
        public void Dispose() { handle.Dispose(); }

        private byte[] Bytes(byte[] section, int index)
        {
            if (index < 0) throw new ArgumentOutOfRangeException("index");
            return Borrow(delegate
            {
                IntPtr item;
                UIntPtr length;
                ErrorHandle error;
                int status = Native.vitrust_report_item(
                    handle, section, Native.Size(section), new UIntPtr((uint)index), out item, out length, out error);
                Native.Check(status, error);
                return Text.Copy(item, length);
            });
        }

        /// <summary>Reads what belongs to the report, which is not freed meanwhile.</summary>
        private T Borrow<T>(Func<T> read)
        {
            bool held = false;
            try
            {
                handle.DangerousAddRef(ref held);
                return read();
            }
            finally
            {
                if (held) handle.DangerousRelease();
            }
        }
    }
}
