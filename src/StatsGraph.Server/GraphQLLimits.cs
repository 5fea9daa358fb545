namespace StatsGraph.Server;

/// <summary>What one request may ask for. Checked before the document is validated, because validation itself costs.</summary>
public sealed record GraphQLLimits
{
    /// <summary>Bytes of a request's body.</summary>
    public int MaximumBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of the query string of a GET, as it is sent; up to 256 KiB, for the line of a request has to fit the server's buffer.</summary>
    public int MaximumQueryStringBytes { get; init; } = 16 * 1024;

    /// <summary>Fields of the document, those of fragments counted as often as they are spread.</summary>
    public int MaximumFields { get; init; } = 512;

    /// <summary>Fields within one another. The introspection of an IDE needs 15.</summary>
    public int MaximumDepth { get; init; } = 15;

    /// <summary>Arguments of all fields and directives.</summary>
    public int MaximumArguments { get; init; } = 2_048;

    /// <summary>Directives, variables and operations of the document, each.</summary>
    public int MaximumDefinitions { get; init; } = 64;

    /// <summary>Errors that an answer tells; the first ones.</summary>
    public int MaximumErrors { get; init; } = 5;
}
