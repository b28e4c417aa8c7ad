// Wrong inputs: nothing, empty, unknown, or gone.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace VITrust.Tests
{
    internal static class Wrong
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("the library is the one this was written for", Library);
            Check.Run("nothing is refused before the library sees it", delegate { Null(inputs); });
            Check.Run("empty and senseless inputs are errors that say what", delegate { Senseless(inputs); });
            Check.Run("an error has its argument and line", delegate { Errors(inputs); });
            Check.Run("what was disposed of cannot be used", delegate { Disposed(inputs); });
            Check.Run("settings that contradict themselves are refused", delegate { Settings(inputs); });
        }

        private static void Library()
        {
            Check.Equal(1, Native.AbiVersion());
            Check.True(System.IO.File.Exists(Native.LibraryPath), Native.LibraryPath);
            Check.True(Native.Version().Split('.').Length == 3, Native.Version());
            Check.Contains("\"title\": \"Estate\"", Native.Schema("estate"));
            Check.Throws<VITrustException>(delegate { Native.Schema("nothing"); });
        }

        private static void Null(Inputs inputs)
        {
            Check.Throws<ArgumentNullException>(delegate { TrustStore.Read(null, "a", "b"); });
            Check.Throws<ArgumentNullException>(delegate { TrustStore.ReadFile(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Certificates.Read(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Estate.FromJson((byte[])null); });
            Check.Throws<ArgumentNullException>(delegate { Estate.FromJson((string)null); });
            Check.Throws<ArgumentNullException>(delegate { Estate.Load(null); });
            Check.Throws<ArgumentNullException>(delegate { Inventory.Load(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Client.Open(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Job.Probe(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Job.Collect(null); });
            Check.Throws<ArgumentNullException>(delegate { Job.Assess(null, new AssessOptions()); });
            Check.Throws<ArgumentNullException>(delegate { Job.Open(null, null); });
            Check.Throws<ArgumentNullException>(delegate { Job.Read(null, null, null); });
            Check.Throws<ArgumentNullException>(delegate { Job.Change(null, null, null, null); });
            using (TrustStore store = inputs.Store("root.pem"))
            {
                Check.Throws<ArgumentNullException>(delegate { store.Verify((byte[])null, Inputs.Now()); });
                Check.Throws<ArgumentNullException>(delegate { store.Verify((string)null, Inputs.Now()); });
                Check.Throws<ArgumentNullException>(delegate { store.Verify(new byte[0], null); });
            }
        }

        private static void Senseless(Inputs inputs)
        {
            Check.Fails("store", delegate { TrustStore.Read(new byte[0], null, null); });
            Check.Fails("store", delegate { TrustStore.Read(Encoding.UTF8.GetBytes("hello"), "hello.txt", null); });
            Check.Fails("estate", delegate { Estate.FromJson("{}"); });
            Check.Fails("estate", delegate { Estate.FromJson(new byte[] { 0xff, 0xfe, 0 }); });
            Check.Throws<VITrustException>(delegate { Estate.Load(new[] { "" }); });
            using (TrustStore store = inputs.Store("root.pem"))
            {
                Check.Fails("store", delegate { store.Verify(new byte[0], Inputs.Now()); });
                Check.Fails("option", delegate { store.Verify(inputs.Bytes("chain.pem"), new VerifyOptions()); });
                Check.Fails("profile", delegate
                {
                    store.Verify(inputs.Bytes("chain.pem"), new VerifyOptions { At = Inputs.At, Profile = "" });
                });
            }
            Check.Equal("ReadError", Check.Fails("file", delegate { TrustStore.ReadFile(inputs.Path("nowhere.pem"), null); }).Category);
            Check.Fails("file", delegate { TrustStore.ReadFile(inputs.Path(""), null); });
            // Half of a pair of surrogates is no text.
            Check.Throws<EncoderFallbackException>(delegate { Inventory.Load("\ud800", null); });
        }

        private static void Errors(Inputs inputs)
        {
            VITrustException found = Check.Throws<VITrustException>(delegate
            {
                using (TrustStore store = inputs.Store("root.pem"))
                {
                    // Without the certificate before it, the damaged block may be the end-entity certificate.
                    string text = Encoding.ASCII.GetString(inputs.Bytes("damaged.pem"));
                    string damaged = "# as sent\n" + text.Substring(text.LastIndexOf("-----BEGIN", StringComparison.Ordinal));
                    store.Verify(Encoding.ASCII.GetBytes(damaged), Inputs.Now());
                }
            });
            Check.Equal("certificate", found.Name);
            Check.Equal(110, found.Code);
            Check.Equal("chain", found.Argument);
            Check.True(found.Line > 1, "its line: " + found.Line);
            Check.Equal("InvalidData", found.Category);
            Check.Equal("VITrust.certificate", found.Id);
        }

        private static void Disposed(Inputs inputs)
        {
            TrustStore store = inputs.Store("root.pem");
            Estate estate = Estate.Load(new[] { inputs.Estate });
            Report report = estate.Assess(new AssessOptions { At = Inputs.At });
            Inventory inventory = new Inventory(null);
            foreach (IDisposable one in new IDisposable[] { store, estate, report, inventory, store, estate, report })
            {
                one.Dispose();
            }
            List<Action> uses = new List<Action>
            {
                delegate { store.Verify(inputs.Bytes("chain.pem"), Inputs.Now()); },
                delegate { store.Describe(null); },
                delegate { store.Lint(Inputs.At); },
                delegate { estate.ToJson(); },
                delegate { estate.Assess(new AssessOptions { At = Inputs.At }); },
                delegate { Check.Equal("", report.ToJson()); },
                delegate { report.Count(""); },
                delegate { report.Item("", 0); },
                delegate { report.ItemTexts("findings").ToList(); },
                delegate { report.Findings(); },
                delegate { report.Matrix(); },
                delegate { report.Profile(); },
                delegate { inventory.AddSession(new ServerSettings { Url = "vc01" }, "x"); },
                delegate { Client.Open(inventory, null); }
            };
            foreach (Action use in uses) Check.Throws<ObjectDisposedException>(use);
            using (Job<Estate> job = Job.Collect(inventory))
            {
                Check.Throws<ObjectDisposedException>(delegate { Check.Equal(null, job.GetResult()); });
            }
        }

        private static void Settings(Inputs inputs)
        {
            using (Inventory inventory = new Inventory(new InventoryOptions { VCentersInFlight = 2, HostsInFlight = 3 }))
            {
                ServerSettings both = new ServerSettings { Url = "vc01", Insecure = true, Pins = new[] { new string('a', 64) } };
                VITrustException twice = Check.Fails("inventory", delegate { inventory.AddSession(both, "x"); });
                Check.Contains("insecure", twice.Message);
                ServerSettings open = new ServerSettings { Url = "vc01", Insecure = true };
                Check.Fails("credentials", delegate { inventory.AddSession(open, null); });
                Check.Fails("credentials", delegate { inventory.AddSession(open, ""); });
                Check.Fails("credentials", delegate { inventory.Add(open, "me", null); });
                Check.Fails("credentials", delegate { inventory.Add(open, null, Servers.Secret("x")); });
                Check.Throws<ArgumentNullException>(delegate { inventory.Add(null, "me", null); });
                Check.Throws<ArgumentNullException>(delegate { inventory.AddSession(null, "me"); });
                Check.Equal(0, inventory.Count);
                inventory.AddSession(open, "x");
                Check.Equal(1, inventory.Count);
                Check.Throws<VITrustException>(delegate { inventory.AddSession(open, "again"); });
            }
            Check.Throws<VITrustException>(delegate { new Inventory(new InventoryOptions { VCentersInFlight = 100000 }); });
            Check.Fails("inventory", delegate { Inventory.Load(inputs.Path("root.pem"), null); });
        }
    }
}
