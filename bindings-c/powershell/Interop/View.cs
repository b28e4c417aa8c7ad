// What a view shows of a value that others chose.

using System;
using System.Collections;
using System.Linq;

namespace VITrust
{
    /// <summary>Values as every view shows them: no terminal takes them for a command. The value itself stays in the property.</summary>
    public static class View
    {
        /// <summary>Text without anything that a terminal would act on; of several values each, parted by commas.</summary>
        public static string Text(object value)
        {
            if (value == null) return "";
            string text = value as string;
            if (text != null) return Words.Clean(text);
            IEnumerable many = value as IEnumerable;
            if (many != null) return string.Join(", ", many.Cast<object>().Select(Text));
            return Words.Clean(Convert.ToString(value, System.Globalization.CultureInfo.CurrentCulture));
        }
    }
}
