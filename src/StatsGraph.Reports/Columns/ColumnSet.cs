using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns;

/// <summary>The columns of all sites at one version of the lake. Never changes.</summary>
/// <param name="Snapshot">The version.</param>
/// <param name="Sites">Columns by site; a site that has none is answered from the lake itself.</param>
internal sealed record ColumnSet(LakeSnapshot Snapshot, IReadOnlyDictionary<string, SiteColumns> Sites);
