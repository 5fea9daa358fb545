namespace StatsGraph.Reports.Engine;

/// <summary>A SQL text and the values bound to its parameters.</summary>
internal sealed class Statement(string text)
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>The text; <c>$name</c> stands for a value.</summary>
    public string Text { get; } = text;

    /// <summary>The values by name. Lists are bound as SQL lists.</summary>
    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>Makes sure of what the statement relies on; runs before it, on the same thread.</summary>
    public Action<CancellationToken> Check { get; private set; } = _ => { };

    /// <summary>Gives the statement a check, whose exceptions are its own.</summary>
    public Statement RunsAfter(Action<CancellationToken> check)
    {
        Check = check;
        return this;
    }

    /// <summary>Binds a value.</summary>
    public Statement Bind(string name, object? value)
    {
        values[name] = value;
        return this;
    }

    /// <summary>Binds the values of a condition.</summary>
    public Statement Bind(IReadOnlyDictionary<string, object?> more)
    {
        foreach (var (name, value) in more)
            values[name] = value;
        return this;
    }
}
