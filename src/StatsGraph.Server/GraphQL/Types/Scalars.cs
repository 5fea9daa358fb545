using GraphQL.Types;
using GraphQLParser.AST;
using NodaTime;
using NodaTime.Text;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>A scalar that is written as a text.</summary>
/// <typeparam name="T">What the text stands for.</typeparam>
internal abstract class TextScalar<T> : ScalarGraphType
    where T : struct
{
    /// <inheritdoc/>
    public override object? Serialize(object? value) => value switch
    {
        null => null,
        T known => Format(known),
        _ => ThrowSerializationError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseLiteral(GraphQLValue value) => value is GraphQLStringValue or GraphQLNullValue;

    /// <inheritdoc/>
    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => Parse((string)text.Value),
        _ => ThrowLiteralConversionError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseValue(object? value) => value is null or string or T;

    /// <inheritdoc/>
    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        string text => Parse(text),
        T known => known,
        _ => ThrowValueConversionError(value),
    };

    /// <summary>The text of a value.</summary>
    protected abstract string Format(T value);

    /// <summary>The value of a text.</summary>
    /// <exception cref="ReportException">The text stands for none.</exception>
    protected abstract T Parse(string text);
}

/// <summary>An instant on a whole second. Written in UTC; read with any offset.</summary>
internal sealed class DateTimeScalar : TextScalar<Instant>
{
    public DateTimeScalar()
    {
        Name = "DateTime";
        Description = "An instant in the notation of RFC 3339, for example `2026-10-25T01:30:00Z`. Answers are in UTC and end in `Z`. "
            + "Arguments may carry any offset (`2026-10-25T03:30:00+02:00`) but must have one, and stand on a whole second.";
    }

    /// <inheritdoc/>
    protected override string Format(Instant value) => InstantPattern.ExtendedIso.Format(value);

    /// <inheritdoc/>
    protected override Instant Parse(string text)
    {
        // The pattern takes 24:00 for midnight, which RFC 3339 does not know.
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text.ToUpperInvariant());
        return parsed.Success && parsed.Value.NanosecondOfSecond == 0 && text[11..13] != "24"
            ? parsed.Value.ToInstant()
            : throw new ReportException(
                ReportErrorCodes.Period,
                $"'{text}' is no instant; expected a date, a time on a whole second and an offset as in 2026-10-25T01:30:00Z.",
                text);
    }
}

/// <summary>A day of the calendar.</summary>
internal sealed class LocalDateScalar : TextScalar<LocalDate>
{
    public LocalDateScalar()
    {
        Name = "LocalDate";
        Description = "A day of the calendar in the notation of ISO 8601, for example `2026-10-25`. "
            + "When it begins and ends depends on the time zone that it is used with.";
    }

    /// <inheritdoc/>
    protected override string Format(LocalDate value) => LocalDatePattern.Iso.Format(value);

    /// <inheritdoc/>
    protected override LocalDate Parse(string text)
    {
        // A sign or a fifth digit would be a year that no period can reach.
        var parsed = LocalDatePattern.Iso.Parse(text);
        return parsed.Success && text.Length == 10
            ? parsed.Value
            : throw new ReportException(
                ReportErrorCodes.Period, $"'{text}' is no day; expected year, month and day as in 2026-10-25.", text);
    }
}

/// <summary>A signed 64-bit number.</summary>
internal sealed class LongScalar : LongGraphType
{
    public LongScalar()
    {
        Name = "Long";
        Description = "A whole number of up to 64 bits with a sign, written as a JSON number. "
            + "Counts of lines, sessions and listeners are of this type because a busy network outgrows `Int`.";
    }
}
