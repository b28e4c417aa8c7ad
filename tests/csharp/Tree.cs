// JSON as a tree, read by other code than the rows are: what the tests compare with.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VITrust.Tests
{
    /// <summary>One value of JSON.</summary>
    internal sealed class Node
    {
        internal string Key;
        internal string Kind;
        internal string Text = "";
        internal readonly List<Node> Children = new List<Node>();

        /// <summary>The member of an object; a value without members if there is none.</summary>
        internal Node Member(string key)
        {
            return Children.FirstOrDefault(child => child.Key == key) ?? new Node { Key = key, Kind = "absent" };
        }
    }

    /// <summary>Reads JSON. The readers of .NET need a random number for their names, and CoreCLR 3.1 an old OpenSSL for that.</summary>
    internal sealed class Tree
    {
        private readonly string json;
        private int position;

        private Tree(string json) { this.json = json; }

        internal static Node Of(string json)
        {
            Tree tree = new Tree(json);
            Node node = tree.Value(null);
            tree.Blanks();
            if (tree.position != json.Length) throw new FormatException("more behind JSON at " + tree.position);
            return node;
        }

        /// <summary>Each value with its path. What says the same as its absence is left out.</summary>
        internal static IEnumerable<string> Leaves(string json) { return Leaves(Of(json), ""); }

        private static IEnumerable<string> Leaves(Node node, string path)
        {
            if (node.Kind == "object" || node.Kind == "array")
            {
                for (int index = 0; index < node.Children.Count; index++)
                {
                    string step = node.Kind == "array" ? index.ToString() : node.Children[index].Key;
                    foreach (string leaf in Leaves(node.Children[index], path + "/" + step)) yield return leaf;
                }
            }
            else if (node.Kind != "null" && node.Text != "false")
            {
                // Mono writes 0.060532999999999997 for 0.060533.
                string text = node.Kind == "number" && node.Text.Contains(".")
                    ? double.Parse(node.Text, CultureInfo.InvariantCulture).ToString("G12", CultureInfo.InvariantCulture)
                    : node.Text;
                yield return path + " = " + node.Kind + " " + text;
            }
        }

        private void Blanks()
        {
            while (position < json.Length && " \t\r\n".IndexOf(json[position]) >= 0) position++;
        }

        private bool Takes(char sign)
        {
            Blanks();
            bool there = position < json.Length && json[position] == sign;
            if (there) position++;
            return there;
        }

        private void Needs(char sign)
        {
            if (!Takes(sign)) throw new FormatException("no " + sign + " at " + position);
        }

        private Node Value(string key)
        {
            Blanks();
            if (Takes('{')) return Inside(new Node { Key = key, Kind = "object" }, '}', delegate
            {
                Needs('"');
                string name = String();
                Needs(':');
                return Value(name);
            });
            if (Takes('[')) return Inside(new Node { Key = key, Kind = "array" }, ']', delegate { return Value(null); });
            if (Takes('"')) return new Node { Key = key, Kind = "string", Text = String() };
            int start = position;
            while (position < json.Length && (char.IsLetterOrDigit(json[position]) || "+-.".IndexOf(json[position]) >= 0)) position++;
            string word = json.Substring(start, position - start);
            if (word == "null") return new Node { Key = key, Kind = "null" };
            if (word == "true" || word == "false") return new Node { Key = key, Kind = "boolean", Text = word };
            double number = double.Parse(word, CultureInfo.InvariantCulture);
            return new Node { Key = key, Kind = "number", Text = number.ToString("R", CultureInfo.InvariantCulture) };
        }

        private Node Inside(Node node, char end, Func<Node> child)
        {
            if (Takes(end)) return node;
            do node.Children.Add(child());
            while (Takes(','));
            Needs(end);
            return node;
        }

        private string String()
        {
            StringBuilder text = new StringBuilder();
            while (json[position] != '"')
            {
                char sign = json[position++];
                text.Append(sign == '\\' ? Escaped() : sign);
            }
            position++;
            return text.ToString();
        }

        private char Escaped()
        {
            char sign = json[position++];
            int known = "bfnrt".IndexOf(sign);
            if (known >= 0) return "\b\f\n\r\t"[known];
            if (sign != 'u') return sign;
            position += 4;
            return (char)int.Parse(json.Substring(position - 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }
}
