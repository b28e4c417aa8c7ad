// All that public properties say of an object and of what it holds: what the tests compare before and after.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VITrust.Tests
{
    /// <summary>One line for each public property, with its path.</summary>
    internal sealed class Facts
    {
        private static readonly Assembly Ours = typeof(Row).Assembly;
        private readonly List<object> around = new List<object>();

        /// <summary>Each property and its value.</summary>
        internal readonly List<string> Lines = new List<string>();
        /// <summary>Each property that throws.</summary>
        internal readonly List<string> Thrown = new List<string>();
        /// <summary>The types of the objects that were looked at, without their arguments.</summary>
        internal readonly HashSet<Type> Met = new HashSet<Type>();

        internal static Facts Of(object value)
        {
            Facts facts = new Facts();
            facts.Add(value == null ? "" : Name(value.GetType()), value);
            return facts;
        }

        /// <summary>Every type that users of the assembly can name.</summary>
        internal static IEnumerable<Type> PublicTypes() { return Ours.GetExportedTypes(); }

        internal static string Name(Type type) { return type.Name.Split('`')[0]; }

        /// <summary>The public properties that are our own, not those of .NET's base classes.</summary>
        internal static IEnumerable<PropertyInfo> Properties(Type type, BindingFlags kind)
        {
            return type.GetProperties(BindingFlags.Public | kind)
                .Where(property => property.DeclaringType.Assembly == Ours && property.GetGetMethod() != null);
        }

        /// <summary>What the static properties of all types say.</summary>
        internal static Facts OfTypes()
        {
            Facts facts = new Facts();
            foreach (Type type in PublicTypes().Where(one => !one.ContainsGenericParameters))
            {
                foreach (PropertyInfo property in Properties(type, BindingFlags.Static)) facts.Read(Name(type), null, property);
            }
            return facts;
        }

        private void Add(string path, object value)
        {
            if (value == null)
            {
                Lines.Add(path + " = null");
                return;
            }
            IEnumerable many = value as IEnumerable;
            if (IsOurs(value.GetType())) Object(path, value);
            else if (many == null || value is string) Lines.Add(path + " = " + Plain(value));
            else
            {
                int count = 0;
                foreach (object one in many) Add(path + "[" + count++ + "]", one);
                Lines.Add(path + " has " + count);
            }
        }

        // An array is of the assembly of what it holds, and a list is looked at as what it holds.
        private static bool IsOurs(Type type) { return type.Assembly == Ours && type.IsVisible && !typeof(IEnumerable).IsAssignableFrom(type); }

        private static string Plain(object value)
        {
            string form = value is DateTime ? "o" : null;
            IFormattable formattable = value as IFormattable;
            return formattable == null ? value.ToString() : formattable.ToString(form, CultureInfo.InvariantCulture);
        }

        private void Object(string path, object value)
        {
            Met.Add(value.GetType().IsGenericType ? value.GetType().GetGenericTypeDefinition() : value.GetType());
            if (around.Any(other => ReferenceEquals(other, value))) return;
            around.Add(value);
            foreach (PropertyInfo property in Properties(value.GetType(), BindingFlags.Instance)) Read(path, value, property);
            // What views and messages show of it.
            Try(path + ".ToString()", delegate { return value.ToString(); });
            around.RemoveAt(around.Count - 1);
        }

        private void Read(string path, object value, PropertyInfo property)
        {
            Try(path + "." + property.Name, delegate { return property.GetValue(value, null); });
        }

        private void Try(string path, Func<object> read)
        {
            object found;
            try
            {
                found = read();
            }
            catch (Exception error)
            {
                string line = path + " throws " + (error.InnerException ?? error).GetType().Name;
                Lines.Add(line);
                Thrown.Add(line);
                return;
            }
            Add(path, found);
        }
    }
}
