// Text between .NET and the library, which speaks UTF-8.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace VITrust
{
    /// <summary>Text between .NET and the library, which speaks UTF-8.</summary>
    internal static class Text
    {
        private static readonly UTF8Encoding Encoding = new UTF8Encoding(false, true);

        internal static byte[] ToUtf8(string text) { return text == null ? null : Encoding.GetBytes(text); }

        internal static string FromUtf8(byte[] bytes) { return Encoding.GetString(bytes); }

        internal static byte[] Copy(IntPtr data, UIntPtr length)
        {
            byte[] copy = new byte[checked((int)length.ToUInt64())];
            if (copy.Length > 0) Marshal.Copy(data, copy, 0, copy.Length);
            return copy;
        }

        /// <summary>The bytes of a text that ends in a NUL.</summary>
        internal static byte[] BytesFromNative(IntPtr text)
        {
            int length = 0;
            while (text != IntPtr.Zero && Marshal.ReadByte(text, length) != 0) length++;
            return Copy(text, new UIntPtr((uint)length));
        }

        internal static string FromNative(IntPtr text) { return FromUtf8(BytesFromNative(text)); }
    }
}
