// Long work on a thread of its own, with its progress.

using System;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace VITrust
{
    /// <summary>Long work on a thread of its own: poll Wait on yours, show Done and Total, and dispose.</summary>
    public sealed class Job<T> : IDisposable
    {
        private readonly Task<T> task;
        // A field, so that the collector leaves it while the library has it.
        private readonly Progress progress;
        private readonly object ending = new object();
        private readonly bool isLeft;
        private long done;
        private long total;
        private volatile string what = "";
        private volatile bool stopped;
        private bool taken;
        private bool disposed;

        internal Job(Func<Progress, T> work) : this(work, false, TaskCreationOptions.LongRunning) { }

        /// <summary>Work that cannot be asked to end: whoever stops waiting leaves it, and its result is freed when it comes.</summary>
        internal static Job<T> Left(Func<T> work, TaskCreationOptions how) { return new Job<T>(delegate { return work(); }, true, how); }

        private Job(Func<Progress, T> work, bool isLeft, TaskCreationOptions how)
        {
            this.isLeft = isLeft;
            progress = Report;
            if (!isLeft) Ending.Watch(Stop, Wait);
            task = Task.Factory.StartNew<T>(
                delegate { return work(progress); },
                CancellationToken.None, how, TaskScheduler.Default);
        }

        /// <summary>How much is done.</summary>
        public long Done { get { return Interlocked.Read(ref done); } }

        /// <summary>How much there is, as far as known; 0 before that.</summary>
        public long Total { get { return Interlocked.Read(ref total); } }

        /// <summary>What was finished last.</summary>
        public string What { get { return what; } }

        /// <summary>Done of Total in percent, 0 to 100; -1 while nothing is known.</summary>
        public int Percent
        {
            get
            {
                long all = Total;
                return all <= 0 ? -1 : (int)Math.Min(100, Math.Max(0, 100.0 * Done / all));
            }
        }

        /// <summary>Whether the work has come to its end.</summary>
        public bool IsCompleted { get { return task.IsCompleted; } }

        /// <summary>The result, which is the caller's to dispose from then on; waits for it. What failed is thrown as it is.</summary>
        public T GetResult()
        {
            lock (ending)
            {
                if (disposed) throw new ObjectDisposedException("Job");
            }
            T result = task.GetAwaiter().GetResult();
            lock (ending)
            {
                if (disposed && !taken) throw new ObjectDisposedException("Job");
                taken = true;
            }
            return result;
        }

        /// <summary>Waits so many milliseconds, and says whether the work has come to its end.</summary>
        public bool Wait(int milliseconds)
        {
            return ((IAsyncResult)task).AsyncWaitHandle.WaitOne(milliseconds);
        }

        /// <summary>Asks the work to end; returns at once.</summary>
        public void Stop() { stopped = true; }

        /// <summary>Ends the work and frees a result that nobody took. Waits for the end of the work, but not for that of reading and
        /// judging, which goes on by itself.</summary>
        public void Dispose()
        {
            Stop();
            if (!isLeft) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            lock (ending)
            {
                if (disposed) return;
                disposed = true;
                if (!isLeft) Ending.Forget(Stop);
                if (taken) return;
                if (task.IsCompleted) Free(task);
                else task.ContinueWith(Free, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        private static void Free(Task<T> ended)
        {
            // Looking at the exception keeps the runtime from reporting it as unobserved.
            if (ended.Exception != null) return;
            IDisposable result = ended.Result as IDisposable;
            if (result != null) result.Dispose();
        }

        private int Report(ulong nowDone, ulong nowTotal, IntPtr name, IntPtr user)
        {
            try
            {
                Interlocked.Exchange(ref done, (long)Math.Min(nowDone, long.MaxValue));
                Interlocked.Exchange(ref total, (long)Math.Min(nowTotal, long.MaxValue));
                string text = Text.FromNative(name);
                if (text.Length > 0) what = text;
                return stopped ? 1 : 0;
            }
            catch (Exception)
            {
                // No exception may cross the library; the work ends instead.
                return 1;
            }
        }
    }

    /// <summary>Starts long work.</summary>
    public static class Job
    {
        /// <summary>Asks servers what they present; the report's only section "" has one Endpoint each. Options may be null.</summary>
        public static Job<Report> Probe(string[] endpoints, ProbeOptions options)
        {
            if (endpoints == null) throw new ArgumentNullException("endpoints");
            Native.Require();
            byte[] names = Json.Write(endpoints), json = Json.Write(options);
            return new Job<Report>(delegate(Progress progress)
            {
                ReportHandle report;
                ErrorHandle error;
                int status = Native.vitrust_probe(
                    names, Native.Size(names), json, Native.Size(json), progress, IntPtr.Zero, out report, out error);
                Native.Check(status, error);
                return new Report(report);
            });
        }

        /// <summary>Collects the estate of an inventory. What could not be collected is in its Failures.</summary>
        public static Job<Estate> Collect(Inventory inventory)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            return new Job<Estate>(delegate(Progress progress)
            {
                EstateHandle estate;
                ReportHandle handle;
                ErrorHandle error;
                int status = Native.vitrust_collect(
                    inventory.Handle, progress, IntPtr.Zero, out estate, out handle, out error);
                Native.Check(status, error);
                using (Report report = new Report(handle))
                {
                    CollectFailure[] failures = report.Items<CollectFailure>("failures");
                    return new Estate(estate, failures, report.Items<string>("insecure"));
                }
            });
        }

        /// <summary>Judges an estate. It cannot be ended, only left. On a thread that is there already: starting one took as long as
        /// judging a small estate.</summary>
        public static Job<Report> Assess(Estate estate, AssessOptions options)
        {
            if (estate == null) throw new ArgumentNullException("estate");
            if (options == null) throw new ArgumentNullException("options");
            return Job<Report>.Left(delegate { return estate.Assess(options); }, TaskCreationOptions.None);
        }

        /// <summary>Reads an estate from paths. It cannot be ended, only left.</summary>
        public static Job<Estate> Load(string[] paths)
        {
            if (paths == null) throw new ArgumentNullException("paths");
            return Job<Estate>.Left(delegate { return Estate.Load(paths); }, TaskCreationOptions.LongRunning);
        }

        /// <summary>Reads a trust store from a file. It cannot be ended, only left.</summary>
        public static Job<TrustStore> ReadStore(string path, string store)
        {
            if (path == null) throw new ArgumentNullException("path");
            return Job<TrustStore>.Left(delegate { return TrustStore.ReadFile(path, store); }, TaskCreationOptions.LongRunning);
        }

        /// <summary>Reads a trust store from bytes. It cannot be ended, only left.</summary>
        public static Job<TrustStore> ReadStore(byte[] data, string source, string store)
        {
            if (data == null) throw new ArgumentNullException("data");
            return Job<TrustStore>.Left(delegate { return TrustStore.Read(data, source, store); }, TaskCreationOptions.LongRunning);
        }

        /// <summary>Reads the bytes of a file, which may be a pipe that nobody writes to. It cannot be ended, only left.</summary>
        public static Job<byte[]> ReadFile(string path) { return Job<byte[]>.Left(delegate { return Files.Read(path); }, TaskCreationOptions.LongRunning); }

        /// <summary>Logs in to a vCenter of an inventory.</summary>
        public static Job<Client> Open(Inventory inventory, string vcenter)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            return new Job<Client>(delegate(Progress progress) { return Client.Open(inventory, vcenter, progress); });
        }

        /// <summary>Makes a reading call.</summary>
        public static Job<Report> Read(Client client, string call, string arguments)
        {
            if (client == null) throw new ArgumentNullException("client");
            return new Job<Report>(delegate(Progress progress) { return client.Read(call, arguments, progress); });
        }

        /// <summary>Makes a changing call. Stopping it does not take back what the server has done.</summary>
        public static Job<Report> Change(Client client, string call, string arguments, SecureString secret)
        {
            if (client == null) throw new ArgumentNullException("client");
            // The caller may dispose of its own before the work begins.
            SecureString own = secret == null ? null : secret.Copy();
            return new Job<Report>(delegate(Progress progress)
            {
                using (own) return client.Change(call, arguments, own, progress);
            });
        }
    }
}
