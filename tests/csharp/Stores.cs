// Trust stores of every shape, and what is beside their anchors.

using System;
using System.Linq;

namespace VITrust.Tests
{
    internal static class Stores
    {
        internal static void All(Inputs inputs)
        {
            Check.Run("a store of any shape has its anchors", delegate { Shapes(inputs); });
            Check.Run("a certificate has all its fields", delegate { Fields(inputs); });
            Check.Run("a damaged block is listed and hides nothing", delegate { Damaged(inputs); });
            Check.Run("of a listing one store has the anchors", delegate { Listing(inputs); });
            Check.Run("printed entries and CRLs are shown", delegate { Beside(inputs); });
            Check.Run("lint tells what is wrong at a time", delegate { Lint(inputs); });
            Check.Run("names in any script survive, and control characters reach no terminal", delegate { Scripts(inputs); });
            Check.Run("certificates of an input are read in order", delegate { Read(inputs); });
            Check.Run("2,000 certificates are read in no time", delegate { Many(inputs); });
        }

        private static void Shapes(Inputs inputs)
        {
            foreach (string name in new[] { "root.pem", "root.der", "root.p7b", "listing.txt", "download.zip" })
            {
                using (TrustStore store = inputs.Store(name))
                {
                    Check.Equal(1, store.Count);
                    Check.Equal(1, store.Certificates.Length);
                    Check.Equal(inputs.Path(name), store.Source);
                    Check.Keeps(store.Certificates);
                    Check.Equal(0, store.Unreadable.Length);
                    using (TrustStore again = TrustStore.Read(inputs.Bytes(name), "again", "TRUSTED_ROOTS"))
                    {
                        Check.Equal(store.Certificates[0].Sha256, again.Certificates[0].Sha256);
                        Check.Equal("again", again.ToString());
                    }
                }
            }
            using (TrustStore unnamed = TrustStore.Read(inputs.Bytes("root.pem"), null, ""))
            {
                Check.Equal("store", unnamed.ToString());
            }
        }

        private static void Fields(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("chain.pem"))
            {
                Certificate server = store.Certificates[0], root = store.Certificates[1];
                Check.Contains("vc01.lab.example", server.Subject);
                Check.Equal(root.Subject, server.Issuer);
                Check.Contains("DNS:vc01.lab.example", string.Join(" ", server.SubjectAlternativeNames));
                Check.Equal((int?)3, server.Version);
                Check.Equal((bool?)false, server.IsCA);
                Check.Equal((bool?)true, root.IsCA);
                Check.True(server.NotBefore < Inputs.At && Inputs.At < server.NotAfter, "it is valid");
                Check.Equal(DateTimeKind.Utc, server.NotAfter.Value.Kind);
                Check.Equal(40, server.Sha1.Length);
                Check.Equal(64, server.Sha256.Length);
                Check.Equal(root.SubjectKeyId, server.AuthorityKeyId);
                Check.Equal("VMCA of vc01", root.ShortName);
                Check.Contains("BEGIN CERTIFICATE", server.Pem);
                Check.Equal((long?)1, server.Place.Line);
                Check.Contains("line 1", server.Place.ToString());
                Check.Keeps(server, root);
            }
        }

        private static void Damaged(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("damaged.pem"))
            {
                Check.Equal(1, store.Count);
                Unreadable lost = store.Unreadable.Single();
                Check.True(lost.Place.Line > 1, "its line: " + lost.Place.Line);
                Check.Contains("damaged.pem line " + lost.Place.Line + ": ", lost.ToString());
                Check.Equal("damaged.pem", lost.Place.Source);
                Check.Keeps(lost);
            }
            VITrustException error = Check.Fails("certificate", delegate
            {
                Certificates.ReadFile(inputs.Path("damaged.pem"));
            });
            Check.Equal(110, error.Code);
            Check.Equal("InvalidData", error.Category);
            Check.True(error.Line > 1, "its line: " + error.Line);
            Check.Contains("damaged.pem", error.Message);
        }

        private static void Listing(Inputs inputs)
        {
            using (TrustStore roots = inputs.Store("listing.txt"))
            using (TrustStore machine = TrustStore.ReadFile(inputs.Path("listing.txt"), "MACHINE_SSL_CERT"))
            {
                Check.Equal(1, roots.SetAside.Length);
                Check.Equal("MACHINE_SSL_CERT", roots.SetAside[0].Place.Store);
                Check.Equal("__MACHINE_CERT", roots.SetAside[0].Place.Alias);
                Check.Keeps(roots.SetAside);
                Check.Equal(machine.Certificates[0].Sha256, roots.SetAside[0].Sha256);
                Check.Equal(machine.SetAside[0].Sha256, roots.Certificates[0].Sha256);
            }
        }

        private static void Beside(Inputs inputs)
        {
            using (TrustStore store = TrustStore.ReadFile(inputs.Repository("tests/vectors/stores/text-dump-openssl-3.txt"), null))
            {
                Check.True(store.Dumped.Length > 0, "there are printed entries");
                Check.Keeps(store.Dumped);
                Check.True(store.Dumped[0].NotAfter.HasValue, "the end of the first was printed");
            }
            using (TrustStore store = inputs.Store("download.zip"))
            {
                Crl crl = store.Crls[0];
                Check.Keeps(crl);
                Check.Equal(store.Certificates[0].Subject, crl.Issuer);
                Check.True(crl.ThisUpdate < crl.NextUpdate, "the next one comes later");
            }
        }

        private static void Lint(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("wrong.txt"))
            {
                LintIssue[] issues = store.Lint(Inputs.At);
                Check.Keeps(issues);
                string[] kinds = issues.Select(issue => issue.Kind).Distinct().OrderBy(kind => kind, StringComparer.Ordinal).ToArray();
                Check.Same(new[] { "alias-mismatch", "expired", "not-ca", "same-name-different-key", "unreadable" }, kinds);
                LintIssue expired = issues.First(issue => issue.Kind == "expired");
                Check.True(expired.NotAfter < Inputs.At, "it has ended");
                Check.Contains("expired at", expired.ToString());
                Check.Equal(1, issues.First(issue => issue.Kind == "same-name-different-key").Others.Length);
                using (Report report = store.Describe(Inputs.At)) Check.Equal(issues.Length, report.Count("lint"));
                using (Report report = store.Describe(null)) Check.Equal(0, report.Count("lint"));
            }
        }

        private static void Scripts(Inputs inputs)
        {
            using (TrustStore store = TrustStore.Read(inputs.Bytes("scripts.pem"), "Sammlung Zürich 東京.pem", null))
            {
                Certificate named = store.Certificates[0], rude = store.Certificates[1];
                Check.Contains("Zürich 東京 \U0001F512", named.Subject);
                Check.Equal("Zürich 東京 \U0001F512", named.ShortName);
                Check.Contains("Zürich 東京", named.Place.Source);
                Check.True(rude.ToString().All(character => !char.IsControl(character)), "shown: " + rude);
                Check.True(rude.ShortName.All(character => !char.IsControl(character)), "shown: " + rude.ShortName);
                Check.Keeps(store.Certificates);
                string detail = Check.Fails("profile", delegate
                {
                    store.Verify(named.Pem, new VerifyOptions { At = Inputs.At, Profile = "Prüfung 東京" });
                }).Message;
                Check.Contains("Prüfung 東京", detail);
            }
        }

        private static void Read(Inputs inputs)
        {
            Certificate[] chain = Certificates.ReadFile(inputs.Path("chain.pem"));
            Check.Equal(2, chain.Length);
            Check.Equal(3, Certificates.Read(inputs.Bytes("both.pem"), "both").Length);
            using (Report report = Certificates.Describe(inputs.Bytes("damaged.pem"), "damaged"))
            {
                Check.Equal(1, report.Count("certificates"));
                Check.Equal(1, report.Count("unreadable"));
                Check.Contains("damaged", report.ItemTexts("unreadable").Single());
            }
        }

        private static void Many(Inputs inputs)
        {
            byte[] joined = inputs.Bytes("many.pem");
            Check.Within(8000, "2,000 certificates of one text, and their rows", delegate
            {
                using (TrustStore store = TrustStore.Read(joined, null, null))
                {
                    Check.Equal(2000, store.Count);
                    Check.Equal(2000, store.Certificates.Length);
                }
            });
        }
    }
}
