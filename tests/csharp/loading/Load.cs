// Loads the assembly ASSEMBLY while it works in FOLDER, and says which library the assembly finds, and that library's version.

using System;
using System.IO;
using System.Reflection;

internal static class Load
{
    private static int Main(string[] arguments)
    {
        Directory.SetCurrentDirectory(arguments[1]);
        Type native = Assembly.LoadFrom(arguments[0]).GetType("VITrust.Native");
        Console.WriteLine(native.GetProperty("LibraryPath").GetValue(null, null));
        try
        {
            Console.WriteLine(native.GetMethod("Version").Invoke(null, null));
            return 0;
        }
        catch (TargetInvocationException error)
        {
            Console.WriteLine(error.GetBaseException().GetType());
            return 1;
        }
    }
}
