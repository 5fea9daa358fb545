using System.Globalization;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Use;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Plays;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>A page of a list: Relay's cursor connection with the nodes and the total beside the edges.</summary>
internal abstract class ConnectionType<TNode, TNodeType> : ObjectGraphType<Page<TNode>>
    where TNodeType : ObjectGraphType<TNode>
{
    /// <param name="plural">Begins the names of the types: <c>Sites</c> for <c>SitesConnection</c> and <c>SitesEdge</c>.</param>
    /// <param name="rows">What the rows are called in the descriptions.</param>
    protected ConnectionType(string plural, string rows)
    {
        Name = plural + "Connection";
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"A page of {rows}: {PageRequest.DefaultSize} unless `first` or `last` says how many, at most {PageRequest.MaximumSize:N0}.");
        var edge = new NonNullGraphType(new EdgeType<TNode, TNodeType>(plural, rows));
        Field<NonNullGraphType<PageInfoType>>("pageInfo")
            .Description("Where the page begins and ends, and whether there is more.").Resolve(c => PageInfo.Of(c.Source));
        Field("edges", new ListGraphType(edge)).Description("The rows, each with its cursor.").Resolve(c => c.Source.Edges);
        Field<ListGraphType<NonNullGraphType<TNodeType>>>("nodes")
            .Description("The rows without cursors.").Resolve(c => c.Source.Edges.Select(e => e.Node));
        Field<NonNullGraphType<IntGraphType>>("totalCount")
            .Description("Rows of the whole list, all pages together.").Resolve(c => checked((int)c.Source.TotalCount));
    }
}

internal sealed class EdgeType<TNode, TNodeType> : ObjectGraphType<Edge<TNode>>
    where TNodeType : ObjectGraphType<TNode>
{
    public EdgeType(string plural, string rows)
    {
        Name = plural + "Edge";
        Description = $"A row in a page of {rows}.";
        Field<NonNullGraphType<StringGraphType>>("cursor")
            .Description("Where paging goes on: `after` or `before` this row.").Resolve(c => c.Source.Cursor);
        Field<NonNullGraphType<TNodeType>>("node").Description("The row.").Resolve(c => c.Source.Node);
    }
}

/// <summary>Where a page begins and ends.</summary>
internal sealed record PageInfo(bool HasNext, bool HasPrevious, string? Start, string? End)
{
    public static PageInfo Of<TNode>(Page<TNode> page)
        => new(
            page.HasNext,
            page.HasPrevious,
            page.Edges is [var first, ..] ? first.Cursor : null,
            page.Edges is [.., var last] ? last.Cursor : null);
}

internal sealed class PageInfoType : ObjectGraphType<PageInfo>
{
    public PageInfoType()
    {
        Name = "PageInfo";
        Description = "Where a page begins and ends, and whether there is more.";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Description("Whether rows follow.").Resolve(c => c.Source.HasNext);
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage")
            .Description("Whether rows come before.").Resolve(c => c.Source.HasPrevious);
        Field<StringGraphType>("startCursor").Description("Cursor of the first row; null on an empty page.").Resolve(c => c.Source.Start);
        Field<StringGraphType>("endCursor").Description("Cursor of the last row; null on an empty page.").Resolve(c => c.Source.End);
    }
}

internal sealed class SitesConnectionType() : ConnectionType<SiteReports, SiteType>("Sites", "sites");

internal sealed class IssuedReportsConnectionType()
    : ConnectionType<IssuedSeries<ComplianceReport>, IssuedReportType>("IssuedReports", "issued reports");

internal sealed class IssuedReportsOfUseConnectionType()
    : ConnectionType<IssuedSeries<ReportOfUse>, IssuedReportOfUseType>("IssuedReportsOfUse", "issued reports of use");

internal sealed class EntryMountsConnectionType() : ConnectionType<Group, EntryMountType>("EntryMounts", "entry mounts");

internal sealed class MountsConnectionType() : ConnectionType<Group, MountType>("Mounts", "mounts");

internal sealed class CountriesConnectionType() : ConnectionType<Group, CountryType>("Countries", "countries");

internal sealed class ReferrersConnectionType() : ConnectionType<Group, ReferrerType>("Referrers", "referrers");

internal sealed class PlayersConnectionType() : ConnectionType<Group, PlayerType>("Players", "players");

internal sealed class GroupsConnectionType() : ConnectionType<Group, GroupType>("Groups", "groups");

internal sealed class ErrorsConnectionType() : ConnectionType<StreamError, StreamErrorType>("Errors", "refused requests");

internal sealed class PlaysConnectionType() : ConnectionType<StreamPlay, StreamPlayType>("Plays", "plays");

internal sealed class PerformancesConnectionType() : ConnectionType<TrackPerformances, TrackPerformancesType>("Performances", "tracks that were played");

/// <summary>The four arguments of every list.</summary>
internal static class PageArguments
{
    /// <param name="field">The list.</param>
    /// <param name="together">Whether the figures of its rows are computed together.</param>
    public static FieldBuilder<TSource, object> WithPages<TSource>(this FieldBuilder<TSource, object> field, bool together) => field
        .Argument<IntGraphType>("first", "The first so many rows, at most 1,000.")
        .Argument<StringGraphType>("after", "Only rows after this cursor.")
        .Argument<IntGraphType>("last", "The last so many rows, at most 1,000.")
        .Argument<StringGraphType>("before", "Only rows before this cursor.")
        .HasPages(together);

    /// <summary>The one argument of a list that is no connection: how many rows, from the first.</summary>
    /// <param name="field">The list.</param>
    /// <param name="usual">How many where nothing is asked.</param>
    public static FieldBuilder<TSource, object> WithFirst<TSource>(this FieldBuilder<TSource, object> field, int usual) => field
        .Argument<NonNullGraphType<IntGraphType>>("first", a =>
        {
            a.Description = "The first so many rows, at most 1,000.";
            a.DefaultValue = usual;
        })
        .HasFirst(usual);

    /// <summary>The rows of a list that its argument asks for.</summary>
    public static IReadOnlyList<T> First<T>(this IResolveFieldContext context, IEnumerable<T> rows) => Pages.First(rows, context.GetArgument<int>("first"));

    /// <summary>The page that those arguments ask for. Their values are checked where the page is made.</summary>
    public static PageRequest Page(this IResolveFieldContext context) => new(
        context.GetArgument<int?>("first"),
        context.GetArgument<string?>("after"),
        context.GetArgument<int?>("last"),
        context.GetArgument<string?>("before"));
}
