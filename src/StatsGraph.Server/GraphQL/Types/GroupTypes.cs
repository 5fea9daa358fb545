using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Reports.Figures;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>What all lists of groups have: a share and figures. The lists by one dimension add a field for its key.</summary>
internal abstract class GroupRowType : ObjectGraphType<Group>
{
    protected GroupRowType(string name, string description) => (Name, Description) = (name, description);

    /// <summary>Adds the last two fields; called after those of the key, so that the schema reads key first.</summary>
    protected void AddFigures()
    {
        Field<NonNullGraphType<FloatGraphType>>("share")
            .Description("0 to 1: this row's part of the report's total of the metric that orders the list, before `where` and paging.")
            .Resolve(c => c.Source.Share);
        Field<NonNullGraphType<MetricsType>>("metrics").Description("The figures of the row.").Resolve(c => c.Source.Metrics);
    }

    protected static GroupKey Key(Group row) => row.Keys[0];
}

internal sealed class EntryMountType : GroupRowType
{
    public EntryMountType()
        : base("EntryMount", "Visits that began on this mount, and all of their sessions, on whatever mount those were.")
    {
        Field<NonNullGraphType<StringGraphType>>("mount")
            .Description("Mount of the first session of the visit. A listener who was moved by a fallback is logged where they entered.")
            .Resolve(c => Key(c.Source).Value ?? Key(c.Source).Label);
        AddFigures();
    }
}

internal sealed class MountType : GroupRowType
{
    public MountType()
        : base("Mount", "Sessions on this mount.")
    {
        Field<NonNullGraphType<StringGraphType>>("mount")
            .Description("The mount: the path of the stream, for example `/live.mp3`.")
            .Resolve(c => Key(c.Source).Value ?? Key(c.Source).Label);
        AddFigures();
    }
}

internal sealed class CountryType : GroupRowType
{
    public CountryType()
        : base("Country", "Sessions from this country, by their addresses. Those that cannot be placed are a row of their own.")
    {
        Field<StringGraphType>("code").Description("ISO 3166-1 alpha-2; null = unknown.").Resolve(c => Key(c.Source).Value);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("Short English name; `Unknown` without a code, the code itself where ISO has none of it.")
            .Resolve(c => Key(c.Source).Label);
        Field<StringGraphType>("continent")
            .Description("AF, AN, AS, EU, NA, OC or SA; null = unknown.").Resolve(c => Countries.Find(Key(c.Source).Value)?.Continent);
        Field<FloatGraphType>("latitude")
            .Description("Degrees north of a point well inside the country, for maps.")
            .Resolve(c => Countries.Find(Key(c.Source).Value)?.Latitude);
        Field<FloatGraphType>("longitude")
            .Description("Degrees east of the same point.").Resolve(c => Countries.Find(Key(c.Source).Value)?.Longitude);
        AddFigures();
    }
}

internal sealed class ReferrerType : GroupRowType
{
    public ReferrerType()
        : base("Referrer", "Sessions that came from pages of this host.")
    {
        Field<StringGraphType>("host").Description("Host of the page, in lower case; null = direct.").Resolve(c => Key(c.Source).Value);
        Field<NonNullGraphType<ReferrerKindType>>("kind")
            .Description("Whether that is a search engine, a social network or any other site.")
            .Resolve(c => Referrers.Kind(Key(c.Source).Value));
        AddFigures();
    }
}

internal sealed class PlayerType : GroupRowType
{
    public PlayerType()
        : base("Player", "Sessions of this player.")
    {
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("Name of the player, for example `VLC`.").Resolve(c => Key(c.Source).Value ?? Key(c.Source).Label);
        AddFigures();
    }
}

internal sealed class GroupType : GroupRowType
{
    public GroupType()
        : base("Group", "Sessions that have one to three keys in common.")
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<GroupKeyType>>>>("keys")
            .Description("One key for each dimension asked for, in that order.").HasTogetherUpTo(3).Resolve(c => c.Source.Keys);
        AddFigures();
    }
}

internal sealed class GroupKeyType : ObjectGraphType<GroupKey>
{
    public GroupKeyType()
    {
        Name = "GroupKey";
        Description = "What the sessions of a group have in common.";
        Field<NonNullGraphType<DimensionType>>("dimension").Description("The dimension.").Resolve(c => c.Source.Dimension);
        Field<StringGraphType>("value").Description("Its value; null where the log does not tell it.").Resolve(c => c.Source.Value);
        Field<NonNullGraphType<StringGraphType>>("label")
            .Description("The value for people: the name of a country, the organisation of a network.").Resolve(c => c.Source.Label);
    }
}
