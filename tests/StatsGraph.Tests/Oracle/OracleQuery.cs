using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>A question to the API whose answer the oracle knows.</summary>
/// <param name="Name">What failures are called.</param>
/// <param name="Document">GraphQL.</param>
/// <param name="Variables">Its variables; the text <c>@n</c> stands for the cursor of row n (from 0) of the list.</param>
/// <param name="Cursors">Asks for the list's cursors, all of them in order; null where no variable is a cursor.</param>
public sealed record OracleQuery(string Name, string Document, JsonObject Variables, string? Cursors = null)
{
    /// <summary>The <c>data</c> of the right answer.</summary>
    public JsonObject Expected(OracleModel model) => OracleAnswer.Run(model, Document, Variables);

    /// <summary>
    /// Asks and fails with the path of the first difference. <paramref name="execute"/> takes a document and its variables and
    /// returns the <c>data</c> of the response.
    /// </summary>
    public void Check(OracleModel model, Func<string, JsonObject, JsonNode?> execute)
        => JsonCompare.AssertEqual(Expected(model), execute(Document, WithCursors(execute)), Name);

    public override string ToString() => Name;

    private JsonObject WithCursors(Func<string, JsonObject, JsonNode?> execute)
    {
        var variables = (JsonObject)Variables.DeepClone();
        if (Cursors is null)
            return variables;

        var rows = variables.Where(IsRow).ToList();
        rows.ForEach(row => variables.Remove(row.Key));
        var cursors = Texts(execute(Cursors, variables)).ToList();
        foreach (var (name, row) in rows)
        {
            var index = int.Parse(((string)row!)[1..], CultureInfo.InvariantCulture);
            Assert.True(index < cursors.Count, $"{Name}: the list has {cursors.Count} rows, expected more than {index}");
            variables[name] = cursors[index];
        }

        return variables;
    }

    private static bool IsRow(KeyValuePair<string, JsonNode?> variable)
        => variable.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith('@');

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value => [(string)value!],
        _ => [],
    };
}
