namespace StatsGraph.Ingest.Following;

/// <summary>What stands in the way at the moment: each thing is told once, and once again when it is over.</summary>
internal sealed class Troubles(Action<FollowNews> tell)
{
    private readonly Dictionary<string, string> standing = new(StringComparer.Ordinal);

    /// <summary>All that stand, by what they are about.</summary>
    public IEnumerable<IngestProblem> Standing => standing.Select(trouble => new IngestProblem(trouble.Key, trouble.Value));

    /// <summary>Something is wrong, perhaps still.</summary>
    /// <param name="about">The path that is to be named.</param>
    /// <param name="message">What is wrong with it, in words that do not repeat the path.</param>
    public void Tell(string about, string message)
    {
        if (standing.TryAdd(about, message))
            tell(new FollowNews(FollowNewsKind.Trouble, $"{about}: {message}"));
    }

    /// <summary>Nothing is wrong any more.</summary>
    /// <param name="about">The path that was named.</param>
    /// <param name="message">What is the case again.</param>
    public void End(string about, string message)
    {
        if (standing.Remove(about))
            tell(new FollowNews(FollowNewsKind.Mended, $"{about}: {message}"));
    }

    /// <summary>What is gone cannot be wrong any more.</summary>
    /// <param name="isThere">Whether something still is.</param>
    public void Keep(Predicate<string> isThere)
    {
        foreach (var about in standing.Keys.Where(about => !isThere(about)).ToList())
            standing.Remove(about);
    }
}
