// Inventories: which vCenters to ask, and who asks.

using System;
using System.Security;

namespace VITrust
{
    /// <summary>The vCenters to be asked, and who asks; any number of threads may use it.</summary>
    public sealed class Inventory : IDisposable
    {
        private readonly InventoryHandle handle;
        private readonly object adding = new object();
        private volatile int count;

        private Inventory(InventoryHandle handle)
        {
            this.handle = handle;
            handle.Opened();
            Counted();
        }

        internal InventoryHandle Handle { get { return handle; } }

        /// <summary>An inventory without vCenters; options may be null.</summary>
        public Inventory(InventoryOptions options) : this(Make(options)) { }

        /// <summary>How many vCenters it has.</summary>
        public int Count { get { return count; } }

        /// <summary>Reads an inventory file. The password serves entries that say password_prompt; null when nobody can be asked.</summary>
        public static Inventory Load(string path, SecureString password)
        {
            if (path == null) throw new ArgumentNullException("path");
            Native.Require();
            byte[] file = Text.ToUtf8(path);
            return Secret.Lend(password, secret => Secret.LendEnvironment(delegate(byte[] variables)
            {
                InventoryHandle made;
                ErrorHandle error;
                int status = Native.vitrust_inventory_load(
                    file, Native.Size(file), secret, Native.Size(secret), variables, Native.Size(variables), out made, out error);
                Native.Check(status, error);
                return new Inventory(made);
            }));
        }

        /// <summary>Takes one vCenter from GOVC_URL or VMWARE_HOST in the environment.</summary>
        public static Inventory FromEnvironment()
        {
            Native.Require();
            return Secret.LendEnvironment(delegate(byte[] variables)
            {
                InventoryHandle made;
                ErrorHandle error;
                Native.Check(Native.vitrust_inventory_from_environment(variables, Native.Size(variables), out made, out error), error);
                return new Inventory(made);
            });
        }

        /// <summary>Adds a vCenter, to be asked with a login.</summary>
        public void Add(ServerSettings settings, string user, SecureString password)
        {
            if (settings == null) throw new ArgumentNullException("settings");
            byte[] json = Json.Write(settings);
            byte[] name = Text.ToUtf8(user);
            Secret.Lend(password, delegate(byte[] secret)
            {
                lock (adding)
                {
                    ErrorHandle error;
                    int status = Native.vitrust_inventory_add(
                        handle, json, Native.Size(json), name, Native.Size(name), secret, Native.Size(secret), out error);
                    Native.Check(status, error);
                    Counted();
                }
                return true;
            });
        }

        /// <summary>Adds a vCenter, to be asked within a session that somebody else has: PowerCLI's SessionSecret.</summary>
        public void AddSession(ServerSettings settings, string session)
        {
            if (settings == null) throw new ArgumentNullException("settings");
            byte[] json = Json.Write(settings);
            Secret.Lend((session ?? "").ToCharArray(), delegate(byte[] secret)
            {
                lock (adding)
                {
                    ErrorHandle error;
                    int status = Native.vitrust_inventory_add_session(
                        handle, json, Native.Size(json), secret, Native.Size(secret), out error);
                    Native.Check(status, error);
                    Counted();
                }
                return true;
            });
        }

        /// <summary>Frees the inventory and wipes its passwords.</summary>
        public void Dispose() { handle.Dispose(); }

        /// <summary>Keeps the number of vCenters, which is asked for while nobody else adds one.</summary>
        private void Counted() { count = checked((int)Native.vitrust_inventory_len(handle).ToUInt64()); }

        private static InventoryHandle Make(InventoryOptions options)
        {
            Native.Require();
            byte[] json = Json.Write(options);
            InventoryHandle made;
            ErrorHandle error;
            Native.Check(Native.vitrust_inventory_new(json, Native.Size(json), out made, out error), error);
            return made;
        }
    }
}
