using GraphQL.Types;
using StatsGraph.Compliance.Use;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class ReportOfUseType : ObjectGraphType<ReportOfUse>
{
    public ReportOfUseType()
    {
        Name = "ReportOfUse";
        Description = "A report of use of sound recordings (37 CFR 370.4) as it was issued: each recording that was performed to listeners within the United States.";
        Field<NonNullGraphType<StringGraphType>>("service").Description("Name of the service.").Resolve(c => c.Source.Service);
        Field<NonNullGraphType<StringGraphType>>("category").Description("Code of the transmission category, a letter.").Resolve(c => c.Source.Category.ToString());
        Field<NonNullGraphType<BooleanGraphType>>("byHours")
            .Description("Whether it tells aggregate tuning hours, channel and play frequency in place of actual total performances.").Resolve(c => c.Source.ByHours);
        this.AddIssuable();
        Field<NonNullGraphType<LongScalar>>("playsVersion")
            .Description("Which of the versions of the table of plays it was computed from; -1 for an empty one.").Resolve(c => c.Source.Plays.Version);
        Field<NonNullGraphType<LongScalar>>("performances").Description("Performances of all rows.").Resolve(c => c.Source.Performances);
        Field<NonNullGraphType<LongScalar>>("unknownCountry")
            .Description("Performances to listeners whose country is not known: in no row.").Resolve(c => c.Source.UnknownCountry);
        Field<NonNullGraphType<LongScalar>>("outside").Description("Performances to listeners in other countries: in no row.").Resolve(c => c.Source.Abroad);
        Field<NonNullGraphType<LongScalar>>("unheard")
            .Description("The number of recordings that nobody within the United States heard: in no row of a report by performances.").Resolve(c => c.Source.Unheard);
        Field<NonNullGraphType<IntGraphType>>("rowCount").Description("Number of its rows.").Resolve(c => c.Source.Rows.Count);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReportOfUseRowType>>>>("rows")
            .Description("Its rows, by artist, title, album, label, ISRC and channel.").WithFirst(100).Resolve(c => c.First(c.Source.Rows));
    }
}

internal sealed class ReportOfUseRowType : ObjectGraphType<ReportOfUseRow>
{
    public ReportOfUseRowType()
    {
        Name = "ReportOfUseRow";
        Description = "A recording in a report of use.";
        this.AddTrack(row => row.Track);
        Field<NonNullGraphType<LongScalar>>("performances")
            .Description("Actual total performances: the number of sessions within the United States that overlap its plays.").Resolve(c => c.Source.Performances);
        Field<StringGraphType>("channel").Description("The channel, in a report by hours; else null.").Resolve(c => c.Source.Channel);
        Field<NonNullGraphType<FloatGraphType>>("channelTuningHours")
            .Description("Hours of listening to the channel within the United States, in a report by hours; else 0.").Resolve(c => c.Source.ChannelHours);
        Field<NonNullGraphType<LongScalar>>("plays")
            .Description("Play frequency: the number of plays that began in the period.").Resolve(c => c.Source.PlayFrequency);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("missing")
            .Description("What is required and was not told, in words.").HasUpTo(3).Resolve(c => c.Source.Missing);
    }
}
