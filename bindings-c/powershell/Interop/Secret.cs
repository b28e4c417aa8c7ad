// Secrets on their way into the library: lent for one call and wiped.

using System;
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

        /// <summary>The same for characters, which are wiped too.</summary>
        internal static T Lend<T>(char[] characters, Func<byte[], T> call)
        {
            UTF8Encoding utf8 = new UTF8Encoding(false, true);
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
