// Drives the assembly as the PowerShell module does: every call, good and bad. Compiled together with its sources.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace VITrust.Tests
{
    internal static class Program
    {
        /// <summary>
        /// "test ROOT INPUTS" runs the tests; "report AT FILE PATH..." writes the report of an estate, "verdict AT FILE
        /// STORE CHAIN" a verdict, "probe FILE CONNECT ENDPOINT" a probe, and "draw AT FILE PATH..." the picture of the matrix.
        /// </summary>
        private static int Main(string[] arguments)
        {
            switch (arguments[0])
            {
                case "test": return Test(new Inputs(arguments[1], arguments[2]));
                case "report": return Write(arguments[2], Report(arguments));
                case "draw": return Write(arguments[2], Draw(arguments));
                case "verdict": return Write(arguments[2], Verdict(arguments));
                default: throw new ArgumentException("no such mode: " + arguments[0]);
            }
        }

        private static int Test(Inputs inputs)
        {
            Rows.All(inputs);
            Stores.All(inputs);
            Verdicts.All(inputs);
            Estates.All(inputs);
            Pictures.All(inputs);
            Wrong.All(inputs);
            Servers.All(inputs);
            Sessions.All(inputs);
            Stopped.All(inputs);
            Properties.All(inputs);
            Lives.All(inputs);
            return Check.Summary();
        }

        private static string Report(string[] arguments)
        {
            return Assessed(arguments, report => report.ToJson());
        }

        private static string Draw(string[] arguments)
        {
            return Assessed(arguments, report =>
            {
                Matrix matrix = report.Matrix();
                return matrix.Draw(false, true, 120) + "\n\n" + matrix.Explain(false, true, 120);
            });
        }

        private static string Assessed(string[] arguments, Func<Report, string> view)
        {
            string[] paths = new List<string>(arguments).GetRange(3, arguments.Length - 3).ToArray();
            using (Estate estate = Estate.Load(paths))
            using (Report report = estate.Assess(new AssessOptions { At = Inputs.Time(arguments[1]) }))
            {
                return view(report);
            }
        }

        private static string Verdict(string[] arguments)
        {
            using (TrustStore store = TrustStore.ReadFile(arguments[3], null))
            {
                VerifyOptions options = new VerifyOptions { At = Inputs.Time(arguments[1]) };
                return store.Verify(File.ReadAllBytes(arguments[4]), options).ToJson();
            }
        }

        private static int Write(string file, string text)
        {
            File.WriteAllText(file, text, new UTF8Encoding(false));
            return 0;
        }
    }

    /// <summary>Where the tests find what they read.</summary>
    internal sealed class Inputs
    {
        internal const string Day = "2026-06-01";
        private readonly string root;
        private readonly string folder;

        internal Inputs(string root, string folder)
        {
            this.root = root;
            this.folder = folder;
        }

        /// <summary>The time of the certificates.</summary>
        internal static DateTime At { get { return Time(Day); } }

        /// <summary>The example estate's folder.</summary>
        internal string Estate { get { return Repository("examples/estate"); } }

        internal static DateTime Time(string text)
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            return DateTime.Parse(text, CultureInfo.InvariantCulture, Utc);
        }

        internal string Path(string name) { return System.IO.Path.Combine(folder, name); }

        internal byte[] Bytes(string name) { return File.ReadAllBytes(Path(name)); }

        internal string Text(string name) { return File.ReadAllText(Path(name)); }

        internal string Repository(string path) { return System.IO.Path.Combine(root, path); }

        internal TrustStore Store(string name) { return TrustStore.ReadFile(Path(name), null); }

        internal static VerifyOptions Now() { return new VerifyOptions { At = At }; }
    }
}
