// The end of the process: work under way is asked to end, so that the sessions it opened at servers are closed.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace VITrust
{
    /// <summary>What is under way when the process ends: by `exit`, by SIGTERM, or by SIGHUP of a terminal that was closed.</summary>
    internal static class Ending
    {
        // The longest that the end of the process is held up.
        private const int Patience = 5000;
        private static readonly Dictionary<Action, Func<int, bool>> Works = new Dictionary<Action, Func<int, bool>>();
        private static bool isWatching;

        /// <summary>Work that is under way: how to ask it to end, and how to wait for that.</summary>
        internal static void Watch(Action stop, Func<int, bool> wait)
        {
            lock (Works)
            {
                Works[stop] = wait;
                if (isWatching) return;
                isWatching = true;
            }
            // Whoever asked stays asked while this is held.
            object[] signals = { Registered("SIGTERM"), Registered("SIGHUP") };
            AppDomain.CurrentDomain.ProcessExit += delegate
            {
                End();
                GC.KeepAlive(signals);
            };
        }

        /// <summary>Work that has ended.</summary>
        internal static void Forget(Action stop)
        {
            lock (Works) Works.Remove(stop);
        }

        private static void End()
        {
            KeyValuePair<Action, Func<int, bool>>[] all;
            lock (Works) all = Works.ToArray();
            foreach (KeyValuePair<Action, Func<int, bool>> work in all) work.Key();
            int begin = Environment.TickCount;
            foreach (KeyValuePair<Action, Func<int, bool>> work in all)
            {
                work.Value(Math.Max(0, Patience - unchecked(Environment.TickCount - begin)));
            }
        }

        /// <summary>Asks .NET to tell of a signal before it ends the process: PowerShell ends by SIGTERM and SIGHUP without any event.
        /// .NET Framework and Mono cannot be asked.</summary>
        private static object Registered(string name)
        {
            Type registration = Type.GetType("System.Runtime.InteropServices.PosixSignalRegistration, System.Runtime.InteropServices");
            Type signal = Type.GetType("System.Runtime.InteropServices.PosixSignal, System.Runtime.InteropServices");
            MethodInfo create = registration == null || signal == null ? null : registration.GetMethods().FirstOrDefault(one => one.Name == "Create");
            if (create == null) return null;
            try
            {
                // Who takes any object takes the context of a signal, too.
                Action<object> handler = delegate { End(); };
                Type wanted = create.GetParameters()[1].ParameterType;
                Delegate typed = Delegate.CreateDelegate(wanted, handler.Target, handler.Method);
                return create.Invoke(null, new[] { Enum.Parse(signal, name), typed });
            }
            catch (Exception)
            {
                // A system without this signal ends as it did before.
                return null;
            }
        }
    }
}
