// Estates: read, judged, and every row of the report.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VITrust.Tests
{
    internal static class Estates
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("an estate is read from a folder and from its own JSON", delegate { Read(inputs); });
            Check.Run("what cannot be read of a folder is listed", delegate { Unreadable(inputs); });
            Check.Run("no key of the report is lost", delegate { Keys(inputs); });
            Check.Run("findings come worst first, and say where", delegate { Findings(inputs); });
            Check.Run("expiry has states and limits", delegate { Expiry(inputs); });
            Check.Run("the matrix answers by name and by position", delegate { Matrix(inputs); });
            Check.Run("edges and forecast are typed", delegate { Edges(inputs); });
            Check.Run("sections are counted, and have items", delegate { Sections(inputs); });
            Check.Run("profile, thresholds and days are passed on", delegate { Options(inputs); });
            Check.Run("20,000 rows are typed at once", delegate { Large(inputs); });
            Check.Run("a job judges on a thread of its own", delegate { Jobs(inputs); });
        }

        internal static Report Judged(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Estate })) return estate.Assess(Now());
        }

        private static AssessOptions Now() { return new AssessOptions { At = Inputs.At }; }

        private static void Read(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Estate }))
            using (Estate again = Estate.FromJson(estate.ToJson()))
            {
                Check.Equal(5, estate.VCenters.Length);
                Check.Equal("vc01.lab.example", estate.VCenters[0].ToString());
                Check.True(estate.VCenters.All(vcenter => vcenter.Hosts.Length > 0 && !vcenter.Insecure), "they have hosts");
                Check.Keeps(estate.VCenters);
                Check.Equal(0, estate.Failures.Length);
                Check.Equal(0, estate.Insecure.Length);
                Check.Contains("vc01.lab.example, vc02.lab.example", estate.ToString());
                Check.Equal(estate.ToJson(), again.ToJson());
                using (Report one = estate.Assess(Now()))
                using (Report other = again.Assess(Now()))
                {
                    Check.Equal(one.ToJson(), other.ToJson());
                }
            }
        }

        private static void Unreadable(Inputs inputs)
        {
            string folder = inputs.Path("broken-estate");
            Directory.CreateDirectory(Path.Combine(folder, "vc09"));
            File.Copy(inputs.Path("damaged.pem"), Path.Combine(folder, "vc09", "trusted-roots.pem"), true);
            using (Estate estate = Estate.Load(new[] { folder }))
            {
                Check.Equal(1, estate.VCenters.Length);
                Check.True(estate.Unreadable.Length > 0, "something is unreadable");
                Check.Contains("trusted-roots.pem", estate.Unreadable[0].ToString());
                Check.Keeps(estate.Unreadable);
            }
            VITrustException missing = Check.Fails("file", delegate { Estate.Load(new[] { inputs.Path("nowhere") }); });
            Check.Equal("ReadError", missing.Category);
            Check.Contains("nowhere", missing.Message);
        }

        private static void Keys(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                Dictionary<string, Row[]> sections = new Dictionary<string, Row[]>
                {
                    { "findings", report.Findings() }, { "expiry", report.Expiry() }, { "edges", report.Edges() },
                    { "causes", report.Matrix().Causes.ToArray() }, { "matrix", new Row[] { report.Matrix() } },
                    { "additions", new Row[] { report.Matrix().Additions } }, { "forecast", new Row[] { report.Forecast() } },
                    { "additions.rows", report.Items<Addition>("additions.rows") },
                    { "additions.unfixable", report.Items<Unfixable>("additions.unfixable") },
                    { "matrix.parties", report.Items<Party>("matrix.parties") },
                    { "forecast.events", report.Items<Event>("forecast.events") }
                };
                List<string> known = sections.Keys.Concat(new[] { "at", "certificates", "judged", "profile", "rejections", "schema", "thresholds", "within" }).ToList();
                foreach (Node member in Tree.Of(report.ToJson()).Children)
                {
                    Check.True(known.Contains(member.Key), "nothing shows " + member.Key);
                }
                foreach (KeyValuePair<string, Row[]> section in sections)
                {
                    if (section.Key != "additions.unfixable") Check.Keeps(section.Value);
                    Check.Same(report.ItemTexts(section.Key), section.Value.Select(row => row.ToJson()));
                }
            }
        }

        private static void Findings(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                Finding[] findings = report.Findings();
                Check.True(findings.Length > 5, findings.Length + " findings");
                Check.Same(findings.OrderByDescending(finding => finding.Severity).Select(finding => finding.Id), findings.Select(finding => finding.Id));
                Check.True(findings.All(finding => finding.Where.Length > 0 && finding.Summary.Length > 0), "each says where");
                Finding expired = findings.First(finding => finding.Id == "VT202");
                Check.Equal("expired-anchor-on-hosts", expired.Name);
                Check.True(expired.Evidence.Date < report.At() && expired.Evidence.DaysLeft < 0, "its date has passed");
                Check.True(expired.Evidence.Certificates.Length > 0, "it has its certificate");
                Check.True(expired.Subjects.Length > 0 && expired.Where.StartsWith("vc0"), expired.Where);
                Check.Contains("VT202", expired.ToString());
                Check.Contains("VMCA of vc04-old.lab.example expired on 2026-04-18", expired.Summary);
                Check.True(findings.All(finding => (finding.Remedy == null) == (finding.Advice == "")), "each has its advice");
                Check.Same(new[] { "info", "low", "medium", "high", "critical" }, Enum.GetNames(typeof(Severity)));
                Check.Same(new[] { "good", "soft", "hard", "notYetValid", "expired" }, Enum.GetNames(typeof(ExpiryState)));
                Check.Same(new[] { "notice", "warning", "error" }, Enum.GetNames(typeof(LintSeverity)));
                Check.Contains("\"severity\":\"critical\"", findings[0].ToJson());
            }
        }

        private static void Expiry(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                ExpiryRow[] rows = report.Expiry();
                Check.True(rows.Any(row => row.State == ExpiryState.expired) && rows.Any(row => row.State == ExpiryState.good), "two states");
                Check.Same(rows.OrderBy(row => row.DaysLeft).Select(row => row.Subject), rows.Select(row => row.Subject));
                ExpiryRow first = rows[0];
                Check.Equal(first.Certificate.NotAfter, first.NotAfter);
                Check.Contains("/", first.Limits.ToString());
                Check.Contains("expired", first.ToString());
                Check.True(first.Where.Length > 0 && first.Uses[0].Count > 0, first.Where);
            }
        }

        private static void Matrix(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                Matrix matrix = report.Matrix();
                int size = matrix.Parties.Length;
                Check.Equal(report.Count("matrix.parties"), size);
                Check.Equal(report.At(), matrix.At);
                Check.True(!matrix.IsMutual && matrix.Untrusted > 0, matrix.ToString());
                int untrusted = 0;
                for (int row = 0; row < size; row++)
                {
                    Check.Equal("trusted", matrix.Cell(row, row));
                    for (int column = 0; column < size; column++)
                    {
                        string from = matrix.Parties[row].Name, to = matrix.Parties[column].Name;
                        Check.Equal(matrix.Cell(row, column), matrix.Answer(from, to.ToUpperInvariant()));
                        Check.Equal(matrix.Cell(row, column) == "trusted", matrix.Trusts(from, to));
                        Check.True(matrix.TrustsHosts(from, to) != null, "each has hosts");
                        if (matrix.Cell(row, column) == "untrusted") untrusted++;
                    }
                }
                Check.Equal(matrix.Untrusted, untrusted);
                Check.True(matrix.Causes.Sum(cause => cause.Count) >= untrusted, "every cell has a cause");
                Check.True(matrix.Causes[0].Rejections.Length > 0 && matrix.Causes[0].ToString().Contains(": "), "each says why");
                Check.Contains(" -> ", matrix.Causes[0].Cells[0].ToString());
                Addition first = matrix.Additions.Rows[0];
                Check.True(first.To.Length > 0 && first.Because.Length > 0 && first.Sources.Length > 0, "what, where and why");
                Check.Equal(first.Add.Sha256, Certificates.Read(VITrust.Text.ToUtf8(first.Pem), null)[0].Sha256);
                Check.Contains(" to vc", first.ToString());
                Check.Throws<KeyNotFoundException>(delegate { matrix.Answer("vc01.lab.example", "vc99"); });
            }
        }

        private static void Edges(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                Edge[] edges = report.Edges();
                Check.Equal(4, edges.Select(edge => edge.Kind).Distinct().Count());
                Edge bad = edges.First(edge => edge.Verdict == "untrusted");
                Check.True(bad.Rejections.Length > 0 && bad.Certificate != null, bad.ToString());
                Forecast forecast = report.Forecast();
                Check.True(forecast.Until > forecast.At && forecast.At == report.At(), "it looks ahead");
                Event next = forecast.Events.First(one => one.Links.Length > 0);
                Check.True(next.Date > forecast.At && next.DaysLeft > 0, "it is to come");
                Check.Equal(next.Date.AddSeconds(1), next.Links[0].By[0].Since);
                Check.Contains("\"since\":\"", next.Links[0].By[0].ToJson());
                Check.Contains("\"by\":[", next.Links[0].ToJson());
            }
        }

        private static void Sections(Inputs inputs)
        {
            using (Report report = Judged(inputs))
            {
                Check.Equal(1, report.Count(""));
                Check.Equal(report.ToJson(), report.Item("", 0));
                Check.Equal(0, report.Count("nothing"));
                Check.Equal(0, report.Count("findings.nothing"));
                Check.Equal(0, report.Items<Finding>("nothing").Length);
                Check.Equal(1, report.Count("matrix"));
                Check.Equal("\"strict\"", report.Item("profile", 0));
                Check.Equal("strict", report.Profile());
                Check.Equal("vsphere", report.Thresholds());
                Check.Throws<ArgumentOutOfRangeException>(delegate { report.Item("findings", -1); });
                Check.Throws<VITrustException>(delegate { report.Item("findings", report.Count("findings")); });
                Check.Throws<VITrustException>(delegate { report.Item("nothing", 0); });
            }
        }

        private static void Options(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Estate }))
            {
                AssessOptions options = new AssessOptions { At = Inputs.At, Profile = "openssl", Thresholds = "60/30", Within = 0 };
                using (Report report = estate.Assess(options))
                {
                    Check.Equal("openssl", report.Profile());
                    Check.Equal("60/30", report.Thresholds());
                    Check.True(report.Expiry().All(row => row.DaysLeft <= 0), "only what ends within 0 days");
                    Check.Equal("openssl", report.Matrix().Profile);
                }
                Check.Equal("InvalidArgument", Check.Fails("thresholds", delegate
                {
                    estate.Assess(new AssessOptions { At = Inputs.At, Thresholds = "soon" });
                }).Category);
                Check.Fails("profile", delegate { estate.Assess(new AssessOptions { At = Inputs.At, Profile = "mine" }); });
                Check.Fails("option", delegate { estate.Assess(new AssessOptions()); });
            }
        }

        private static void Large(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Path("large.json") }))
            using (Report report = estate.Assess(Now()))
            {
                Edge[] edges = null;
                // Mono takes two seconds, CoreCLR one; what costs the whole report for each row takes many more.
                Check.Within(8000, "20,000 rows", delegate { edges = report.Edges(); });
                Check.Equal(20000, edges.Length);
                Check.Equal(5000, edges.Select(edge => edge.Host).Distinct().Count());
            }
        }

        private static void Jobs(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Path("large.json") }))
            {
                Report report;
                using (Job<Report> job = Job.Assess(estate, Now()))
                {
                    while (!job.Wait(20)) Check.True(job.Percent >= -1, "it can be asked meanwhile");
                    Check.True(job.IsCompleted, "it has come to its end");
                    report = job.GetResult();
                }
                // What was taken belongs to the caller.
                using (report) Check.Equal(20000, report.Count("edges"));
                int before = Native.LiveHandles();
                Job.Assess(estate, Now()).Dispose();
                Check.Equal(before, Native.LiveHandles());
            }
        }
    }
}
