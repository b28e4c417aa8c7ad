// Sessions: logged in to, or taken over from PowerCLI, and calls by their names.

using System;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;

namespace VITrust.Tests
{
    internal static class Sessions
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("a client reads by the names of calls", delegate { Reads(inputs); });
            Check.Run("a client changes, and reads what it changed", delegate { Changes(inputs); });
            Check.Run("a change takes its secret apart from its arguments", delegate { Secrets(inputs); });
            Check.Run("a session of PowerCLI serves instead of a login", delegate { TakenOver(inputs); });
            Check.Run("unknown calls and wrong arguments are errors", delegate { Unknown(inputs); });
        }

        internal static Inventory LoggedIn(Inputs inputs)
        {
            Inventory inventory = Servers.Empty(inputs);
            inventory.Add(Servers.Settings(inputs, "vc01.lab.example"), Servers.User, Servers.Secret(Servers.Password));
            return inventory;
        }

        private static void Reads(Inputs inputs)
        {
            using (Inventory inventory = LoggedIn(inputs))
            using (Client client = Client.Open(inventory, "vc01.lab.example"))
            {
                using (Report about = client.Read("about", null)) Check.Contains("\"version\"", about.ToJson());
                using (Report roots = Servers.Finish(Job.Read(client, "trusted_roots", "{}")))
                {
                    Check.True(roots.Count("") >= 1, roots.ToJson());
                }
                using (Client second = Servers.Finish(Job.Open(inventory, "")))
                using (Report mode = second.Read("certificate_mode", ""))
                {
                    Check.True(mode.ToJson().Length > 0, "a mode");
                }
            }
            using (Inventory two = Inventory.Load(inputs.Path("fleet/fleet.toml"), null))
            {
                Check.Throws<VITrustException>(delegate { Client.Open(two, null); });
                Check.Throws<VITrustException>(delegate { Client.Open(two, "vc99.lab.example"); });
            }
        }

        private static void Changes(Inputs inputs)
        {
            using (Inventory inventory = LoggedIn(inputs))
            using (Client client = Client.Open(inventory, null))
            {
                string pem = Encoding.UTF8.GetString(Json.Write(inputs.Text("other.pem")));
                string id;
                using (Report report = client.Change("create_trusted_root", "{\"chain\":" + pem + "}", null))
                {
                    Node made = Tree.Of(report.ToJson());
                    id = made.Kind == "object" ? made.Member("id").Text : made.Text;
                }
                using (Report roots = client.Read("trusted_roots", null)) Check.Contains(id, roots.ToJson());
                using (Report gone = Servers.Finish(Job.Change(client, "delete_trusted_root", "{\"id\":\"" + id + "\"}", null)))
                {
                    Check.True(gone.ToJson().Length > 0, gone.ToJson());
                }
                using (Report roots = client.Read("trusted_roots", null)) Check.True(!roots.ToJson().Contains(id), roots.ToJson());
            }
        }

        private static void Secrets(Inputs inputs)
        {
            using (Inventory inventory = LoggedIn(inputs))
            using (Client client = Client.Open(inventory, null))
            using (SecureString password = Servers.Secret(Servers.Password))
            {
                string host;
                using (Report hosts = client.Read("hosts", null)) host = Tree.Of(hosts.Item("", 0)).Member("moref").Text;
                string named = "\"host\":\"" + host + "\"";
                VITrustException needless = Check.Throws<VITrustException>(delegate
                {
                    client.Change("disconnect_host", "{" + named + "}", password);
                });
                Check.Equal("secret", needless.Argument);
                string user = "{" + named + ",\"user\":\"root\"}";
                VITrustException needed = Check.Throws<VITrustException>(delegate { client.Change("reconnect_host", user, null); });
                Check.Equal("secret", needed.Argument);
                client.Change("disconnect_host", "{" + named + "}", null).Dispose();
                Job<Report> job;
                using (SecureString own = Servers.Secret(Servers.Password))
                {
                    job = Job.Change(client, "reconnect_host", user, own);
                }
                // The job has a copy: whose secret it was may dispose of it at once.
                Servers.Finish(job).Dispose();
            }
        }

        private static bool Serves(Inputs inputs, string key)
        {
            using (Inventory inventory = Servers.Empty(inputs))
            {
                inventory.AddSession(Servers.Settings(inputs, "vc01.lab.example"), key);
                try
                {
                    using (Client client = Client.Open(inventory, null))
                    using (client.Read("certificate_mode", null))
                    {
                        return true;
                    }
                }
                catch (VITrustException error)
                {
                    Check.Equal("unauthenticated", error.Name);
                    return false;
                }
            }
        }

        private static void TakenOver(Inputs inputs)
        {
            using (Inventory inventory = LoggedIn(inputs))
            using (Client powercli = Client.Open(inventory, null))
            {
                // The keys that the simulated estate gives to its sessions: what PowerCLI has in SessionSecret.
                string key = File.ReadAllLines(inputs.Path("keys.txt")).FirstOrDefault(one => Serves(inputs, one));
                Check.True(key != null, "one of them is the open session");
                using (Inventory own = Servers.Empty(inputs))
                {
                    own.AddSession(Servers.Settings(inputs, "vc01.lab.example"), key);
                    using (Estate estate = Servers.Finish(Job.Collect(own)))
                    {
                        Check.Equal(1, estate.VCenters.Length);
                        Check.True(estate.Failures.All(failure => failure.Object != "session"), estate.Failures.ToString());
                    }
                }
                // Whose session it is ends it: it has served, and is still open.
                using (Report mode = powercli.Read("certificate_mode", null)) Check.True(mode.ToJson().Length > 0, "still open");
            }
        }

        private static void Unknown(Inputs inputs)
        {
            using (Inventory inventory = LoggedIn(inputs))
            using (Client client = Client.Open(inventory, null))
            {
                Check.Contains("trusted_roots", Check.Throws<VITrustException>(delegate { client.Read("trusted_rots", null); }).Message);
                // A reader reaches no change.
                Check.Throws<VITrustException>(delegate { client.Read("delete_trusted_root", "{\"id\":\"x\"}"); });
                VITrustException wrong = Check.Throws<VITrustException>(delegate { client.Read("about", "{\"bogus\":1}"); });
                Check.Contains("bogus", wrong.Message + wrong.Argument);
                Check.Equal("InvalidArgument", wrong.Category);
                Check.Throws<VITrustException>(delegate { client.Read("about", "{"); });
                Check.Throws<VITrustException>(delegate { client.Read(null, null); });
                client.Dispose();
                Check.Throws<ObjectDisposedException>(delegate { client.Read("about", null); });
            }
        }
    }
}
