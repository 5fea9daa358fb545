using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Oracle;

/// <summary>A field of a document, its arguments with the variables put in.</summary>
public sealed record OracleSelection(
    string Alias, string Name, IReadOnlyDictionary<string, JsonNode?> Arguments, IReadOnlyList<OracleSelection> Fields);

/// <summary>
/// Reads the part of GraphQL that the oracle's documents are written in: one operation, variables with defaults, aliases and
/// arguments; no fragments and no directives.
/// </summary>
public sealed class OracleDocument
{
    private static readonly Regex Token = new(
        @"\G(?:[\s,]|\#[^\n]*)*(?<token>[{}()\[\]:=$!]|[_A-Za-z][_0-9A-Za-z]*"
        + @"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|""(?:\\.|[^""\\])*"")");

    private readonly List<string> tokens;
    private readonly JsonObject variables;
    private int position;

    private OracleDocument(string text, JsonObject variables)
    {
        tokens = [.. Token.Matches(text).Select(match => match.Groups["token"].Value)];
        this.variables = (JsonObject)variables.DeepClone();
    }

    /// <summary>Fields of the operation.</summary>
    public static IReadOnlyList<OracleSelection> Parse(string text, JsonObject variables)
    {
        var document = new OracleDocument(text, variables);
        while (document.tokens[document.position] is not ("{" or "("))
            document.position++;
        if (document.Skip("("))
            document.ReadVariableDefaults();
        return document.SelectionSet();
    }

    private void ReadVariableDefaults()
    {
        while (!Skip(")"))
        {
            Expect("$");
            var name = Next();
            Expect(":");
            while (tokens[position] is "[" or "]" or "!" || char.IsLetter(tokens[position][0]))
                position++;
            if (Skip("=") && Value() is var value && !variables.ContainsKey(name))
                variables[name] = value;
        }
    }

    private List<OracleSelection> SelectionSet()
    {
        var fields = new List<OracleSelection>();
        Expect("{");
        while (!Skip("}"))
        {
            var alias = Next();
            var name = Skip(":") ? Next() : alias;
            var arguments = Skip("(") ? Arguments(")") : [];
            fields.Add(new OracleSelection(alias, name, arguments, tokens[position] == "{" ? SelectionSet() : []));
        }

        return fields;
    }

    /// <summary>Named values; those whose variable is not given are left out.</summary>
    private Dictionary<string, JsonNode?> Arguments(string end)
    {
        var arguments = new Dictionary<string, JsonNode?>();
        while (!Skip(end))
        {
            var name = Next();
            Expect(":");
            var isAbsent = tokens[position] == "$" && !variables.ContainsKey(tokens[position + 1]);
            var value = Value();
            if (!isAbsent)
                arguments.Add(name, value);
        }

        return arguments;
    }

    private JsonNode? Value()
    {
        var token = Next();
        switch (token)
        {
            case "$":
                return variables[Next()]?.DeepClone();
            case "{":
                return new JsonObject(Arguments("}"));
            case "[":
                var list = new JsonArray();
                while (!Skip("]"))
                    list.Add(Value());
                return list;
            case "null":
                return null;
            case "true" or "false":
                return token == "true";
            default:
                return Scalar(token);
        }
    }

    private static JsonNode? Scalar(string token)
    {
        if (token[0] == '"')
            return JsonSerializer.Deserialize<string>(token);
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : token;
    }

    private string Next() => tokens[position++];

    private bool Skip(string token)
    {
        if (tokens[position] != token)
            return false;
        position++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Skip(token))
            throw new FormatException($"token {position} of the document is '{tokens[position]}', expected '{token}'");
    }
}
