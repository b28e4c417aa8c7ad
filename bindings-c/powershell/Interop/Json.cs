// JSON by the serialiser of .NET: what the library reads and writes.

using System;
using System.IO;
using System.Linq;
using System.Runtime.Serialization.Json;

namespace VITrust
{
    /// <summary>JSON by the serialiser of .NET.</summary>
    internal static class Json
    {
        private static DataContractJsonSerializer Serializer(Type type)
        {
            return new DataContractJsonSerializer(type, new DataContractJsonSerializerSettings
            {
                UseSimpleDictionaryFormat = true
            });
        }

        /// <summary>The serialiser of one type, which any number of threads may use and which is slow to make.</summary>
        private static class Kept<T>
        {
            internal static readonly DataContractJsonSerializer Serializer = Json.Serializer(typeof(T));
        }

        internal static T Read<T>(byte[] json)
        {
            using (MemoryStream stream = new MemoryStream(json, false))
            {
                T value = (T)Kept<T>.Serializer.ReadObject(stream);
                Row row = value as Row;
                if (row != null) row.Written(json);
                return value;
            }
        }

        internal static byte[] Write(object value)
        {
            if (value == null) return null;
            using (MemoryStream stream = new MemoryStream())
            {
                Serializer(value.GetType()).WriteObject(stream, value);
                return stream.ToArray();
            }
        }
    }
}
