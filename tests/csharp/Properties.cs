// That every public property says what it said, whatever becomes of its object. PowerShell reads one that throws as $null,
// so a store that was disposed of would be a store without certificates.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading;

namespace VITrust.Tests
{
    internal static class Properties
    {
        /// <summary>Types of which an object was looked at before and after its end.</summary>
        private static readonly HashSet<Type> Ended = new HashSet<Type>();

        internal static void All(Inputs inputs)
        {
            Check.Run("no property leads to the library or to a throw", Reached);
            Check.Run("properties of rows never throw, whatever the rows hold", Rows);
            Check.Run("properties stay when their object ends, is freed elsewhere or has failed", delegate { Ends(inputs); });
            Check.Run("properties of jobs stay, whatever became of the work", delegate { Jobs(inputs); });
            Check.Run("rows stay when what gave them ends", delegate { Given(inputs); });
            Check.Run("every type that can be disposed of was ended", Complete);
        }

        private static void None(IEnumerable<string> complaints)
        {
            List<string> all = complaints.ToList();
            Check.True(all.Count == 0, all.Count + " properties:\n  " + string.Join("\n  ", all));
        }

        private static void Reached()
        {
            List<MethodInfo> getters = Facts.PublicTypes()
                .SelectMany(type => Facts.Properties(type, BindingFlags.Instance | BindingFlags.Static))
                .Select(property => property.GetGetMethod()).ToList();
            Check.True(getters.Count > 200, getters.Count + " properties");
            None(getters.SelectMany(getter => Reach.From(getter)).Distinct());
            // And it would be seen.
            Check.Contains("vitrust_abi_version calls the library", string.Join("\n", Reach.From(typeof(Native).GetMethod("AbiVersion"))));
            Check.Contains("Matrix.Number throws", string.Join("\n", Reach.From(typeof(Matrix).GetMethod("Answer"))));
        }

        // ------------------------------------------------------------------------------------------ rows and options

        private static void Rows()
        {
            List<Type> types = Facts.PublicTypes().Where(type => !type.IsAbstract && !type.IsGenericType && type.GetConstructor(Type.EmptyTypes) != null).ToList();
            Check.True(types.Count > 30, types.Count + " types");
            List<string> thrown = new List<string>();
            foreach (Type type in types)
            {
                object[] samples =
                {
                    Activator.CreateInstance(type), FromJson(type, "{}"), FromJson(type, Nulls(type)),
                    Filled(type, 0, ""), Filled(type, 0, "`CN=\ud800, O=`x`"), Filled(type, 0, "2026-06-01T00:00:00Z")
                };
                foreach (object sample in samples)
                {
                    Facts first = Facts.Of(sample);
                    thrown.AddRange(first.Thrown);
                    Check.Same(first.Lines, Facts.Of(sample).Lines);
                }
            }
            None(thrown.Distinct());
            None(Facts.OfTypes().Thrown);
        }

        private static object FromJson(Type type, string json)
        {
            DataContractJsonSerializerSettings settings = new DataContractJsonSerializerSettings { UseSimpleDictionaryFormat = true };
            using (System.IO.MemoryStream stream = new System.IO.MemoryStream(Encoding.UTF8.GetBytes(json)))
            {
                return new DataContractJsonSerializer(type, settings).ReadObject(stream);
            }
        }

        /// <summary>An object of JSON in which whatever can be null is null.</summary>
        private static string Nulls(Type type)
        {
            const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
            IEnumerable<string> members = type.GetProperties(Any)
                .Where(property => !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) != null)
                .SelectMany(property => property.GetCustomAttributes(typeof(DataMemberAttribute), false))
                .Select(member => "\"" + ((DataMemberAttribute)member).Name + "\": null");
            return "{" + string.Join(", ", members) + "}";
        }

        /// <summary>An object with every property set to the worst there is: gaps in arrays, odd texts, the largest numbers.</summary>
        private static object Filled(Type type, int depth, string text)
        {
            Type inner = Nullable.GetUnderlyingType(type) ?? type;
            if (inner == typeof(string)) return text;
            if (inner == typeof(bool)) return true;
            if (inner == typeof(int)) return int.MinValue;
            if (inner == typeof(long)) return long.MaxValue;
            if (inner == typeof(double)) return double.NaN;
            if (inner == typeof(DateTime)) return DateTime.MaxValue;
            if (inner.IsArray)
            {
                Array array = Array.CreateInstance(inner.GetElementType(), 2);
                array.SetValue(Filled(inner.GetElementType(), depth + 1, text), 1);
                return array;
            }
            if (inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(Many<>))
            {
                System.Collections.IList list = (System.Collections.IList)Activator.CreateInstance(inner);
                Type item = inner.GetGenericArguments()[0];
                list.Add(item.IsValueType ? Activator.CreateInstance(item) : null);
                list.Add(Filled(item, depth + 1, text));
                return list;
            }
            if (depth > 5 || inner.GetConstructor(Type.EmptyTypes) == null) return null;
            object made = Activator.CreateInstance(inner);
            if (inner.Assembly != typeof(Row).Assembly) return made;
            foreach (PropertyInfo property in Facts.Properties(inner, BindingFlags.Instance).Where(one => one.GetSetMethod(true) != null))
            {
                property.GetSetMethod(true).Invoke(made, new[] { Filled(property.PropertyType, depth + 1, text) });
            }
            return made;
        }

        // ------------------------------------------------------------------------------------------ objects with life

        private static void Ends(Inputs inputs)
        {
            string dump = inputs.Repository("tests/vectors/stores/text-dump-openssl-3.txt");
            foreach (string name in new[] { inputs.Path("listing.txt"), inputs.Path("download.zip"), inputs.Path("damaged.pem"), dump })
            {
                Stay(delegate { return TrustStore.ReadFile(name, null); }, store => store.Verify("nothing", Inputs.Now()));
            }
            Stay(delegate { return Estate.Load(new[] { inputs.Estate }); }, estate => estate.Assess(new AssessOptions()));
            Stay(delegate { return Unreached(); }, estate => estate.Assess(new AssessOptions { At = Inputs.At, Profile = "none" }));
            Stay(delegate { return Assessed(inputs); }, report => report.Item("nothing", 0));
            Stay(delegate { return Sessions.LoggedIn(inputs); }, inventory => inventory.AddSession(new ServerSettings(), "x"));
            Stay(
                delegate { using (Inventory inventory = Sessions.LoggedIn(inputs)) return Client.Open(inventory, null); },
                client => client.Read("nothing", null));
        }

        private static Report Assessed(Inputs inputs)
        {
            using (Estate estate = Estate.Load(new[] { inputs.Estate })) return estate.Assess(new AssessOptions { At = Inputs.At });
        }

        /// <summary>The estate of a server that does not answer: a collection that failed.</summary>
        private static Estate Unreached()
        {
            using (Inventory inventory = new Inventory(null))
            {
                ServerSettings settings = new ServerSettings { Url = "https://127.0.0.1:1", Insecure = true, SystemRoots = false };
                inventory.Add(settings, "me", Servers.Secret("x"));
                Estate estate = Servers.Finish(Job.Collect(inventory));
                Check.True(estate.Failures.Length > 0, "it failed");
                return estate;
            }
        }

        /// <summary>Ends an object in each way there is, and compares its properties.</summary>
        private static void Stay<T>(Func<T> make, Action<T> failing) where T : IDisposable
        {
            Stay(make, "a failure", delegate(T one) { Check.Throws<VITrustException>(delegate { failing(one); }); });
            Stay(make, "being freed elsewhere", Free);
            Stay(make, "Dispose", delegate(T one) { one.Dispose(); });
        }

        private static void Stay<T>(Func<T> make, string what, Action<T> end) where T : IDisposable
        {
            using (T one = make())
            {
                Facts before = Facts.Of(one);
                end(one);
                Facts after = Facts.Of(one);
                None(before.Thrown);
                None(before.Lines.Except(after.Lines).Select(line => "after " + what + " no more: " + line));
                Check.Same(before.Lines, after.Lines);
                Ended.UnionWith(before.Met);
            }
        }

        /// <summary>Frees the native objects that an object has, as another owner of them or the finaliser would.</summary>
        private static void Free<T>(T one)
        {
            const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
            List<SafeHandle> handles = typeof(T).GetFields(Private).Select(field => field.GetValue(one)).OfType<SafeHandle>().ToList();
            Check.True(handles.Count > 0, typeof(T).Name + " has a native object");
            foreach (SafeHandle handle in handles) handle.Dispose();
        }

        private static void Jobs(Inputs inputs)
        {
            Stay(delegate { return AtEnd(Job.Probe(new string[0], null)); }, "Dispose", delegate(Job<Report> job) { job.Dispose(); });
            Stay(delegate { return AtEnd(Job.Probe(new[] { "no endpoint" }, null)); }, "Dispose", delegate(Job<Report> job) { job.Dispose(); });
            Stay(delegate { return AtEnd(Job.Probe(new[] { "127.0.0.1:1" }, null)); }, "its result's end", delegate(Job<Report> job)
            {
                Servers.Finish(job).Dispose();
            });
            using (Silent silent = new Silent())
            {
                Stay(delegate
                {
                    Job<Report> job = Job.Probe(new[] { silent.Address }, new ProbeOptions { TimeoutSeconds = 60 });
                    Thread.Sleep(100);
                    job.Stop();
                    return AtEnd(job);
                }, "Dispose", delegate(Job<Report> job) { job.Dispose(); });
            }
        }

        private static Job<T> AtEnd<T>(Job<T> job)
        {
            while (!job.Wait(10)) { }
            return job;
        }

        private static void Given(Inputs inputs)
        {
            TrustStore store = inputs.Store("root.pem"), other = inputs.Store("regenerated.pem"), wrong = inputs.Store("wrong.txt");
            Report report = Assessed(inputs);
            Report probe = Servers.Finish(Job.Probe(new[] { "127.0.0.1:1" }, null));
            object[] given =
            {
                store.Verify(inputs.Bytes("chain.pem"), Inputs.Now()), other.Verify(inputs.Bytes("server.der"), Inputs.Now()),
                wrong.Lint(Inputs.At), report.Items<Finding>("findings"), report.Items<ExpiryRow>("expiry"), report.Items<Edge>("edges"),
                report.Items<Cause>("causes"), report.Items<Matrix>("matrix"), report.Items<Additions>("additions"),
                report.Items<Forecast>("forecast"), probe.Items<Endpoint>("")
            };
            Facts before = Facts.Of(given);
            foreach (IDisposable one in new IDisposable[] { store, other, wrong, report, probe }) one.Dispose();
            None(before.Thrown);
            Check.Same(before.Lines, Facts.Of(given).Lines);
            Check.True(before.Met.Count > 20, before.Met.Count + " types");
        }

        /// <summary>A new type is found here: it needs a sample above, unless it is a row that can be made of nothing.</summary>
        private static void Complete()
        {
            IEnumerable<Type> rest = Facts.PublicTypes().Where(type => !type.IsAbstract && !type.IsEnum && !Ended.Contains(type));
            None(rest.Where(type => typeof(IDisposable).IsAssignableFrom(type) || type.GetConstructor(Type.EmptyTypes) == null)
                .Where(type => type != typeof(VITrustException) && type != typeof(MatrixCell)).Select(type => "no sample of " + type.Name));
            VITrustException bare = new VITrustException(0, null, null, null, null);
            None(Facts.Of(bare).Thrown);
        }
    }
}
