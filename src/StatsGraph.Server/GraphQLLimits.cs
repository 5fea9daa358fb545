namespace StatsGraph.Server;

/// <summary>
/// What one request may ask for. Checked before the document is validated, because validation itself costs. A setting
/// <c>Server:Limits:*</c> bears the name of each.
/// </summary>
public sealed record GraphQLLimits
{
    /// <summary>Bytes of a request's body.</summary>
    public int MaximumBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of the query string of a GET, as it is sent; up to 256 KiB, for the line of a request has to fit the server's buffer.</summary>
    public int MaximumQueryStringBytes { get; init; } = 16 * 1024;

    /// <summary>Fields of the document, those of fragments counted as often as they are spread.</summary>
    public int MaximumFields { get; init; } = 512;

    /// <summary>Fields at the root of an operation, each alias one of its own, those of fragments included.</summary>
    public int MaximumRootFields { get; init; } = 20;

    /// <summary>Fields of one name or alias in one place of the answer, those of fragments included.</summary>
    public int MaximumRepetitions { get; init; } = 20;

    /// <summary>Fields within one another. The introspection of an IDE needs 15.</summary>
    public int MaximumDepth { get; init; } = 15;

    /// <summary>Arguments of all fields and directives.</summary>
    public int MaximumArguments { get; init; } = 1_024;

    /// <summary>Directives of one field, fragment, operation or variable.</summary>
    public int MaximumDirectivesPerLocation { get; init; } = 4;

    /// <summary>Directives, variables, and operations with fragments of the document, each.</summary>
    public int MaximumDefinitions { get; init; } = 64;

    /// <summary>Items of one list, in an argument or a variable.</summary>
    public int MaximumListItems { get; init; } = 1_000;

    /// <summary>Items of lists and fields of objects in arguments, and the same in variables.</summary>
    public int MaximumValues { get; init; } = 4_096;

    /// <summary>Lists and objects within one another, in an argument or a variable.</summary>
    public int MaximumValueDepth { get; init; } = 16;

    /// <summary>Characters of one name, text or number. Long enough for a cursor on the longest user agent.</summary>
    public int MaximumTextLength { get; init; } = 16 * 1024;

    /// <summary>
    /// Characters of one line of the document. To tell a syntax error the parser copies the line, at a cost that grows with the square of its
    /// length: seconds for 200 KiB.
    /// </summary>
    public int MaximumLineLength { get; init; } = 8 * 1024;

    /// <summary>Field cost of an operation: the weights of its fields, where 1 is about a millisecond on ten million sessions.</summary>
    public int MaximumFieldCost { get; init; } = 5_000;

    /// <summary>Type cost of an operation: the objects that its answer can have.</summary>
    public int MaximumTypeCost { get; init; } = 50_000;

    /// <summary>Errors that an answer tells; the first ones.</summary>
    public int MaximumErrors { get; init; } = 5;
}
