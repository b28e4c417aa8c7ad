// Servers: probed and collected, as Get-VITrustEndpoint and Get-VITrustEstate do.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security;

namespace VITrust.Tests
{
    internal static class Servers
    {
        internal const string User = "administrator@vsphere.local";
        internal const string Password = "Simul&ted <1> \"%41\"";

        internal static void All(Inputs inputs)
        {
            Check.Run("a server's chain is probed, and judged", delegate { Probe(inputs); });
            Check.Run("servers that do not answer well are results", delegate { Unwell(inputs); });
            Check.Run("an estate is collected from an inventory file", delegate { Collect(inputs); });
            Check.Run("an inventory is made of settings and secrets", delegate { Made(inputs); });
            Check.Run("a password that a person typed serves the file", delegate { Typed(inputs); });
            Check.Run("a wrong password is a failure with its category", delegate { WrongPassword(inputs); });
            Check.Run("who is asked without a check is named", delegate { Insecure(inputs); });
            Check.Run("the environment names one vCenter", Environment);
            Check.Run("secrets are wiped", Wiped);
        }

        internal static SecureString Secret(string text)
        {
            SecureString secret = new SecureString();
            foreach (char character in text) secret.AppendChar(character);
            secret.MakeReadOnly();
            return secret;
        }

        /// <summary>Where each name listens, as the inventory of the simulated estate says.</summary>
        internal static Dictionary<string, string> Connect(Inputs inputs)
        {
            string[] lines = File.ReadAllLines(inputs.Path("fleet/fleet.toml"));
            IEnumerable<string> rules = lines.SkipWhile(line => line != "[connect]").Skip(1).Where(line => line.Contains(" = "));
            return rules.Select(line => line.Replace("\"", "").Split(new[] { " = " }, StringSplitOptions.None))
                .ToDictionary(rule => rule[0], rule => rule[1]);
        }

        internal static Inventory Empty(Inputs inputs)
        {
            return new Inventory(new InventoryOptions { Connect = Connect(inputs) });
        }

        internal static ServerSettings Settings(Inputs inputs, string name)
        {
            return new ServerSettings
            {
                Url = "https://" + name,
                CAFile = new[] { inputs.Path("fleet/ca.pem") },
                SystemRoots = false,
                TimeoutSeconds = 20
            };
        }

        internal static T Finish<T>(Job<T> job)
        {
            using (job)
            {
                while (!job.Wait(10)) { }
                return job.GetResult();
            }
        }

        private static void Probe(Inputs inputs)
        {
            ProbeOptions options = new ProbeOptions { ConnectTo = Connect(inputs), TimeoutSeconds = 20, InFlight = 4 };
            string[] names = { "vc01.lab.example", "vc02.lab.example:443", "https://esx01.vc01.lab.example:9080" };
            using (Job<Report> job = Job.Probe(names, options))
            using (Report report = job.GetResult())
            {
                Check.True(job.Done == 3 && job.Total == 3 && job.Percent == 100, job.Done + " of " + job.Total);
                Endpoint[] found = report.Endpoints();
                Check.Keeps(found);
                Check.Equal(3, report.Count(""));
                Endpoint first = found[0];
                Check.Equal("vc01.lab.example:443", first.Name);
                Check.Equal("vc01.lab.example", first.ServerName);
                Check.Equal((bool?)true, first.Possession);
                Check.True(first.Protocol.StartsWith("TLSv1.") && first.CipherSuite.Length > 0, first.Protocol);
                Check.True(first.HandshakeMs > 0 && first.Failure == null && first.Problem == "", "it went well");
                Check.Contains("vc01.lab.example", first.Subject);
                Check.Equal(first.Chain[0].NotAfter, first.NotAfter);
                using (TrustStore roots = TrustStore.ReadFile(inputs.Path("fleet/ca.pem"), null))
                {
                    VerifyOptions now = new VerifyOptions { At = DateTime.UtcNow, Name = "vc01.lab.example" };
                    Verdict verdict = roots.Verify(first.Pem, now);
                    Check.True(verdict.Trusted, verdict.ToString());
                }
            }
        }

        private static void Unwell(Inputs inputs)
        {
            int closed = ClosedPort();
            ProbeOptions options = new ProbeOptions { TimeoutSeconds = 0.5, ServerName = "x.lab.example" };
            using (Silent silent = new Silent())
            using (Report report = Job.Probe(new[] { "127.0.0.1:" + closed, silent.Address }, options).GetResult())
            {
                Endpoint[] found = report.Items<Endpoint>("");
                Check.Keeps(found);
                Check.Equal("connect", found[0].Failure.Name);
                Check.Equal("ConnectionError", found[0].Failure.Category);
                Check.Equal("timeout", found[1].Failure.Name);
                Check.Equal("OperationTimeout", found[1].Failure.Category);
                Check.Equal("VITrust.timeout", found[1].Failure.Id);
                Check.True(found[1].Problem.Length > 0 && found[1].Certificate == null && found[1].Subject == null, "no chain");
            }
            Check.Throws<VITrustException>(delegate { Check.Equal(null, Job.Probe(new[] { "not an endpoint" }, null).GetResult()); });
            using (Report none = Job.Probe(new string[0], null).GetResult()) Check.Equal(0, none.Count(""));
        }

        private static void Collect(Inputs inputs)
        {
            using (Inventory inventory = Inventory.Load(inputs.Path("fleet/fleet.toml"), null))
            {
                Check.Equal(2, inventory.Count);
                using (Job<Estate> job = Job.Collect(inventory))
                using (Estate estate = job.GetResult())
                {
                    Check.Same(new string[0], estate.Failures.Select(failure => failure.ToString()));
                    Check.Equal(2, estate.VCenters.Length);
                    Check.Equal(2, estate.VCenters[0].Hosts.Length);
                    Check.Equal(0, estate.Insecure.Length);
                    Check.True(job.Total >= 6 && job.Done == job.Total, job.Done + " of " + job.Total);
                    Check.Contains("lab.example", job.What);
                    using (Report report = estate.Assess(new AssessOptions { At = DateTime.UtcNow }))
                    {
                        Check.Equal(2, report.Matrix().Parties.Sum(party => party.VCenters.Length));
                        Check.Equal(16, report.Edges().Length);
                    }
                }
            }
        }

        private static void Made(Inputs inputs)
        {
            using (Inventory inventory = Empty(inputs))
            using (SecureString password = Secret(Password))
            {
                inventory.Add(Settings(inputs, "vc01.lab.example"), User, password);
                ServerSettings second = Settings(inputs, "vc02.lab.example");
                second.Name = "zweites Zürich";
                second.Hosts = false;
                second.Providers = false;
                second.ProbeHosts = false;
                second.SsoDomain = "corp.local";
                second.SmsFile = inputs.Path("fleet/vc02/sms.txt");
                if (!File.Exists(second.SmsFile)) second.SmsFile = null;
                inventory.Add(second, User, password);
                using (Estate estate = Finish(Job.Collect(inventory)))
                {
                    Check.Same(new string[0], estate.Failures.Select(failure => failure.ToString()));
                    Check.Same(new[] { "vc01.lab.example", "zweites Zürich" }, estate.VCenters.Select(vcenter => vcenter.Name));
                    Check.Equal(0, estate.VCenters[1].Hosts.Length);
                }
            }
        }

        private static void Typed(Inputs inputs)
        {
            string text = File.ReadAllText(inputs.Path("fleet/fleet.toml"));
            string file = inputs.Path("fleet/typed.toml");
            File.WriteAllText(file, text.Replace("password_file = \"password.txt\"", "password_prompt = true"));
            using (SecureString password = Secret(Password))
            using (Inventory inventory = Inventory.Load(file, password))
            using (Estate estate = Finish(Job.Collect(inventory)))
            {
                Check.Same(new string[0], estate.Failures.Select(failure => failure.ToString()));
            }
            Check.Equal("AuthenticationError", Check.Fails("credentials", delegate { Inventory.Load(file, null); }).Category);
        }

        private static void WrongPassword(Inputs inputs)
        {
            using (Inventory inventory = Empty(inputs))
            {
                inventory.Add(Settings(inputs, "vc01.lab.example"), User, Secret("Zürich 東京"));
                using (Estate estate = Finish(Job.Collect(inventory)))
                {
                    CollectFailure failure = estate.Failures.Single(one => one.Object == "session");
                    Check.Keeps(estate.Failures);
                    Check.Equal("unauthenticated", failure.Name);
                    Check.Equal("VITrust.unauthenticated", failure.Id);
                    Check.Equal("AuthenticationError", failure.Category);
                    Check.Equal(failure.Code, failure.ToException().Code);
                    Check.Contains("vc01.lab.example: session: ", failure.ToException().Message);
                }
                Check.Fails("unauthenticated", delegate { Client.Open(inventory, ""); });
            }
        }

        private static void Insecure(Inputs inputs)
        {
            using (Inventory inventory = Empty(inputs))
            {
                ServerSettings settings = new ServerSettings { Url = "vc01.lab.example", Insecure = true, SystemRoots = false };
                inventory.Add(settings, User, Secret(Password));
                using (Estate estate = Finish(Job.Collect(inventory)))
                {
                    Check.Same(new[] { "vc01.lab.example" }, estate.Insecure);
                    Check.True(estate.VCenters[0].Insecure, "the estate says so too");
                }
            }
            using (Inventory inventory = Empty(inputs))
            {
                ServerSettings strict = new ServerSettings { Url = "vc01.lab.example", SystemRoots = false, CAFile = new[] { inputs.Path("root.pem") } };
                inventory.Add(strict, User, Secret(Password));
                Check.Equal("SecurityError", Check.Fails("server-untrusted", delegate { Client.Open(inventory, null); }).Category);
            }
        }

        private static void Environment()
        {
            // What a process sets for itself at run time is not in the environment that the library reads.
            VITrustException error = Check.Throws<VITrustException>(delegate { Inventory.FromEnvironment(); });
            Check.True(error.Name == "inventory" || error.Name == "credentials", error.Name);
        }

        private static void Wiped()
        {
            byte[] lent = null;
            int length = VITrust.Secret.Lend(Secret("Zürich \U0001F512"), delegate(byte[] bytes)
            {
                lent = bytes;
                Check.Equal("Zürich \U0001F512", System.Text.Encoding.UTF8.GetString(bytes));
                return bytes.Length;
            });
            Check.Equal(12, length);
            Check.True(lent.All(value => value == 0), "the bytes are wiped");
            Check.True(VITrust.Secret.Lend((SecureString)null, bytes => bytes == null), "no secret is no bytes");
            Check.Throws<InvalidOperationException>(delegate
            {
                VITrust.Secret.Lend<int>(Secret("x"), delegate(byte[] bytes)
                {
                    lent = bytes;
                    throw new InvalidOperationException();
                });
            });
            Check.Equal((byte)0, lent[0]);
        }

        private static int ClosedPort()
        {
            TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            return port;
        }
    }

    /// <summary>A server that takes connections and says nothing.</summary>
    internal sealed class Silent : IDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);

        internal Silent() { listener.Start(); }

        internal string Address { get { return listener.LocalEndpoint.ToString(); } }

        public void Dispose() { listener.Stop(); }
    }
}
