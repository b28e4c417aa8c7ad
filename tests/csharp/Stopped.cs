// Work that is stopped while a server hangs.

using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace VITrust.Tests
{
    internal static class Stopped
    {
        /// <summary>Long enough for a busy machine, far less than the servers' own limits.</summary>
        private const int Soon = 3000;

        internal static void All(Inputs inputs)
        {
            Check.Run("a probe of a silent server ends when it is stopped", delegate { Probe(inputs); });
            Check.Run("disposing of a job ends it", delegate { Disposing(inputs); });
            Check.Run("a collection ends when it is stopped", delegate { Collect(inputs); });
            Check.Run("a login ends when it is stopped", delegate { Open(inputs); });
            Check.Run("a result is had once, and not after dispose", delegate { Results(inputs); });
            Check.Run("an exception in a callback stays on its side", Callback);
        }

        private static ProbeOptions Patient() { return new ProbeOptions { TimeoutSeconds = 60 }; }

        private static void Probe(Inputs inputs)
        {
            using (Silent silent = new Silent())
            using (Job<Report> job = Job.Probe(new[] { silent.Address }, Patient()))
            {
                Check.True(!job.Wait(300), "it waits for the server");
                Check.Within(Soon, "stopping a probe", delegate
                {
                    job.Stop();
                    Check.True(job.Wait(Soon), "it ends");
                });
                VITrustException error = Check.Fails("cancelled", delegate { Check.Equal(null, job.GetResult()); });
                Check.Equal("OperationStopped", error.Category);
            }
        }

        private static void Disposing(Inputs inputs)
        {
            int before = Native.LiveHandles();
            using (Silent silent = new Silent())
            {
                Job<Report> job = Job.Probe(new[] { silent.Address }, Patient());
                Thread.Sleep(200);
                Check.Within(Soon, "disposing of a probe", job.Dispose);
                Check.True(job.IsCompleted, "it has ended");
                job.Dispose();
                Check.Throws<ObjectDisposedException>(delegate { Check.Equal(null, job.GetResult()); });
            }
            Check.Equal(before, Native.LiveHandles());
        }

        private static Inventory Hanging(Silent silent)
        {
            Inventory inventory = new Inventory(null);
            ServerSettings settings = new ServerSettings
            {
                Url = "https://" + silent.Address, Insecure = true, SystemRoots = false, TimeoutSeconds = 60
            };
            inventory.Add(settings, "me", Servers.Secret("x"));
            return inventory;
        }

        private static void Collect(Inputs inputs)
        {
            using (Silent silent = new Silent())
            using (Inventory inventory = Hanging(silent))
            using (Job<Estate> job = Job.Collect(inventory))
            {
                Check.True(!job.Wait(300), "it waits for the server");
                Check.Within(Soon, "stopping a collection", delegate
                {
                    job.Stop();
                    Check.True(job.Wait(Soon), "it ends");
                });
                using (Estate estate = job.GetResult())
                {
                    Check.True(estate.Failures.All(failure => failure.Name == "cancelled"), estate.Failures.ToString());
                    Check.True(estate.Failures.Length > 0, "it says what was not reached");
                }
            }
        }

        private static void Open(Inputs inputs)
        {
            using (Silent silent = new Silent())
            using (Inventory inventory = Hanging(silent))
            using (Job<Client> job = Job.Open(inventory, null))
            {
                Check.True(!job.Wait(300), "it waits for the server");
                job.Stop();
                Check.True(job.Wait(Soon), "it ends");
                Check.Fails("cancelled", delegate { Check.Equal(null, job.GetResult()); });
            }
        }

        private static void Results(Inputs inputs)
        {
            int before = Native.LiveHandles();
            Job<Report> job = Job.Probe(new string[0], null);
            Report report = job.GetResult();
            Check.True(ReferenceEquals(report, job.GetResult()), "the same again");
            job.Dispose();
            using (report) Check.Equal(0, report.Count(""));
            Check.Throws<ObjectDisposedException>(delegate { Check.Equal(null, job.GetResult()); });
            Check.Equal(before, Native.LiveHandles());
        }

        private static void Callback()
        {
            Progress progress = null;
            using (Job<int> job = new Job<int>(delegate(Progress given)
            {
                progress = given;
                return given(1, 4, IntPtr.Zero, IntPtr.Zero);
            }))
            {
                Check.Equal(0, job.GetResult());
                Check.Equal(25, job.Percent);
                IntPtr invalid = Marshal.StringToHGlobalAnsi("x");
                try
                {
                    // Bytes that are no UTF-8: the reader throws, and the callback asks to end.
                    Marshal.WriteByte(invalid, 0xff);
                    Check.Equal(1, progress(ulong.MaxValue, ulong.MaxValue, invalid, IntPtr.Zero));
                }
                finally
                {
                    Marshal.FreeHGlobal(invalid);
                }
                Check.Equal(long.MaxValue, job.Total);
            }
            Check.Equal(1, progress(1, 1, IntPtr.Zero, IntPtr.Zero));
        }
    }
}
