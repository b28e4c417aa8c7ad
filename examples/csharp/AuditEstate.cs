// Judges an estate: folders of exports, lone files, or the JSON of `vitrust collect`. It refers to the assembly that
// `make powershell` puts beside the library, and runs where both lie beside it:
//
//   cp target/powershell/VITrust/runtimes/linux-x64/native/* .
//   mcs -r:VITrust.Interop.dll AuditEstate.cs
//   mono AuditEstate.exe exports/ [2026-06-01]
//
// Ends with 1 when something is critical or high, and with 2 when the estate could not be read.

using System;
using System.Globalization;
using System.Linq;
using VITrust;

internal static class AuditEstate
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine("usage: AuditEstate PATH [DATE]");
            return 2;
        }
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        DateTime at = arguments.Length < 2
            ? DateTime.UtcNow
            : DateTime.Parse(arguments[1], CultureInfo.InvariantCulture, Utc);
        try
        {
            using (Estate estate = Estate.Load(new[] { arguments[0] }))
            {
                foreach (Unreadable lost in estate.Unreadable) Console.Error.WriteLine("unreadable: " + lost);
                return Audit(estate, at);
            }
        }
        catch (VITrustException error)
        {
            Console.Error.WriteLine("error {0} ({1}): {2}", error.Code, error.Name, error.Message);
            return 2;
        }
    }

    private static int Audit(Estate estate, DateTime at)
    {
        // Large estates take seconds to judge: the job lets this thread say so.
        using (Job<Report> job = Job.Assess(estate, new AssessOptions { At = at }))
        {
            while (!job.Wait(1000)) Console.Error.WriteLine("still judging ...");
            using (Report report = job.GetResult())
            {
                Finding[] findings = report.Findings();
                foreach (Finding finding in findings)
                {
                    Console.WriteLine("{0,-8} {1} at {2}", finding.Severity.ToString().ToUpperInvariant(), finding.Id, finding.Where);
                    Console.WriteLine("         {0}", finding.Summary);
                    if (finding.Advice.Length > 0) Console.WriteLine("         -> {0}", finding.Advice);
                }
                Console.WriteLine();
                Console.WriteLine(report.Matrix().Draw(false));
                return findings.Any(finding => finding.Severity >= Severity.high) ? 1 : 0;
            }
        }
    }
}
