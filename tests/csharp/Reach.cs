// What a property's code leads to: neither to the library nor to a throw, on any path, whatever its object holds.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace VITrust.Tests
{
    /// <summary>Follows the calls of a method through the assembly, by its instructions.</summary>
    internal sealed class Reach
    {
        private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(OpCode))
            .Select(field => (OpCode)field.GetValue(null)).ToDictionary(code => (int)(ushort)code.Value);
        private static readonly Assembly Ours = typeof(Row).Assembly;

        private readonly Dictionary<MethodBase, string> paths = new Dictionary<MethodBase, string>();
        private readonly List<MethodBase> open = new List<MethodBase>();
        private readonly List<string> complaints = new List<string>();

        /// <summary>How a method gets to the library or to a throw; nothing where it does not.</summary>
        internal static List<string> From(MethodBase start)
        {
            Reach reach = new Reach();
            reach.Follow(start, "");
            // It grows while it is read.
            for (int next = 0; next < reach.open.Count; next++) reach.Read(reach.open[next]);
            return reach.complaints;
        }

        private void Follow(MethodBase method, string from)
        {
            if (method == null || method.DeclaringType == null || method.DeclaringType.Assembly != Ours || paths.ContainsKey(method)) return;
            paths[method] = (from.Length == 0 ? "" : from + " > ") + Facts.Name(method.DeclaringType) + "." + method.Name;
            open.Add(method);
            Follow(method.DeclaringType.TypeInitializer, paths[method]);
        }

        private void Read(MethodBase method)
        {
            string path = paths[method];
            if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0) complaints.Add(path + " calls the library");
            MethodBody body = method.GetMethodBody();
            if (body == null) return;
            byte[] code = body.GetILAsByteArray();
            for (int at = 0; at < code.Length;)
            {
                int value = code[at++];
                if (value == 0xfe) value = 0xfe00 | code[at++];
                OpCode operation = Codes[value];
                if (operation == OpCodes.Throw || operation == OpCodes.Rethrow) complaints.Add(path + " throws");
                if (operation.OperandType == OperandType.InlineMethod) Call(method, BitConverter.ToInt32(code, at), path);
                at += Length(operation.OperandType, code, at);
            }
        }

        private void Call(MethodBase caller, int token, string path)
        {
            Type[] ofType = caller.DeclaringType.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null;
            Type[] ofMethod = caller.IsGenericMethod ? caller.GetGenericArguments() : null;
            MethodBase called = caller.Module.ResolveMethod(token, ofType, ofMethod);
            Follow(called, path);
            // Which of them is called is known only when it runs.
            if (called.Name != "ToString" || called.DeclaringType != typeof(object)) return;
            foreach (Type type in Facts.PublicTypes()) Follow(type.GetMethod("ToString", Type.EmptyTypes), path);
        }

        private static int Length(OperandType operand, byte[] code, int at)
        {
            switch (operand)
            {
                case OperandType.InlineNone: return 0;
                case OperandType.ShortInlineBrTarget:
                case OperandType.ShortInlineI:
                case OperandType.ShortInlineVar: return 1;
                case OperandType.InlineVar: return 2;
                case OperandType.InlineI8:
                case OperandType.InlineR: return 8;
                case OperandType.InlineSwitch: return 4 + 4 * BitConverter.ToInt32(code, at);
                default: return 4;
            }
        }
    }
}
