// Several values as one property.

using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;

namespace VITrust
{
    /// <summary>Several values: a list whose text is theirs, where that of an array is the name of its type, in a CSV above all.</summary>
    [CollectionDataContract]
    public sealed class Many<T> : List<T>
    {
        /// <summary>None.</summary>
        public Many() { }

        /// <summary>These.</summary>
        public Many(IEnumerable<T> items) : base(items ?? Enumerable.Empty<T>()) { }

        /// <summary>How many, as an array says it.</summary>
        public int Length { get { return Count; } }

        /// <summary>Each value, parted by semicolons.</summary>
        public override string ToString() { return string.Join("; ", this.Select(one => View.Text(one))); }
    }
}
