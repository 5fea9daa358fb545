using GraphQL.Types;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>Conditions on sessions; <see cref="Conversion.FilterConverter"/> reads them.</summary>
internal sealed class SessionFilterInputType : InputObjectGraphType
{
    public SessionFilterInputType()
    {
        Name = "SessionFilterInput";
        Description = "Conditions on sessions. Several keys must all hold; an empty object is no condition. Comparisons of text are "
            + "case-sensitive. A visit passes when its first session does.";
        Field<ListGraphType<NonNullGraphType<SessionFilterInputType>>>("and").Description("All of these must hold.");
        Field<ListGraphType<NonNullGraphType<SessionFilterInputType>>>("or").Description("At least one of these must hold.");
        Text("mount", "The mount of the session, for example `/live.mp3`.");
        Text("entryMount", "The mount of the first session of its visit.");
        Text("country", "ISO 3166-1 alpha-2 code of the country; null = unknown.");
        Text("region", "English name of the region; null = unknown.");
        Text("city", "English name of the city; null = unknown.");
        Text("referrer", "Host of the page the listener came from; null = direct.");
        Text("player", "Name of the player.");
        Text("userAgent", "The user agent as the player sent it; null = none.");
        Field<LongOperationFilterInputType>("durationSeconds").Description("Full duration in seconds.");
        Field<LongOperationFilterInputType>("hourOfDay").Description("Hour of the session's start, 0 to 23, in the report's zone.");
        Field<RequestKindOperationFilterInputType>("kind")
            .Description("Who made the session. Where no kind is named anywhere in the filter it is `{ eq: LISTENER }`.");
    }

    private void Text(string name, string description) => Field<StringOperationFilterInputType>(name).Description(description);
}

/// <summary>Conditions on the rows of a list.</summary>
internal sealed class GroupFilterInputType : InputObjectGraphType
{
    public GroupFilterInputType()
    {
        Name = "GroupFilterInput";
        Description = "Applies to the groups after aggregation (SQL HAVING). Several keys must all hold.";
        Field<ListGraphType<NonNullGraphType<GroupFilterInputType>>>("and").Description("All of these must hold.");
        Field<ListGraphType<NonNullGraphType<GroupFilterInputType>>>("or").Description("At least one of these must hold.");
        Field<StringOperationFilterInputType>("key").Description("The row's key; of several dimensions, the first one's.");
        Field<LongOperationFilterInputType>("sessions").Description("The row's sessions.");
        Field<LongOperationFilterInputType>("visits").Description("The row's visits.");
        Field<FloatOperationFilterInputType>("tuningHours").Description("The row's aggregate tuning hours.");
    }
}

internal sealed class StringOperationFilterInputType : InputObjectGraphType
{
    public StringOperationFilterInputType()
    {
        Name = "StringOperationFilterInput";
        Description = "Comparisons of a text, case-sensitive. Several keys must all hold. Negations match null.";
        Field<ListGraphType<NonNullGraphType<StringOperationFilterInputType>>>("and").Description("All of these must hold.");
        Field<ListGraphType<NonNullGraphType<StringOperationFilterInputType>>>("or").Description("At least one of these must hold.");
        Field<StringGraphType>("eq").Description("Equal; null = not known.");
        Field<StringGraphType>("neq").Description("Not equal.");
        Field<StringGraphType>("contains").Description("Contains this text.");
        Field<StringGraphType>("ncontains").Description("Does not contain this text.");
        Field<ListGraphType<StringGraphType>>("in").Description("One of these.");
        Field<ListGraphType<StringGraphType>>("nin").Description("None of these.");
        Field<StringGraphType>("startsWith").Description("Begins with this text.");
        Field<StringGraphType>("nstartsWith").Description("Does not begin with this text.");
        Field<StringGraphType>("endsWith").Description("Ends with this text.");
        Field<StringGraphType>("nendsWith").Description("Does not end with this text.");
    }
}

/// <summary>Comparisons that numbers have.</summary>
internal abstract class NumberOperationFilterInputType<TNumber> : InputObjectGraphType
    where TNumber : ScalarGraphType
{
    protected NumberOperationFilterInputType(string name, string description)
    {
        (Name, Description) = (name, description + " Several keys must all hold. Negations match null.");
        Field<TNumber>("eq").Description("Equal.");
        Field<TNumber>("neq").Description("Not equal.");
        Field<ListGraphType<TNumber>>("in").Description("One of these.");
        Field<ListGraphType<TNumber>>("nin").Description("None of these.");
        Field<TNumber>("gt").Description("Greater.");
        Field<TNumber>("gte").Description("Greater or equal.");
        Field<TNumber>("lt").Description("Less.");
        Field<TNumber>("lte").Description("Less or equal.");
    }
}

internal sealed class LongOperationFilterInputType()
    : NumberOperationFilterInputType<LongScalar>("LongOperationFilterInput", "Comparisons of a whole number.");

internal sealed class FloatOperationFilterInputType()
    : NumberOperationFilterInputType<FloatGraphType>("FloatOperationFilterInput", "Comparisons of a number.");

internal sealed class RequestKindOperationFilterInputType : InputObjectGraphType
{
    public RequestKindOperationFilterInputType()
    {
        Name = "RequestKindOperationFilterInput";
        Description = "Comparisons of who made a session. Several keys must all hold.";
        Field<RequestKindType>("eq").Description("Equal.");
        Field<RequestKindType>("neq").Description("Not equal.");
        Field<ListGraphType<NonNullGraphType<RequestKindType>>>("in").Description("One of these.");
        Field<ListGraphType<NonNullGraphType<RequestKindType>>>("nin").Description("None of these.");
    }
}
