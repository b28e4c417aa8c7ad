// That every field of the schemas has its property, and every error its category.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.RegularExpressions;

namespace VITrust.Tests
{
    internal static class Rows
    {
        /// <summary>The classes of the definitions of a schema. A definition that is only text or number has none.</summary>
        private static readonly Dictionary<string, Type> Classes = new Dictionary<string, Type>
        {
            { "Addition", typeof(Addition) }, { "Additions", typeof(Additions) }, { "Alert", typeof(Alert) },
            { "Break", typeof(Break) }, { "Cause", typeof(Cause) }, { "CellName", typeof(CellName) },
            { "CertificateFacts", typeof(CertificateFacts) }, { "TabledCertificate", typeof(CertificateRecord) },
            { "ClientCertificateRequest", typeof(ClientCertificateRequest) }, { "Edge", typeof(Edge) },
            { "Event", typeof(Event) }, { "Evidence", typeof(Evidence) }, { "ExpiryRow", typeof(ExpiryRow) },
            { "ExpiryUse", typeof(ExpiryUse) }, { "Finding", typeof(Finding) }, { "Forecast", typeof(Forecast) }, { "Found", typeof(Found) },
            { "Judged", typeof(Judged) }, { "Limits", typeof(Limits) }, { "Link", typeof(Link) }, { "Matrix", typeof(Matrix) }, { "Missing", typeof(Missing) }, { "NotCollected", typeof(NotCollected) },
            { "Origin", typeof(Origin) }, { "Outcome", typeof(Outcome) }, { "Outcomes", typeof(Outcomes) }, { "Party", typeof(Party) }, { "Place", typeof(Place) },
            { "ProbeFailure", typeof(ProbeFailure) }, { "Reason", typeof(RejectionDetails) },
            { "RejectionForm", typeof(Rejection) }, { "States", typeof(States) }, { "Subject", typeof(Subject) }, { "Unfixable", typeof(Unfixable) }
        };

        internal static void All(Inputs inputs)
        {
            Check.Run("every field of a report has its property", delegate { Definitions(inputs, "report"); });
            Check.Run("every field of a probe has its property", delegate { Probe(inputs); });
            Check.Run("an array of the schema is a list of its own kind", delegate { Arrays(inputs); });
            Check.Run("every error has its category", delegate { Categories(inputs); });
            Check.Run("times are UTC, years that DateTime lacks are the nearest, and what is no time is refused", Times);
            Check.Run("rows with nothing in them can be shown", Empty);
        }

        private static void Definitions(Inputs inputs, string schema)
        {
            Node tree = Schema(inputs, schema);
            int compared = 0;
            foreach (Node definition in tree.Member("$defs").Children)
            {
                string name = definition.Key;
                List<string> keys = Keys(definition);
                if (keys.Count == 0) continue;
                Check.True(Classes.ContainsKey(name), "no class for " + name);
                Check.Same(keys, Members(Classes[name]));
                compared++;
            }
            Check.True(compared >= 20, compared + " definitions");
            // The whole report is not one object: it comes by section, and each section has its property or method.
            string[] sections = { "additions", "at", "causes", "certificates", "edges", "expiry", "findings", "forecast", "judged", "matrix", "not_collected", "profile", "rejections", "schema", "severity", "thresholds", "vcenters", "within" };
            Check.Same(sections, Keys(tree));
        }

        private static void Probe(Inputs inputs)
        {
            Node tree = Schema(inputs, "probe");
            Check.Same(Keys(tree), Members(typeof(Endpoint)));
            foreach (Node definition in tree.Member("$defs").Children)
            {
                string name = definition.Key;
                List<string> keys = Keys(definition);
                if (keys.Count == 0) continue;
                // A presented certificate is one with fewer fields.
                if (name == "Presented") Check.Same(new string[0], keys.Except(Members(typeof(Certificate))));
                else Check.Same(keys, Members(Classes[name]));
            }
        }

        private static void Arrays(Inputs inputs)
        {
            int arrays = 0;
            foreach (Node definition in Schema(inputs, "report").Member("$defs").Children)
            {
                Type type;
                if (!Classes.TryGetValue(definition.Key, out type)) continue;
                foreach (Node member in definition.Member("properties").Children)
                {
                    bool isArray = member.Member("type").Text == "array";
                    Type kind = Property(type, member.Key).PropertyType;
                    Check.Equal(isArray, kind.IsGenericType && kind.GetGenericTypeDefinition() == typeof(Many<>));
                    if (isArray) arrays++;
                }
            }
            Check.True(arrays > 20, arrays + " arrays");
        }

        private static void Categories(Inputs inputs)
        {
            string header = File.ReadAllText(inputs.Repository("bindings-c/include/vitrust.h"));
            MatchCollection codes = Regex.Matches(header, @"VITRUST_STATUS_\w+ = (\d+)");
            Check.True(codes.Count > 30, codes.Count + " statuses in the header");
            foreach (Match match in codes)
            {
                int code = int.Parse(match.Groups[1].Value);
                Check.True(code == 0 || Errors.IsKnown(code), match.Value + " has no category");
            }
            Check.Equal("NotSpecified", Errors.Category(99999));
        }

        private static void Times()
        {
            Check.Equal(DateTimeKind.Utc, Moment.Read("2026-06-01T12:30:45Z").Kind);
            Check.Equal(new DateTime(2026, 6, 1, 12, 30, 45), Moment.Read("2026-06-01T12:30:45Z"));
            Check.Equal(9999, Moment.Read("+12026-06-01T00:00:00Z").Year);
            Check.Equal(1, Moment.Read("-0001-06-01T00:00:00Z").Year);
            Check.Equal(1, Moment.Read("0000-01-01T00:00:00Z").Year);
            DateTime local = new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Local);
            Check.Equal(local.ToUniversalTime(), Moment.Read(Moment.Write(local)));
            Check.Equal("2026-06-01T00:00:00Z", Moment.Write(new DateTime(2026, 6, 1)));
            Check.Equal((DateTime?)null, new Moment((string)null).Time);
            Check.Equal(null, new Moment((DateTime?)null).Text);
            Check.Equal("+12026-06-01T00:00:00Z", new Moment("+12026-06-01T00:00:00Z").Text);
            Check.Throws<FormatException>(delegate { Moment.Read("soon"); });
            string refused = "";
            try
            {
                Json.Read<Crl>(Text("{\"this_update\": \"soon\"}"));
            }
            catch (Exception error)
            {
                // Mono has it inside of another.
                refused = error.GetBaseException().Message;
            }
            Check.Equal("`soon` is not a time", refused);
        }

        private static void Empty()
        {
            Check.Equal(null, Json.Read<Finding>(Text("{}")).Where);
            Check.Equal("estate", new Subject().ToString());
            Check.Equal("input", new Place().ToString());
            Check.Equal("untrusted: ", Json.Read<Verdict>(Text("{}")).ToString());
            Check.Equal(0, Json.Read<Finding>(Text("{}")).Evidence.Certificates.Length);
            Check.Equal("", Json.Read<Endpoint>(Text("{}")).Pem);
            Check.Contains("no vCenter is known", Json.Read<Matrix>(Text("{}")).Draw(false));
            Check.Equal("", Json.Read<Matrix>(Text("{}")).Explain(false));
        }

        private static byte[] Text(string json) { return VITrust.Text.ToUtf8(json); }

        private static Node Schema(Inputs inputs, string name)
        {
            string text = File.ReadAllText(inputs.Repository("docs/schema/" + name + ".schema.json"));
            Check.Equal(text.Trim(), Native.Schema(name).Trim());
            return Tree.Of(text);
        }

        /// <summary>The keys of an object, or of all forms of one.</summary>
        private static List<string> Keys(Node definition)
        {
            IEnumerable<Node> all = new[] { definition }.Concat(definition.Member("oneOf").Children);
            return Sorted(all.SelectMany(form => form.Member("properties").Children).Select(node => node.Key));
        }

        private static List<string> Members(Type type)
        {
            return Sorted(Properties(type).Select(property => Name(property)));
        }

        private static PropertyInfo Property(Type type, string name)
        {
            return Properties(type).Single(property => Name(property) == name);
        }

        private static IEnumerable<PropertyInfo> Properties(Type type)
        {
            const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
            return type.GetProperties(Any).Where(property => Name(property) != null);
        }

        private static string Name(PropertyInfo property)
        {
            object[] found = property.GetCustomAttributes(typeof(DataMemberAttribute), false);
            return found.Length == 0 ? null : ((DataMemberAttribute)found[0]).Name;
        }

        private static List<string> Sorted(IEnumerable<string> names)
        {
            return names.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToList();
        }
    }
}
