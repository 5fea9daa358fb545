namespace StatsGraph.Reports.Columns;

/// <summary>
/// All sessions of a site at one version of the lake, column by column, in order: what figures are computed of without touching the lake.
/// Never changes; the next version shares with it the chunks that stay as they are.
/// </summary>
/// <param name="Texts">The texts that the codes stand for.</param>
/// <param name="Chunks">In order, none empty: each begins where the one before ends.</param>
/// <param name="Listeners">Number of listeners; theirs are the numbers from 0.</param>
internal sealed record SiteColumns(SiteTexts Texts, IReadOnlyList<SessionChunk> Chunks, int Listeners);
