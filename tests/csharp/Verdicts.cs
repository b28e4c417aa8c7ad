// Verdicts about chains: every profile, every option, every kind of answer.

using System;
using System.Linq;

namespace VITrust.Tests
{
    internal static class Verdicts
    {
        private static readonly string[] Profiles = { "strict", "openssl", "java", "go", "webpki" };

        internal static void All(Inputs inputs)
        {
            Check.Run("a good chain is trusted by every profile", delegate { Good(inputs); });
            Check.Run("a store of the regenerated root trusts nothing, and says why", delegate { Regenerated(inputs); });
            Check.Run("name, time, purpose and depth are asked for", delegate { Options(inputs); });
            Check.Run("CRLs that are given count", delegate { Revoked(inputs); });
            Check.Run("an empty name is no wish for any name", delegate { EmptyName(inputs); });
        }

        private static void Good(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("root.pem"))
            {
                foreach (string profile in Profiles)
                {
                    VerifyOptions options = Inputs.Now();
                    options.Profile = profile;
                    Verdict verdict = store.Verify(inputs.Bytes("chain.pem"), options);
                    Check.True(verdict.Trusted, profile + ": " + verdict);
                    Check.Equal(profile, verdict.Profile);
                    Check.Equal("server", verdict.Purpose);
                    Check.Equal(Inputs.At, verdict.At);
                    Check.Equal(2, verdict.Path.Length);
                    Check.Equal((long?)0, verdict.Path[0].Origin.Presented);
                    Check.Equal((long?)1, verdict.Anchor.Origin.Store.Line);
                    Check.Equal(0, verdict.Rejections.Length);
                    Check.Equal("trusted by VMCA of vc01", verdict.Reason);
                    Check.Keeps(verdict);
                }
                Check.True(store.Verify(inputs.Bytes("server.der"), Inputs.Now()).Trusted, "DER is a chain of one");
                Check.True(store.Verify(inputs.Text("chain.pem"), Inputs.Now()).Trusted, "text is a chain");
            }
        }

        private static void Regenerated(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("regenerated.pem"))
            {
                foreach (string profile in Profiles)
                {
                    VerifyOptions options = Inputs.Now();
                    options.Profile = profile;
                    Verdict verdict = store.Verify(inputs.Bytes("server.der"), options);
                    Check.True(!verdict.Trusted && verdict.Path.Length == 0, profile + ": " + verdict);
                    Rejection nearest = verdict.Rejections[0];
                    Check.Equal("key-changed", nearest.Code);
                    Check.Equal("key-changed", nearest.Details.Code);
                    Check.True(nearest.Details.Wanted != nearest.Details.Found, "the keys differ");
                    Check.Contains("vc01", nearest.Certificate.Subject);
                    Check.Equal("VMCA of vc01", nearest.Candidate.ShortName);
                    Check.Equal((DateTime?)null, nearest.Details.NotAfter);
                    Check.Contains("untrusted: ", verdict.ToString());
                    Check.Contains("VMCA of vc01", verdict.Reason);
                    Check.Keeps(verdict);
                    Check.Keeps(verdict.Rejections);
                    Check.Contains(nearest.ToJson(), verdict.ToJson());
                }
            }
        }

        private static void Options(Inputs inputs)
        {
            byte[] chain = inputs.Bytes("chain.pem");
            using (TrustStore store = inputs.Store("root.pem"))
            {
                VerifyOptions name = Inputs.Now();
                name.Name = "vc01.lab.example";
                Check.True(store.Verify(chain, name).Trusted, "its own name");
                name.Name = "vc02.lab.example";
                Rejection other = store.Verify(chain, name).Rejections[0];
                Check.Equal("name-mismatch", other.Code);
                Check.Equal("vc02.lab.example", other.Details.Wanted);
                Check.Contains("vc01.lab.example", string.Join(" ", other.Details.Present));
                Verdict late = store.Verify(chain, new VerifyOptions { At = Inputs.At.AddYears(80) });
                Rejection expired = late.Rejections.First(rejection => rejection.Code == "expired");
                Check.Equal(late.At, expired.Details.At.Value);
                Check.True(expired.Details.NotAfter < late.At, "it has ended by then");
                VerifyOptions client = Inputs.Now();
                client.Purpose = "ca";
                Check.True(!store.Verify(chain, client).Trusted, "a server is no CA");
                VerifyOptions policy = Inputs.Now();
                policy.Policies = new[] { "1.2.3.4" };
                policy.ExplicitPolicy = true;
                policy.InhibitPolicyMapping = true;
                policy.InhibitAnyPolicy = true;
                Check.Equal("policy", store.Verify(chain, policy).Rejections[0].Code);
                VerifyOptions shallow = Inputs.Now();
                shallow.MaxDepth = 0;
                Check.True(store.Verify(chain, shallow).Trusted, "nothing stands between");
            }
        }

        private static void Revoked(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("root.pem"))
            {
                VerifyOptions options = Inputs.Now();
                options.Crls = new[] { inputs.Text("crl.pem") };
                Rejection revoked = store.Verify(inputs.Bytes("chain.pem"), options).Rejections[0];
                Check.Equal("revoked", revoked.Code);
                Check.Equal(Inputs.Time("2026-04-01"), revoked.Details.RevokedAt.Value);
                options.Crls = null;
                options.Revocation = "required";
                Check.Equal("revocation-unknown", store.Verify(inputs.Bytes("chain.pem"), options).Rejections[0].Code);
                options.Crls = new[] { inputs.Text("root.pem") };
                VITrustException none = Check.Throws<VITrustException>(delegate { store.Verify(inputs.Bytes("chain.pem"), options); });
                Check.Equal("options.crls[0]: holds no CRL", none.Message);
                options.Crls = new[] { "no CRL" };
                Check.Throws<VITrustException>(delegate { store.Verify(inputs.Bytes("chain.pem"), options); });
            }
        }

        private static void EmptyName(Inputs inputs)
        {
            using (TrustStore store = inputs.Store("root.pem"))
            {
                VerifyOptions options = Inputs.Now();
                options.Name = "";
                Check.Fails("server-name", delegate { store.Verify(inputs.Bytes("chain.pem"), options); });
            }
        }
    }
}
