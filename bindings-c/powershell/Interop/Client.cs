// Sessions with a vCenter.

using System;
using System.Security;

namespace VITrust
{
    /// <summary>A session with one vCenter; any number of threads may use it.</summary>
    public sealed class Client : IDisposable
    {
        private readonly ClientHandle handle;

        internal Client(ClientHandle handle)
        {
            this.handle = handle;
            handle.Opened();
        }

        /// <summary>Logs in to a vCenter of an inventory; null or empty for its only one.</summary>
        public static Client Open(Inventory inventory, string vcenter) { return Open(inventory, vcenter, null); }

        internal static Client Open(Inventory inventory, string vcenter, Progress progress)
        {
            if (inventory == null) throw new ArgumentNullException("inventory");
            byte[] name = Text.ToUtf8(vcenter);
            ClientHandle handle;
            ErrorHandle error;
            int status = Native.vitrust_client_open(
                inventory.Handle, name, Native.Size(name), progress, IntPtr.Zero, out handle, out error);
            Native.Check(status, error);
            return new Client(handle);
        }

        /// <summary>Makes a reading call by its name; arguments are a JSON object or null.</summary>
        public Report Read(string call, string arguments) { return Read(call, arguments, null); }

        /// <summary>Makes a changing call by its name; arguments are a JSON object or null, the secret may be null.</summary>
        public Report Change(string call, string arguments, SecureString secret)
        {
            return Change(call, arguments, secret, null);
        }

        internal Report Read(string call, string arguments, Progress progress)
        {
            byte[] name = Text.ToUtf8(call), json = Text.ToUtf8(arguments);
            ReportHandle report;
            ErrorHandle error;
            int status = Native.vitrust_client_read(
                handle, name, Native.Size(name), json, Native.Size(json), progress, IntPtr.Zero, out report, out error);
            Native.Check(status, error);
            return new Report(report);
        }

        internal Report Change(string call, string arguments, SecureString secret, Progress progress)
        {
            byte[] name = Text.ToUtf8(call), json = Text.ToUtf8(arguments);
            return Secret.Lend(secret, delegate(byte[] bytes)
            {
                ReportHandle report;
                ErrorHandle error;
                int status = Native.vitrust_client_change(
                    handle, name, Native.Size(name), json, Native.Size(json), bytes, Native.Size(bytes),
                    progress, IntPtr.Zero, out report, out error);
                Native.Check(status, error);
                return new Report(report);
            });
        }

        /// <summary>Closes the session; waits for the server, at most the timeout of its settings.</summary>
        public void Dispose() { handle.Dispose(); }
    }
}
