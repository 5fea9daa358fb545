using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GraphQL.Types;
using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Documents;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Http;

/// <summary>
/// Reads requests whose path names a saved document. Its variables are one JSON object, or each a parameter of its own, as its type has it.
/// </summary>
internal static class SavedRequestReader
{
    private static readonly string[] Reserved = ["variables", "operationName", "extensions"];

    /// <summary>The request, with variables in the order in which the document declares them.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <param name="document">The document that the path names.</param>
    /// <param name="maximumBytes">Longest query string that is read.</param>
    public static (GraphQLRequest? Request, RequestFault? Fault) Read(HttpRequest request, SavedDocument document, int maximumBytes)
    {
        var (read, fault) = RequestReader.FromQuery(request, maximumBytes, document.Name);
        if (read is null)
        {
            return (null, fault);
        }

        var variables = document.Variables(read.OperationName ?? "");
        if (Unknown(request.Query, document, variables) is { } unknown)
        {
            return (null, unknown);
        }

        fault = Write(request.Query, variables, read.Variables, out var written);
        return fault is null ? (read with { Variables = written }, null) : (null, fault);
    }

    private static RequestFault? Unknown(IQueryCollection parameters, SavedDocument document, IReadOnlyList<SavedVariable> variables)
    {
        var unknown = parameters.Keys.FirstOrDefault(key => !Reserved.Contains(key) && variables.All(variable => variable.Name != key));
        var expected = string.Join(", ", [.. variables.Select(v => $"{v.Name} ({v.Declaration})"), .. Reserved]);
        return unknown is null ? null
            : RequestFault.Invalid($"The document '{document.Name}' has no variable '{unknown}'; expected parameters are {expected}.");
    }

    /// <summary>Puts the parameters into one object, after what 'variables' holds.</summary>
    private static RequestFault? Write(
        IQueryCollection parameters, IReadOnlyList<SavedVariable> variables, JsonElement given, out JsonElement written)
    {
        written = given;
        List<SavedVariable> flat = [.. variables.Where(variable => parameters.ContainsKey(variable.Name) && !Reserved.Contains(variable.Name))];
        if (flat.Count == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToList() : [])
            {
                member.WriteTo(json);
            }

            foreach (var variable in flat)
            {
                if (Fault(parameters, variable, given) is { } fault)
                {
                    return fault;
                }

                json.WritePropertyName(variable.Name);
                if (!TryWrite(json, variable, parameters[variable.Name].ToString()))
                {
                    return RequestFault.Invalid(
                        $"The parameter '{variable.Name}' is a variable of type {variable.Declaration}; '{parameters[variable.Name]}' is none.");
                }
            }

            json.WriteEndObject();
        }

        written = JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
        return null;
    }

    private static RequestFault? Fault(IQueryCollection parameters, SavedVariable variable, JsonElement given)
        => variable.Type.Length == 0 || StatsGraphSchema.Instance.AllTypes[variable.Type] is not (ScalarGraphType or EnumerationGraphType)
            ? RequestFault.Invalid($"The variable '{variable.Name}' is of type {variable.Declaration}, which only 'variables' can hold.")
            : parameters[variable.Name].Count > 1 ? RequestFault.Invalid($"The parameter '{variable.Name}' is there more than once.")
            : given.ValueKind == JsonValueKind.Object && given.TryGetProperty(variable.Name, out _)
                ? RequestFault.Invalid($"The variable '{variable.Name}' is a parameter and in 'variables', too.")
            : null;

    /// <summary>Writes a value as JSON has it for a type. What texts may say, those of enums and dates too, is GraphQL's to judge.</summary>
    private static bool TryWrite(Utf8JsonWriter json, SavedVariable variable, string text)
    {
        switch (variable.Type)
        {
            case "Int" or "Long" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                json.WriteNumberValue(whole);
                return true;
            case "Float" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var broken) && double.IsFinite(broken):
                json.WriteNumberValue(broken);
                return true;
            case "Boolean" when text is "true" or "false":
                json.WriteBooleanValue(text == "true");
                return true;
            case "Int" or "Long" or "Float" or "Boolean":
                return false;
            default:
                json.WriteStringValue(text);
                return true;
        }
    }
}
