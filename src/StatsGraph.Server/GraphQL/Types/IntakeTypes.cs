using GraphQL.Types;
using StatsGraph.Reports.Figures;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class IntakeType : ObjectGraphType<Intake>
{
    public IntakeType()
    {
        Name = "Intake";
        Description = "What became of every line ever ingested: the classes and the blank lines add up to all lines.";
        Field<NonNullGraphType<LongScalar>>("lines").Description("All lines, blank ones included.").Resolve(c => c.Source.Lines);
        Field<NonNullGraphType<LongScalar>>("blank").Description("Lines of white space only.").Resolve(c => c.Source.Blank);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<LineClassCountType>>>>("classes")
            .Description("Lines of each class, every class listed.").HasUpTo(10).Resolve(c => c.Source.Classes);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RejectionType>>>>("rejections")
            .Description("Why lines were rejected, the most frequent reason first.").HasUpTo(30).Resolve(c => c.Source.Rejections);
    }
}

internal sealed class LineClassCountType : ObjectGraphType<LineClassCount>
{
    public LineClassCountType()
    {
        Name = "LineClassCount";
        Description = "How many lines fell in one class.";
        Field<NonNullGraphType<LineClassType>>("class").Description("The class.").Resolve(c => c.Source.Class);
        Field<NonNullGraphType<LongScalar>>("lines").Description("Its lines.").Resolve(c => c.Source.Lines);
    }
}

internal sealed class RejectionType : ObjectGraphType<Rejection>
{
    public RejectionType()
    {
        Name = "Rejection";
        Description = "Lines that could not be read for one reason.";
        Field<NonNullGraphType<StringGraphType>>("reason")
            .Description("The reason, for example `no-duration` or `bad-date`.").Resolve(c => c.Source.Reason);
        Field<NonNullGraphType<LongScalar>>("lines").Description("Lines that were rejected for it.").Resolve(c => c.Source.Lines);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("examples")
            .Description("Up to three of them, with addresses and query strings masked.").HasUpTo(3).Resolve(c => c.Source.Examples);
    }
}
