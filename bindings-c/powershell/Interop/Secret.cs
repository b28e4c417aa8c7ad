// Secrets on their way into the library: lent for one call and wiped.

using System;
using System.Collections;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace VITrust
{
    /// <summary>Secrets on their way into the library.</summary>
    internal static class Secret
    {
        /// <summary>Lends the UTF-8 bytes of a secret for one call and wipes them afterwards.</summary>
        internal static T Lend<T>(SecureString secret, Func<byte[], T> call)
        {
            if (secret == null) return call(null);
            char[] characters = new char[secret.Length];
            GCHandle pinned = GCHandle.Alloc(characters, GCHandleType.Pinned);
            try
            {
                IntPtr plain = Marshal.SecureStringToGlobalAllocUnicode(secret);
                try
                {
                    Marshal.Copy(plain, characters, 0, characters.Length);
                }
                finally
                {
                    Marshal.ZeroFreeGlobalAllocUnicode(plain);
                }
                return Lend(characters, call);
            }
            finally
            {
                Array.Clear(characters, 0, characters.Length);
                pinned.Free();
            }
        }

        private static VITrustException Alone(int place)
        {
            // The place alone: a character of a secret is a part of it.
            string message = "the password or session has half a character (a lone surrogate) at character " + (place + 1) + ", so it has no bytes in UTF-8: type it anew";
            return new VITrustException(Status.Credentials, "credentials", message, "password", null);
        }

        /// <summary>Lends the environment as this process sees it, which on Linux is a copy of .NET's own, and wipes what was lent.</summary>
        internal static T LendEnvironment<T>(Func<byte[], T> call)
        {
            StringBuilder all = new StringBuilder();
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                all.Append(variable.Key).Append('=').Append(variable.Value).Append('\0');
            }
            byte[] bytes = Encoding.UTF8.GetBytes(all.ToString());
            GCHandle pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            try
            {
                return call(bytes);
            }
            finally
            {
                Array.Clear(bytes, 0, bytes.Length);
                pinned.Free();
            }
        }

        /// <summary>The same for characters, which are wiped too.</summary>
        internal static T Lend<T>(char[] characters, Func<byte[], T> call)
        {
            UTF8Encoding utf8 = new UTF8Encoding(false, true);
            for (int place = 0; place < characters.Length; place++)
            {
                if (char.IsHighSurrogate(characters[place]) && place + 1 < characters.Length && char.IsLowSurrogate(characters[place + 1])) place++;
                else if (char.IsSurrogate(characters[place])) throw Alone(place);
            }
            byte[] bytes = new byte[utf8.GetByteCount(characters)];
            // Pinned, so that the collector makes no copy that nobody wipes.
            GCHandle pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            try
            {
                utf8.GetBytes(characters, 0, characters.Length, bytes, 0);
                return call(bytes);
            }
            finally
            {
                Array.Clear(bytes, 0, bytes.Length);
                Array.Clear(characters, 0, characters.Length);
                pinned.Free();
            }
        }
    }
}
