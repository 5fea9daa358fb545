namespace StatsGraph.Reports;

/// <summary>Names of values as callers write them: QUARTER_HOUR for QuarterHour.</summary>
internal static class EnumNames
{
    /// <summary>The name of a value.</summary>
    public static string ConstantName<T>(this T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, place) =>
            place > 0 && (char.IsUpper(letter) || char.IsDigit(letter)) && !char.IsDigit(value.ToString()[place - 1])
                ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
