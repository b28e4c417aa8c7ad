// Pages for people, drawn by the library.

using System;
using System.IO;

namespace VITrust
{
    /// <summary>Pages for people, drawn by the library.</summary>
    internal static class Page
    {
        /// <summary>How wide output is that goes to a file or a pipe.</summary>
        internal const int Width = 120;

        internal static bool ConsoleIsUnicode()
        {
            try
            {
                return Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);
            }
            catch (IOException)
            {
                return false;
            }
        }

        /// <summary>Draws a view of a report, or of a part of one.</summary>
        internal static string Of(string json, string view, bool ansi, bool unicode, int width)
        {
            using (Report report = Report.FromJson(json))
            {
                return report.Render(new RenderOptions { View = view, Colour = ansi, Ascii = !unicode, Width = width }).Trim('\n');
            }
        }

        /// <summary>Draws a report.</summary>
        internal static string Of(ReportHandle report, RenderOptions options)
        {
            byte[] format = Text.ToUtf8("text"), json = Json.Write(options);
            StringHandle page;
            ErrorHandle error;
            int status = Native.vitrust_report_render(
                report, format, Native.Size(format), json, Native.Size(json), out page, out error);
            Native.Check(status, error);
            return page.Take();
        }
    }
}
