// Handles: many, left alone, and shared by threads.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace VITrust.Tests
{
    internal static class Lives
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("10,000 cycles leave nothing behind", delegate { Cycles(inputs); });
            Check.Run("handles that were forgotten are freed", delegate { Forgotten(inputs); });
            Check.Run("many threads share one store and one estate", delegate { Shared(inputs); });
            Check.Run("disposing beside running calls is safe", delegate { Race(inputs); });
            Check.Run("no native object is alive at the end", Nothing);
        }

        /// <summary>Memory of the process that is in use, in bytes.</summary>
        private static long Memory()
        {
            Collect();
            const string Status = "/proc/self/statm";
            if (!File.Exists(Status)) return Process.GetCurrentProcess().WorkingSet64;
            return long.Parse(File.ReadAllText(Status).Split(' ')[1]) * 4096;
        }

        private static void Collect()
        {
            for (int round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        private static void Cycle(byte[] roots, byte[] chain, VerifyOptions options)
        {
            using (TrustStore store = TrustStore.Read(roots, "roots", null))
            {
                if (!store.Verify(chain, options).Trusted) throw new CheckFailed("it is trusted");
            }
        }

        private static void Cycles(Inputs inputs)
        {
            byte[] roots = inputs.Bytes("root.pem"), chain = inputs.Bytes("server.der");
            VerifyOptions options = Inputs.Now();
            int alive = Native.LiveHandles();
            for (int round = 0; round < 2000; round++) Cycle(roots, chain, options);
            // A leak grows in each half, a heap that the collector sizes anew in one.
            long growth = long.MaxValue;
            for (int half = 0; half < 2; half++)
            {
                long before = Memory();
                for (int round = 0; round < 5000; round++) Cycle(roots, chain, options);
                growth = Math.Min(growth, Memory() - before);
            }
            Check.Equal(alive, Native.LiveHandles());
            // One leaked handle of each cycle would be 10 MB and more.
            Check.True(growth < 5 * 1024 * 1024, "memory grew by " + growth / 1024 + " KiB");
            Console.WriteLine("        memory grew by {0} KiB", growth / 1024);
        }

        private static void Forgotten(Inputs inputs)
        {
            byte[] roots = inputs.Bytes("root.pem");
            int alive = Native.LiveHandles();
            // On a thread of its own, so that no stack of this one keeps any of them.
            Thread thread = new Thread(delegate()
            {
                for (int number = 0; number < 500; number++)
                {
                    TrustStore.Read(roots, null, null).Describe(null).Count("certificates");
                    new Inventory(null).GetHashCode();
                }
            });
            thread.Start();
            thread.Join();
            for (int round = 0; round < 20 && Native.LiveHandles() > alive; round++)
            {
                Collect();
                Thread.Sleep(20);
            }
            Check.Equal(alive, Native.LiveHandles());
        }

        private static void Run(int threads, Action<int> work)
        {
            List<Exception> errors = new List<Exception>();
            List<Thread> running = Enumerable.Range(0, threads).Select(number => new Thread(delegate()
            {
                try
                {
                    work(number);
                }
                catch (Exception error)
                {
                    lock (errors) errors.Add(error);
                }
            })).ToList();
            running.ForEach(thread => thread.Start());
            running.ForEach(thread => thread.Join());
            if (errors.Count > 0) throw new AggregateException(errors);
        }

        private static void Shared(Inputs inputs)
        {
            byte[] chain = inputs.Bytes("chain.pem");
            using (TrustStore good = inputs.Store("root.pem"))
            using (TrustStore bad = inputs.Store("regenerated.pem"))
            using (Estate estate = Estate.Load(new[] { inputs.Estate }))
            using (Report report = estate.Assess(new AssessOptions { At = Inputs.At }))
            {
                string json = report.ToJson();
                Run(8, delegate(int number)
                {
                    for (int round = 0; round < 100; round++)
                    {
                        Check.True(good.Verify(chain, Inputs.Now()).Trusted, "trusted");
                        Check.True(!bad.Verify(chain, Inputs.Now()).Trusted, "untrusted");
                        Check.Equal(1, good.Certificates.Length);
                    }
                    Check.Equal(5, estate.VCenters.Length);
                    Check.Equal(json, report.ToJson());
                    Check.Equal(report.Count("findings"), report.Findings().Length);
                    Check.Throws<VITrustException>(delegate { TrustStore.Read(new byte[number], null, null); });
                });
            }
        }

        private static void Race(Inputs inputs)
        {
            byte[] roots = inputs.Bytes("root.pem"), chain = inputs.Bytes("chain.pem");
            int alive = Native.LiveHandles(), gone = 0;
            for (int round = 0; round < 100; round++)
            {
                TrustStore store = TrustStore.Read(roots, null, null);
                Report report = store.Describe(null);
                Run(3, delegate(int number)
                {
                    try
                    {
                        if (number == 0) store.Dispose();
                        if (number == 0) report.Dispose();
                        for (int again = 0; again < 5; again++)
                        {
                            Check.True(store.Verify(chain, Inputs.Now()).Trusted, "trusted");
                            Check.Equal(1, report.Items<Certificate>("certificates").Length);
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        Interlocked.Increment(ref gone);
                    }
                });
            }
            Check.True(gone >= 100, gone + " calls came after the dispose");
            Check.Equal(alive, Native.LiveHandles());
        }

        private static void Nothing()
        {
            Collect();
            Check.Equal(0, Native.LiveHandles());
        }
    }
}
