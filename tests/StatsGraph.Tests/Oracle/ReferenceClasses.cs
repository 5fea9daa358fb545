using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Oracle;

/// <summary>Decides the class of an accepted line, by the lake's names of the classes; the first rule that fits wins.</summary>
public sealed class ReferenceClasses
{
    private const ulong Ceiling = 30 * 24 * 60 * 60;

    private static readonly Regex StaticFile = new(
        @"\.(?:xsl|m3u|m3u8|pls|xspf|vclt|html|htm|css|js|json|xml|txt|png|jpg|jpeg|gif|svg|ico|webp|avif|bmp|tif|tiff|jfif|apng|heic|jxl|woff|woff2|ttf|otf|eot)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly IReadOnlyList<string> relays;
    private readonly List<Regex> bots;
    private readonly List<Regex> players;

    /// <param name="botPatterns">The maintained list of patterns that name bots.</param>
    /// <param name="relays">Product names of streaming servers; null for the usual three.</param>
    public ReferenceClasses(IEnumerable<string> botPatterns, IReadOnlyList<string>? relays = null)
    {
        this.relays = relays ?? ["Icecast", "Liquidsoap", "SHOUTcast"];
        bots = [.. botPatterns.Append("(?i)(?<!cu)bots?(?![a-z])").Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant))];
        players = [.. new[] { "okhttp", "^GoogleChirp", "CUBOT" }.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant))];
    }

    /// <summary>Class of a line: <c>listener</c>, <c>relay</c>, <c>bot</c> and so on.</summary>
    public string Of(ReferenceLine line) => line switch
    {
        ReferenceLine.Blank => "blank",
        ReferenceLine.Rejected => "rejected",
        ReferenceLine.Accepted record => Of(record),
        _ => throw new ArgumentException($"{line} is no line that the reference parser makes", nameof(line)),
    };

    /// <summary>Whether the duration says when the client connected.</summary>
    public static bool TellsStart(ReferenceLine.Accepted record) => record.Duration <= Ceiling;

    private string Of(ReferenceLine.Accepted record)
    {
        var (method, path, status) = (record.Method, record.Path, record.Status);
        var (bytes, duration) = (record.Bytes, record.Duration);
        if (method is "SOURCE" or "PUT")
            return "source";
        if (method == "STATS" || path.StartsWith("/admin/", StringComparison.Ordinal) || path == "/admin.cgi")
            return "admin";
        if (status >= 300)
            return "error";
        if (method != "GET" || status is not (200 or 206) || StaticFile.IsMatch(path))
            return "non_stream";
        if (path == "/" && duration == 0)
            return "non_stream";
        if (status == 206 && duration == 0)
            return bytes >= 1_024 ? "non_stream" : "probe";
        if (duration > Ceiling || (duration >= 60 && bytes < (UInt128)100 * duration))
            return "suspect";
        if (IsRelay(record.UserAgent))
            return "relay";
        return IsBot(record.UserAgent) ? "bot" : "listener";
    }

    private bool IsRelay(string? agent) => agent is not null && relays.Any(name =>
        agent.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (agent.Length == name.Length || !IsWordCharacter(agent[name.Length])));

    private static bool IsWordCharacter(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';

    private bool IsBot(string? agent) => agent is not null
        && !players.Any(pattern => pattern.IsMatch(agent))
        && bots.Any(pattern => pattern.IsMatch(agent));
}
