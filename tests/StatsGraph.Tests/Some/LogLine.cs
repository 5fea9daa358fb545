using System.Globalization;
using System.Text;

namespace StatsGraph.Tests.Some;

/// <summary>
/// Writes one line of an access log. Texts are Latin-1: one character a byte, so that any bytes can be written;
/// <see cref="Utf8"/> makes such a text of letters.
/// </summary>
public sealed record LogLine
{
    public string Address { get; init; } = "81.2.69.160";

    public string User { get; init; } = "-";

    /// <summary>Unix seconds of the disconnect.</summary>
    public long EndedAt { get; init; } = 1_763_830_833;

    /// <summary>Offset from UTC that the stamp is written in; the instant does not depend on it.</summary>
    public int OffsetMinutes { get; init; }

    public string Request { get; init; } = "GET /live.mp3 HTTP/1.1";

    public string Status { get; init; } = "200";

    public string Bytes { get; init; } = "306829";

    public string Referrer { get; init; } = "-";

    public string Agent { get; init; } = "VLC/3.0.20";

    public string Duration { get; init; } = "15";

    /// <summary>The stamp without its brackets, <c>22/Nov/2026:17:00:33 +0000</c>.</summary>
    public string Stamp
    {
        get
        {
            var local = DateTimeOffset.FromUnixTimeSeconds(EndedAt + (OffsetMinutes * 60L));
            var (sign, offset) = (OffsetMinutes < 0 ? '-' : '+', Math.Abs(OffsetMinutes));
            return local.ToString("dd/MMM/yyyy:HH:mm:ss ", CultureInfo.InvariantCulture) + $"{sign}{offset / 60:00}{offset % 60:00}";
        }
    }

    /// <summary>The bytes of a text as UTF-8, one character each.</summary>
    public static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The line, without a newline.</summary>
    public override string ToString()
        => $"{Address} - {User} [{Stamp}] \"{Request}\" {Status} {Bytes} \"{Referrer}\" \"{Agent}\" {Duration}";

    /// <summary>The line's bytes, without a newline.</summary>
    public byte[] ToBytes() => Encoding.Latin1.GetBytes(ToString());
}
