using System.Globalization;
using System.Text.Json;
using NodaTime.Text;

namespace StatsGraph.Server.Tables;

/// <summary>Reads the data of an answer as the table that its document's shape is.</summary>
internal static class TableReader
{
    /// <summary>The table.</summary>
    /// <param name="shape">Shape of the document that was answered.</param>
    /// <param name="data">The <c>data</c> of the answer; what is null or missing within it is null in the table.</param>
    /// <exception cref="NoTableException">What the document asks for is not there, such as a site of that key.</exception>
    public static FlatTable Read(TableShape shape, JsonElement data)
    {
        foreach (var root in shape.Columns.Select(column => column.Path[0]).Distinct())
        {
            if (!data.TryGetProperty(root, out var value) || value.ValueKind == JsonValueKind.Null)
                throw new NoTableException($"The answer has no '{root}': there is none that the document asks for.");
        }

        // Only as many keys of groups have columns as a group has.
        var rows = RowsOf(shape, data);
        var columns = shape.Columns.Where(column => !IsUnusedKey(column, shape, rows)).ToList();
        return new FlatTable(
            columns.ConvertAll(column => new FlatColumn(column.Name, column.Kind)),
            rows.ConvertAll<IReadOnlyList<object?>>(row => columns.ConvertAll(column => Value(column, shape, data, row))));
    }

    private static List<JsonElement> RowsOf(TableShape shape, JsonElement data)
    {
        if (shape.List is null)
            return [data];
        var list = Follow(data, shape.List, 0);
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
    }

    private static object? Value(ShapeColumn column, TableShape shape, JsonElement data, JsonElement row)
    {
        var value = column.IsInList ? Follow(row, column.Path, shape.List!.Count) : Follow(data, column.Path, 0);
        return (column.Kind, value.ValueKind) switch
        {
            (_, JsonValueKind.Undefined or JsonValueKind.Null) => null,
            (ColumnKind.Whole, _) => value.GetInt64(),
            (ColumnKind.Number, _) => value.GetDouble(),
            (ColumnKind.Flag, _) => value.GetBoolean(),
            (ColumnKind.Instant, _) => InstantPattern.ExtendedIso.Parse(value.GetString()!).Value.ToDateTimeOffset(),
            (_, JsonValueKind.Array) => string.Join("; ", value.EnumerateArray().Select(entry => entry.ToString())),
            _ => value.ToString(),
        };
    }

    private static JsonElement Follow(JsonElement from, IReadOnlyList<string> path, int first)
    {
        for (var step = first; step < path.Count; step++)
        {
            if (from.ValueKind == JsonValueKind.Array && int.TryParse(path[step], NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                from = place <= from.GetArrayLength() ? from[place - 1] : default;
            else if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(path[step], out from))
                return default;
        }

        return from;
    }

    private static bool IsUnusedKey(ShapeColumn column, TableShape shape, List<JsonElement> rows)
        => column.IsInList && column.Path.Any(name => name is "2" or "3") && rows.Count > 0 && rows.TrueForAll(row => KeyIsMissing(row, column, shape));

    private static bool KeyIsMissing(JsonElement row, ShapeColumn column, TableShape shape)
    {
        var key = column.Path.TakeWhile(name => name is not ("2" or "3")).Count();
        return Follow(row, [.. column.Path.Take(key + 1)], shape.List!.Count).ValueKind == JsonValueKind.Undefined;
    }
}
