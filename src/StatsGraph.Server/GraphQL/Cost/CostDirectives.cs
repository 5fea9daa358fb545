using GraphQL.Types;
using GraphQLParser.AST;

namespace StatsGraph.Server.GraphQL.Cost;

/// <summary>Tells in the schema what a field weighs.</summary>
internal sealed class CostDirective : Directive
{
    public const string DirectiveName = "cost";
    public const string Weight = "weight";

    public CostDirective()
        : base(DirectiveName, DirectiveLocation.FieldDefinition)
    {
        Description = "What computing a field takes, as part of an operation's field cost. A field without it weighs 0: what it tells is known "
            + "when the fields around it are computed.";
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>>
        {
            Name = Weight,
            Description = "A number: 1 is about a millisecond on ten million sessions.",
        });
    }
}

/// <summary>Tells in the schema how long a list can be.</summary>
internal sealed class ListSizeDirective : Directive
{
    public const string DirectiveName = "listSize";
    public const string AssumedSize = "assumedSize";
    public const string SlicingArguments = "slicingArguments";
    public const string SlicingArgumentDefaultValue = "slicingArgumentDefaultValue";
    public const string SizedFields = "sizedFields";
    public const string ComputedTogether = "computedTogether";

    public ListSizeDirective()
        : base(DirectiveName, DirectiveLocation.FieldDefinition)
    {
        Description = "How many items a list has at most. The objects of an operation's type cost are counted by it, and so are weights below "
            + "a list.";
        Arguments = new QueryArguments(
            new QueryArgument<IntGraphType> { Name = AssumedSize, Description = "Most items, where nothing else tells their number." },
            new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>>
            {
                Name = SlicingArguments,
                Description = "Arguments of the field that say how many items there are.",
            },
            new QueryArgument<IntGraphType>
            {
                Name = SlicingArgumentDefaultValue,
                Description = "Items, where none of those arguments is given.",
            },
            new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>>
            {
                Name = SizedFields,
                Description = "Fields of what the field returns that are the list; without them the field itself is.",
            },
            new QueryArgument<NonNullGraphType<BooleanGraphType>>
            {
                Name = ComputedTogether,
                DefaultValue = false,
                Description = "Whether figures of all items are computed together, so that weights below the list count once.",
            });
    }
}
