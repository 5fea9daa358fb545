using StatsGraph.Lake;

namespace StatsGraph.Ingest.Plays;

/// <summary>What a row of a playlist tells.</summary>
internal sealed record PlayRecord
{
    /// <summary>What it is.</summary>
    public PlayClass Class => Reason is not null ? PlayClass.Rejected : Title is null && Artist is null ? PlayClass.Break : PlayClass.Play;

    /// <summary>Name of the reason why it tells no play; null when it does.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began; null only where it is rejected.</summary>
    public PlayTime? Start { get; init; }

    /// <summary>Milliseconds; null where none is told.</summary>
    public long? Duration { get; init; }

    /// <summary>Normalised mount; null where none is told.</summary>
    public string? Mount { get; init; }

    public string? Artist { get; init; }

    public string? Title { get; init; }

    public string? Album { get; init; }

    public string? Label { get; init; }

    /// <summary>Upper-case and without dashes and blanks, be it a right one or not.</summary>
    public string? Isrc { get; init; }

    /// <summary>A row that tells no play.</summary>
    public static PlayRecord Rejected(string reason) => new() { Reason = reason };

    /// <summary>The text of a field without blanks around it; null when nothing is left.</summary>
    public static string? Text(string? field) => field?.Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>Why rows are rejected, as the table, the summary and its readers know it.</summary>
internal static class PlayReasons
{
    /// <summary>A line of another shape than date, mount, listeners and title between bars.</summary>
    public const string NoPlaylistLine = "no-playlist-line";

    /// <summary>More or fewer fields than the first row has names.</summary>
    public const string FieldCount = "field-count";

    /// <summary>A quote that is never closed, or a row of more than <see cref="PlayLines.MostBytes"/> bytes.</summary>
    public const string TooLong = "too-long";

    /// <summary>No time, or none that there is.</summary>
    public const string BadTime = "bad-time";

    /// <summary>A date that Americans and Europeans read differently.</summary>
    public const string AmbiguousDate = "ambiguous-date";

    /// <summary>A duration that is none, or longer than a day.</summary>
    public const string BadDuration = "bad-duration";

    /// <summary>Neither title nor artist, in a table.</summary>
    public const string NoTitle = "no-title";
}
