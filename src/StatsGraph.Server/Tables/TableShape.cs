using GraphQL.Types;
using GraphQLParser.AST;

namespace StatsGraph.Server.Tables;

/// <summary>
/// The table that the answers to a document are: the fields of the one list that it asks for are the columns of its rows, and what stands beside the
/// list is repeated in each. Pages and cursors are no data and are left out.
/// </summary>
internal sealed class TableShape
{
    /// <summary>Fields that only hold others: their names say nothing in the name of a column.</summary>
    private static readonly HashSet<string> Wrappers =
        new(["site", "report", "metrics", "nodes", "edges", "node", "buckets"], StringComparer.Ordinal);

    private static readonly HashSet<string> Paging = new(["pageInfo", "cursor", "totalCount", "__typename"], StringComparer.Ordinal);

    /// <summary>A list in a row has at most so many entries, each with columns of its own: a group has up to three keys.</summary>
    private const int MostKeys = 3;

    private readonly GraphQLDocument document;
    private readonly List<(string[] Path, ColumnKind Kind)> leaves = [];
    private string[]? list;

    private TableShape(GraphQLDocument document) => this.document = document;

    /// <summary>Columns, in the order of the document.</summary>
    public IReadOnlyList<ShapeColumn> Columns { get; private set; } = [];

    /// <summary>Path of the list whose entries are the rows; null when the answer is one row.</summary>
    public IReadOnlyList<string>? List => list;

    /// <summary>The shape of a document's answers.</summary>
    /// <param name="document">A valid document.</param>
    /// <param name="operationName">Which of its operations; null or empty where it has only one.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="NoTableException">It asks for two lists, or for a list within a list.</exception>
    public static TableShape Of(GraphQLDocument document, string? operationName, ISchema schema)
    {
        var shape = new TableShape(document);
        var operation = document.Definitions.OfType<GraphQLOperationDefinition>()
            .First(definition => string.IsNullOrEmpty(operationName) || definition.Name?.StringValue == operationName);
        shape.Walk(operation.SelectionSet, schema.Query!, []);
        shape.Name();
        return shape;
    }

    private void Walk(GraphQLSelectionSet? selections, IComplexGraphType type, string[] path)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field when !Paging.Contains(field.Name.StringValue):
                    Walk(field, type.Fields.Find(field.Name.StringValue)!.ResolvedType!, [.. path, Key(field)]);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, type, path);
                    break;
                case GraphQLFragmentSpread spread:
                    var fragment = document.Definitions.OfType<GraphQLFragmentDefinition>()
                        .First(definition => definition.FragmentName.Name == spread.FragmentName.Name);
                    Walk(fragment.SelectionSet, type, path);
                    break;
            }
        }
    }

    private void Walk(GraphQLField field, IGraphType type, string[] path)
    {
        var isList = Unwrap(ref type);
        if (type is not IComplexGraphType complex)
        {
            leaves.Add((path, isList ? ColumnKind.Text : KindOf(type)));
            return;
        }

        if (isList && complex.Name == "GroupKey")
        {
            for (var key = 0; key < MostKeys; key++)
                Walk(field.SelectionSet, complex, [.. path, Place(key)]);
            return;
        }

        if (isList && list is null)
            list = path;
        else if (isList && !list!.SequenceEqual(path))
            throw new NoTableException(
                $"The document asks for two lists, {Text(list!)} and {Text(path)}, and a table has the rows of one: ask for one of them.");
        Walk(field.SelectionSet, complex, path);
    }

    /// <summary>Takes the wrappers of non-null and list off a type.</summary>
    /// <returns>Whether there was a list among them.</returns>
    private static bool Unwrap(ref IGraphType type)
    {
        var isList = false;
        while (type is IProvideResolvedType { ResolvedType: { } inner })
        {
            isList |= type is ListGraphType;
            type = inner;
        }

        return isList;
    }

    private static ColumnKind KindOf(IGraphType type) => type.Name switch
    {
        "Int" or "Long" => ColumnKind.Whole,
        "Float" => ColumnKind.Number,
        "Boolean" => ColumnKind.Flag,
        "DateTime" => ColumnKind.Instant,
        _ => ColumnKind.Text,
    };

    /// <summary>
    /// Names the columns by the fields on the way to them, the wrappers left out and, within the rows, what leads to the list; in full where two would
    /// have one name.
    /// </summary>
    private void Name()
    {
        var names = leaves.ConvertAll(leaf => ShortName(leaf.Path));
        Columns = leaves.Select((leaf, index) => new ShapeColumn(
            names.Count(name => name == names[index]) == 1 ? names[index] : string.Join('_', leaf.Path), leaf.Kind, leaf.Path, IsInList(leaf.Path)))
            .DistinctBy(column => column.Name)
            .ToList();
    }

    private string ShortName(string[] path)
    {
        var rest = IsInList(path) ? path[list!.Length..] : path;
        var kept = rest.Where((name, place) => place == rest.Length - 1 || !Wrappers.Contains(name));
        return string.Join('_', kept);
    }

    private bool IsInList(string[] path) => list is not null && path.Length > list.Length && path.AsSpan(0, list.Length).SequenceEqual(list);

    /// <summary>How a path names an entry of a list by its place, from 1 for people.</summary>
    private static string Place(int index) => FormattableString.Invariant($"{index + 1}");

    private static string Key(GraphQLField field) => (field.Alias?.Name ?? field.Name).StringValue;

    private static string Text(IEnumerable<string> path) => string.Join('.', path);
}

/// <summary>A column and where its values are.</summary>
/// <param name="Name">Unique in the table.</param>
/// <param name="Kind">What the values are.</param>
/// <param name="Path">Names of the fields from the root; a number, from 1, for an entry of a list within a row.</param>
/// <param name="IsInList">Whether it is of the rows of the list, and not the same in all of them.</param>
internal sealed record ShapeColumn(string Name, ColumnKind Kind, IReadOnlyList<string> Path, bool IsInList);
