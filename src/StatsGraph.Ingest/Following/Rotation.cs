using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Following;

/// <summary>
/// Recognises by their names the files that a log becomes when it is rotated: <c>access.log.1</c>, <c>access.log-20261122.gz</c>, Icecast's
/// own <c>access.log.20261122_170033</c>, <c>access-20261122.log</c>.
/// </summary>
internal static class Rotation
{
    /// <summary>A number that short is a counter, a longer one with fewer digits than a date may as well be the port of another server.</summary>
    private const int MostCounterDigits = 3;

    private const int FewestDateDigits = 8;

    /// <summary>Whether a file is what a log became, by the names of both in one folder.</summary>
    public static bool IsOf(ReadOnlySpan<char> log, ReadOnlySpan<char> file)
    {
        foreach (var ending in Archive.NameEndings)
        {
            if (file.EndsWith(ending, StringComparison.Ordinal))
            {
                file = file[..^ending.Length];
                break;
            }
        }

        if (file.StartsWith(log, StringComparison.Ordinal))
            return IsCounter(file[log.Length..]) || IsDate(file[log.Length..]);
        var extension = Path.GetExtension(log);
        var stem = log[..^extension.Length];
        return !extension.IsEmpty && file.Length > log.Length && file.StartsWith(stem, StringComparison.Ordinal)
            && file.EndsWith(extension, StringComparison.Ordinal) && IsDate(file[stem.Length..^extension.Length]);
    }

    private static bool IsCounter(ReadOnlySpan<char> mark)
        => mark is ['.', _, ..] && mark.Length <= 1 + MostCounterDigits && !mark[1..].ContainsAnyExceptInRange('0', '9');

    private static bool IsDate(ReadOnlySpan<char> mark)
    {
        if (mark is not ['.' or '-' or '_', >= '0' and <= '9', ..])
            return false;
        var digits = 0;
        foreach (var character in mark)
        {
            if (char.IsAsciiDigit(character))
                digits++;
            else if (character is not ('.' or '-' or '_' or ':' or 'T' or 'Z' or '+'))
                return false;
        }

        return digits >= FewestDateDigits;
    }
}
