// Plain assertions, counted.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace VITrust.Tests
{
    internal sealed class CheckFailed : Exception
    {
        internal CheckFailed(string message) : base(message) { }
    }

    internal static class Check
    {
        private static int passed;
        private static int failed;

        /// <summary>Runs one test; a failing one does not end the others.</summary>
        internal static void Run(string claim, Action test)
        {
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                test();
                passed++;
                Console.WriteLine("ok      {0} ({1} ms)", claim, watch.ElapsedMilliseconds);
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine("FAILED  {0}\n{1}", claim, error);
            }
        }

        internal static int Summary()
        {
            Console.WriteLine("{0} passed, {1} failed", passed, failed);
            return failed == 0 && passed > 0 ? 0 : 1;
        }

        internal static void True(bool condition, string what)
        {
            if (!condition) throw new CheckFailed(what);
        }

        internal static void Equal<T>(T expected, T actual)
        {
            bool same = EqualityComparer<T>.Default.Equals(expected, actual);
            if (!same) throw new CheckFailed(string.Format("expected <{0}>, found <{1}>", expected, actual));
        }

        internal static void Same(IEnumerable<string> expected, IEnumerable<string> actual)
        {
            Equal(string.Join("\n", expected), string.Join("\n", actual));
        }

        internal static void Contains(string part, string text)
        {
            True(text != null && text.Contains(part), "`" + part + "` is not in: " + text);
        }

        /// <summary>The exception that the action throws, which must be of this very type.</summary>
        internal static T Throws<T>(Action action) where T : Exception
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                if (error.GetType() == typeof(T)) return (T)error;
                throw new CheckFailed("threw " + error + " instead of " + typeof(T).Name);
            }
            throw new CheckFailed("did not throw " + typeof(T).Name);
        }

        /// <summary>The library's error of this name that the action throws.</summary>
        internal static VITrustException Fails(string name, Action action)
        {
            VITrustException error = Throws<VITrustException>(action);
            Equal(name, error.Name);
            Equal("VITrust." + name, error.Id);
            True(error.Message.Length > 0, "it has a message");
            return error;
        }

        internal static void Within(long milliseconds, string what, Action action)
        {
            Stopwatch watch = Stopwatch.StartNew();
            action();
            long spent = watch.ElapsedMilliseconds;
            True(spent <= milliseconds, string.Format("{0} took {1} ms, more than {2}", what, spent, milliseconds));
            Console.WriteLine("        {0}: {1} ms", what, spent);
        }

        /// <summary>That nothing of a row's own JSON is lost in its properties.</summary>
        internal static void Keeps(params Row[] rows) { Keep(rows); }

        /// <summary>The same for a list.</summary>
        internal static void Keeps<T>(Many<T> rows) where T : Row { Keep(rows.ToArray<Row>()); }

        private static void Keep(Row[] rows)
        {
            True(rows.Length > 0, "there are rows");
            foreach (Row row in rows)
            {
                string again = VITrust.Text.FromUtf8(Json.Write(row));
                List<string> before = Tree.Leaves(row.ToJson()).ToList();
                List<string> after = Tree.Leaves(again).ToList();
                Same(before.OrderBy(leaf => leaf, StringComparer.Ordinal), after.OrderBy(leaf => leaf, StringComparer.Ordinal));
            }
        }
    }
}
