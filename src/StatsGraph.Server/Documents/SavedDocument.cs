using System.Security.Cryptography;
using System.Text;
using GraphQLParser.AST;

namespace StatsGraph.Server.Documents;

/// <summary>A document that is known by a name, so that an address or a schedule can ask it.</summary>
/// <param name="Name">Name of its file, without the ending.</param>
/// <param name="Text">The document.</param>
/// <param name="Operations">What it can be asked.</param>
internal sealed record SavedDocument(string Name, string Text, IReadOnlyList<SavedOperation> Operations)
{
    /// <summary>SHA-256 of the text; see <see cref="HashOf"/>.</summary>
    public string Hash { get; } = HashOf(Text);

    /// <summary>SHA-256 of a text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Variables of the operation of a name, in the order of their definition; those of all operations where the name is empty or none has it.
    /// </summary>
    public IReadOnlyList<SavedVariable> Variables(string operationName)
        => Operations.FirstOrDefault(operation => operation.Name == operationName)?.Variables
            ?? [.. Operations.SelectMany(operation => operation.Variables).DistinctBy(variable => variable.Name)];
}

/// <summary>An operation of a saved document.</summary>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Variables">Its variables, in the order of their definition.</param>
internal sealed record SavedOperation(string Name, IReadOnlyList<SavedVariable> Variables)
{
    /// <summary>All operations of a document.</summary>
    public static IReadOnlyList<SavedOperation> Of(GraphQLDocument document)
        => [.. document.Definitions.OfType<GraphQLOperationDefinition>().Select(operation => new SavedOperation(
            operation.Name?.StringValue ?? "", [.. operation.Variables?.Items.Select(SavedVariable.Of) ?? []]))];
}

/// <summary>A variable of a saved document.</summary>
/// <param name="Name">Its name, without the dollar.</param>
/// <param name="Type">Name of its type without an exclamation mark; empty for a list.</param>
/// <param name="Declaration">Its type as GraphQL writes it: <c>String!</c>, <c>[Int!]</c>.</param>
internal sealed record SavedVariable(string Name, string Type, string Declaration)
{
    /// <summary>The variable that a definition declares.</summary>
    public static SavedVariable Of(GraphQLVariableDefinition definition)
        => new(definition.Variable.Name.StringValue, TypeName(definition.Type), Declare(definition.Type));

    private static string TypeName(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => TypeName(nonNull.Type),
        GraphQLNamedType named => named.Name.StringValue,
        _ => "",
    };

    private static string Declare(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => Declare(nonNull.Type) + "!",
        GraphQLListType list => $"[{Declare(list.Type)}]",
        _ => TypeName(type),
    };
}
