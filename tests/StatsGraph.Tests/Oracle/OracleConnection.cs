using System.Globalization;
using System.Text.Json.Nodes;

namespace StatsGraph.Tests.Oracle;

/// <summary>A list as the API pages it.</summary>
public static class OracleConnection
{
    /// <summary>The part of a list that the arguments of a field ask for.</summary>
    public static JsonObject Render<T>(OracleSelection list, IReadOnlyList<T> rows, Func<T, IReadOnlyList<OracleSelection>, JsonNode?> node)
    {
        var (from, to) = OracleList.Page(
            rows.Count, Number(list, "first"), Position(list, "after"), Number(list, "last"), Position(list, "before"));
        var page = rows.Take(from..to).ToList();
        return OracleAnswer.Select(list.Fields, field => field.Name switch
        {
            "totalCount" => (long)rows.Count,
            "nodes" => new JsonArray([.. page.Select(row => node(row, field.Fields))]),
            "edges" => new JsonArray([.. page.Select(row => OracleAnswer.Select(field.Fields, part => part.Name switch
            {
                "cursor" => JsonCompare.Anything,
                "node" => node(row, part.Fields),
                _ => throw OracleAnswer.Unknown(part, "an edge"),
            }))]),
            "pageInfo" => OracleAnswer.Select(field.Fields, part => part.Name switch
            {
                "hasNextPage" => to < rows.Count,
                "hasPreviousPage" => from > 0,
                "startCursor" or "endCursor" => page.Count > 0 ? JsonCompare.Anything : null,
                _ => throw OracleAnswer.Unknown(part, "PageInfo"),
            }),
            _ => throw OracleAnswer.Unknown(field, "a connection"),
        });
    }

    private static int? Number(OracleSelection list, string argument) => (int?)list.Arguments.GetValueOrDefault(argument)?.GetValue<long>();

    private static int? Position(OracleSelection list, string argument) => (string?)list.Arguments.GetValueOrDefault(argument) is { } cursor
        ? int.Parse(cursor.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;
}
