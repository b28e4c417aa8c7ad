// Native objects: freed once, by the finaliser at the latest.

using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace VITrust
{
    /// <summary>A native object: freed once, by the finaliser at the latest, and not while a call uses it.</summary>
    internal abstract class Handle : SafeHandle
    {
        private int counted;

        protected Handle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }

        /// <summary>Counts the object as alive, now that the call that made it has succeeded.</summary>
        internal void Opened()
        {
            if (!IsInvalid && Interlocked.Exchange(ref counted, 1) == 0) Native.Count(1);
        }

        protected abstract void Free(IntPtr native);

        protected override bool ReleaseHandle()
        {
            Free(handle);
            if (Interlocked.Exchange(ref counted, 0) == 1) Native.Count(-1);
            return true;
        }
    }

    internal sealed partial class ErrorHandle
    {
        internal VITrustException ToException(int status)
        {
            if (IsInvalid) return new VITrustException(status, "unknown", "the call failed without a message", null, null);
            ErrorDetail detail = Json.Read<ErrorDetail>(Text.BytesFromNative(Native.vitrust_error_detail(this)));
            return new VITrustException(detail.Code, detail.Name, detail.Message, detail.Argument, detail.Line);
        }
    }

    internal sealed partial class StringHandle
    {
        /// <summary>Copies the text and frees it.</summary>
        internal string Take()
        {
            using (this)
            {
                byte[] copy = Text.Copy(Native.vitrust_string_data(this), Native.vitrust_string_len(this));
                return Text.FromUtf8(copy);
            }
        }
    }
}
