using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// A session has a value that the columns cannot hold, so that the figures of its site have to come from the lake itself. No line that this
/// program ingests becomes such a session.
/// </summary>
/// <param name="file">The file that holds the session.</param>
/// <param name="lineHash">With the ordinal it tells which session it is.</param>
/// <param name="ordinal">Number of equal lines before it.</param>
/// <param name="found">The column and its value.</param>
/// <param name="expected">What the columns can hold.</param>
internal sealed class UnfitSessionException(LakeFile file, long lineHash, int ordinal, string found, string expected)
    : Exception($"{file.Path}: the session {lineHash}/{ordinal} of site '{file.Site}' has {found}, expected {expected}")
{
    /// <summary>Key of the site.</summary>
    public string Site { get; } = file.Site;
}
